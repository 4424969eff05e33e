package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/google"
	"parlor/internal/parlor"
)

const (
	patches = "/calendar/v3/calendars/*/events/*"
	lists   = "/calendar/v3/calendars/*/events"
)

// still is a house in which nothing runs by itself: the test makes each pass.
func still(c *config) { c.push, c.pollEvery = false, time.Hour }

// account is the id behind a person's session.
func (p *person) account() parlor.AccountID {
	p.t.Helper()
	id, err := p.app.store.AccountByPMI(context.Background(), p.get("/v1/room")["pmi"].(string))
	if err != nil {
		p.t.Fatal(err)
	}
	return id
}

func TestTwoReplicasOnOneRedis(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	second, err := build(h.cfg, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer second.store.Close()
	stop, err := second.line.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	p.quiet()
	h.fake.ResetCalls()
	var ids []string
	for i := range 25 {
		ids = append(ids, p.adds(fields(fmt.Sprintf("Meeting %d #meet", i), tomorrow(9).AddDate(0, 0, i))))
	}
	numbers := map[string]bool{}
	for _, id := range ids {
		numbers[p.linked(id).Number] = true
		if n := strings.Count(p.text(id, "description"), "/j/"); n != 1 {
			t.Errorf("event %s carries %d links", id, n)
		}
	}
	p.quiet()
	if len(numbers) != len(ids) {
		t.Errorf("%d numbers for %d events", len(numbers), len(ids))
	}
	if n := h.fake.Count(http.MethodPatch, patches); n != len(ids) {
		t.Errorf("%d patches for %d events", n, len(ids))
	}
}

func TestKilledBetweenPatchAndCursor(t *testing.T) {
	h := newHouse(t, still)
	p := h.settled(ada)
	acct := p.account()
	ids := []string{p.adds(fields("First #meet", tomorrow(9))), p.adds(fields("Second #meet", tomorrow(12)))}
	ctx, kill := context.WithCancel(context.Background())
	var once atomic.Bool
	h.world.Listen(func(calendar.Change) {
		if once.CompareAndSwap(false, true) {
			kill() // the first patch has reached Google; its answer will not reach us
		}
	})
	h.fake.ResetCalls()
	if _, err := h.app.syncer.Run(ctx, acct, ada); !errors.Is(err, context.Canceled) {
		t.Fatalf("the pass ended with %v, want to be killed", err)
	}
	if n := h.fake.Count(http.MethodPatch, patches); n != 1 {
		t.Fatalf("%d patches before the kill, want 1", n)
	}
	if _, err := h.app.syncer.Run(context.Background(), acct, ada); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		p.linked(id)
		if n := strings.Count(p.text(id, "description"), "/j/"); n != 1 {
			t.Errorf("event %s carries %d links", id, n)
		}
	}
	if n := h.fake.Count(http.MethodPatch, patches); n != 2 {
		t.Errorf("%d patches in all, want one for each event", n)
	}
}

func TestRedisGoesAndComesBack(t *testing.T) {
	t.Parallel()
	mr := miniredis.RunT(t)
	h := &house{demoRun: &demoRun{}, t: t}
	t.Cleanup(h.stop)
	if err := h.open("127.0.0.1:0", "redis://"+mr.Addr(), time.Now); err != nil {
		t.Fatal(err)
	}
	p := h.settled(ada)
	p.quiet() // a lease that cannot be given back would stay for ever: the time of miniredis stands still
	mr.SetError("LOADING Redis is loading the dataset in memory")
	for _, path := range []string{"/v1/settings", "/readyz"} {
		status, out, _ := p.call(http.MethodGet, path, nil)
		if status != http.StatusServiceUnavailable || out["title"] == nil {
			t.Errorf("%s answered %d %v without Redis, want a 503 problem", path, status, out)
		}
	}
	if status, _, _ := p.call(http.MethodGet, "/healthz", nil); status != http.StatusOK {
		t.Errorf("/healthz answered %d; the process lives", status)
	}
	mr.SetError("")
	p.until("it is ready again", func() bool { s, _, _ := p.call(http.MethodGet, "/readyz", nil); return s == http.StatusOK })
	p.linked(p.adds(fields("Planning #meet", tomorrow(9))))
}

func TestGoogleAsksToSlowDown(t *testing.T) {
	for _, reason := range []string{"rateLimitExceeded", "userRateLimitExceeded"} {
		t.Run(reason, func(t *testing.T) {
			h := newHouse(t)
			p := h.settled(ada)
			p.quiet()
			h.fake.ResetCalls()
			h.fake.Fail(google.Failure{Method: http.MethodGet, Path: lists, Status: http.StatusForbidden, Reason: reason, RetryAfter: 2 * time.Second, Times: 1})
			p.linked(p.adds(fields("Planning #meet", tomorrow(9))))
			if n := h.fake.Count(http.MethodGet, lists); n > 4 {
				t.Errorf("%d lists, so Retry-After was not obeyed", n)
			}
		})
	}
}

func TestALongPauseIsTold(t *testing.T) {
	h := newHouse(t)
	p := h.settled(ada)
	p.quiet()
	h.fake.ResetCalls()
	h.fake.Fail(google.Failure{Path: "/calendar/v3/*", Status: http.StatusForbidden, Reason: "quotaExceeded", Times: 100})
	p.adds(fields("Planning #meet", tomorrow(9)))
	p.until("the calendar says why it waits", func() bool {
		return strings.Contains(fmt.Sprint(p.get("/v1/calendars")), "asked us to slow down")
	})
	p.adds(fields("Another #meet", tomorrow(12)))
	p.quiet()
	if n := len(h.fake.Calls()); n > 2 {
		t.Errorf("%d calls during an hour's pause", n)
	}
}

func TestLostPushesAreMadeGood(t *testing.T) {
	h := newHouse(t, func(c *config) { c.pollEvery = 0 })
	p := h.settled(ada)
	p.quiet()
	h.fake.Pushes(google.PushMode{Drop: true})
	id := p.adds(fields("Planning #meet", tomorrow(9)))
	if err := h.app.line.Sweep(context.Background()); err != nil {
		t.Fatal(err)
	}
	p.linked(id)
}

func TestDoubledDelayedAndEarlyPushes(t *testing.T) {
	for name, mode := range map[string]google.PushMode{
		"doubled": {Double: true}, "delayed": {Delay: 300 * time.Millisecond}, "early": {EarlySync: true},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.fake.Pushes(mode)
			p := h.settled(ada)
			p.quiet()
			h.fake.ResetCalls()
			p.linked(p.adds(fields("Planning #meet", tomorrow(9))))
			p.quiet()
			if n := h.fake.Count(http.MethodPatch, patches); n != 1 {
				t.Errorf("%d patches, want 1", n)
			}
		})
	}
}

func TestPollModeOpensNoChannel(t *testing.T) {
	h := newHouse(t, func(c *config) { c.push, c.pollEvery = false, 0 })
	p := h.settled(ada)
	id := p.adds(fields("Planning #meet", tomorrow(9)))
	if err := h.app.line.Sweep(context.Background()); err != nil {
		t.Fatal(err)
	}
	p.linked(id)
	if n := h.fake.Count(http.MethodPost, lists+"/watch"); n != 0 {
		t.Errorf("%d push channels were opened in poll mode", n)
	}
}

func TestANewChannelOpensBeforeTheOldOneStops(t *testing.T) {
	var days atomic.Int64
	h := newHouseAt(t, func() time.Time { return time.Now().AddDate(0, 0, int(days.Load())) })
	p := h.settled(ada)
	p.quiet()
	h.fake.ResetCalls()
	days.Store(6)
	if err := h.app.line.Sweep(context.Background()); err != nil {
		t.Fatal(err)
	}
	p.until("the old channel is stopped", func() bool { return h.fake.Count(http.MethodPost, "/calendar/v3/channels/stop") == 1 })
	order := ""
	for _, c := range h.fake.Calls() {
		if strings.HasSuffix(c.Path, "/watch") || strings.HasSuffix(c.Path, "/stop") {
			order += c.Path[strings.LastIndex(c.Path, "/"):]
		}
	}
	if order != "/watch/stop" {
		t.Errorf("channels went %s, want the new one before the old one is stopped", order)
	}
	p.linked(p.adds(fields("Planning #meet", tomorrow(9).AddDate(0, 0, 6))))
}

func TestWhatChangedBeforeTheFirstChannelIsFound(t *testing.T) {
	var minutes atomic.Int64
	h := newHouseAt(t, func() time.Time { return time.Now().Add(time.Duration(minutes.Load()) * time.Minute) })
	h.fake.Fail(google.Failure{Method: http.MethodPost, Path: lists + "/watch", Status: http.StatusServiceUnavailable, Reason: "backendError", Times: -1})
	p := h.settled(ada)
	p.quiet()
	id := p.adds(fields("Planning #meet", tomorrow(9))) // no channel, no push
	h.fake.ClearFailures()
	minutes.Store(2)
	if err := h.app.line.Sweep(context.Background()); err != nil {
		t.Fatal(err)
	}
	p.linked(id)
}

func TestARefusedChannelIsNotAskedForAllTheTime(t *testing.T) {
	var minutes atomic.Int64
	h := newHouseAt(t, func() time.Time { return time.Now().Add(time.Duration(minutes.Load()) * time.Minute) })
	h.fake.Fail(google.Failure{Path: lists + "/watch", Status: http.StatusUnauthorized, Reason: "push.webhookUrlUnauthorized", Times: -1})
	p := h.settled(ada)
	asked := func() int { return h.fake.Count(http.MethodPost, lists+"/watch") }
	p.until("the channel is refused", func() bool { return asked() > 0 })
	p.quiet()
	first := asked() // twice: a 401 is tried again with a fresh token
	for range 3 {
		p.quiet()
		minutes.Add(2)
		if err := h.app.line.Sweep(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	p.quiet()
	if n := asked(); n != first {
		t.Errorf("asked %d times within minutes, want %d", n, first)
	}
	if states := strings.Join(p.states(), " "); strings.Contains(states, "reconnect") {
		t.Errorf("the person is asked to reconnect, though only the push address was refused: %s", states)
	}
	minutes.Add(20)
	if err := h.app.line.Sweep(context.Background()); err != nil {
		t.Fatal(err)
	}
	p.until("it is asked for again", func() bool { return asked() > first })
}
