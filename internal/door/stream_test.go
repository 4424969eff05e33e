package door

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
	"parlor/internal/web/look"
)

// ticking is a clock that tests move while servers read it.
type ticking struct {
	mu sync.Mutex
	at time.Time
}

func (c *ticking) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *ticking) Pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// replicas are two doors before one Redis, and a house to speak to the first without a network.
type replicas struct {
	*house
	time *ticking
	at   [2]*httptest.Server
	door [2]*Door
	in   store.SessionRecord // the host's
}

// asTheHost marks requests as the host's own; the edge knows them by their cookie.
const asTheHost = "X-Test-Host"

func newReplicas(t *testing.T, rdb redis.UniversalClient, beat time.Duration) *replicas {
	t.Helper()
	r := &replicas{house: newHouse(t, rdb), time: &ticking{at: noon}}
	r.set(strict)
	lk, err := look.New()
	must(t, err)
	token, err := r.st.NewSession(t.Context(), r.host.ID, "Firefox", "192.0.2.7")
	must(t, err)
	r.in, err = r.st.Session(t.Context(), token)
	must(t, err)
	for i := range r.at {
		st := storetest.Open(t, rdb, r.time.Now)
		cn := connect.New(st, origin, connect.Domains{"example.com"}, nil, r.house.door.cn.Video(), r.time.Now)
		d := New(st, cn, Config{Look: lk, Origin: origin, Now: r.time.Now, Log: r.house.door.cfg.Log})
		d.beat, d.again = beat, time.Millisecond
		r.door[i] = d
		r.at[i] = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			if req.Header.Get(asTheHost) != "" {
				req = req.WithContext(connect.WithSession(req.Context(), r.in))
			}
			d.ServeHTTP(w, req)
		}))
		t.Cleanup(func() { d.Close(); r.at[i].Close() })
	}
	r.st = r.door[0].st
	return r
}

// page is one browser's page at a replica.
type page struct {
	t    testing.TB
	said *bufio.Scanner
	shut context.CancelFunc
}

// follow opens the stream of a link at a replica.
func (r *replicas) follow(replica int, path string, change func(*http.Request)) *page {
	r.t.Helper()
	ctx, shut := context.WithCancel(r.t.Context())
	r.t.Cleanup(shut)
	address := r.at[replica].URL + strings.Replace(path, "?", "/events?", 1)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	must(r.t, err)
	change(req)
	answer, err := r.at[replica].Client().Do(req)
	must(r.t, err)
	r.t.Cleanup(func() { _ = answer.Body.Close() })
	if got := answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusOK || got != "text/event-stream" {
		r.t.Fatalf("status %d, %s", answer.StatusCode, got)
	}
	return &page{r.t, bufio.NewScanner(answer.Body), shut}
}

// byGuest marks requests as those of a page that waits.
func byGuest(h *house) func(*http.Request) {
	return func(r *http.Request) {
		r.AddCookie(h.guest)
		r.URL.RawQuery += "&wait=1"
	}
}

func byHost(r *http.Request) { r.Header.Set(asTheHost, "yes") }

// hears waits until the page is told something with this text in it.
func (p *page) hears(text string) string {
	p.t.Helper()
	for p.said.Scan() {
		if line := p.said.Text(); strings.HasPrefix(line, "data: ") && strings.Contains(line, text) {
			return line
		}
	}
	p.t.Fatalf("the stream ended before it said %q: %v", text, p.said.Err())
	return ""
}

func TestNewsTravelBetweenReplicas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		r := newReplicas(t, rdb, time.Hour)
		path, host := r.link(r.meeting(parlor.InRoom, "Weekly", noon)), r.asHost()
		grace, bob := r.another(), r.another()
		grace.waits(path, "Grace")
		panel := r.follow(1, path, byHost)
		panel.hears("")
		first := r.follow(0, path, byGuest(grace))
		first.hears(`"wait","text":"The host is not here yet`)
		bob.waits(path, "Bob")
		panel.hears("")
		second := r.follow(1, path, byGuest(bob))
		second.hears("The host is not here yet")

		host.enters(path, "")
		first.hears("The host knows that you are here")
		second.hears("The host knows that you are here")
		all, err := r.st.Waiting(t.Context(), r.host.ID)
		must(t, err)
		for _, g := range all {
			do := map[string]string{"Grace": "admit", "Bob": "away"}[g.Name]
			host.post(path, does(do, g.Ticket))
		}
		first.hears(`"standing":"in"`)
		second.hears(`"standing":"away"`)
		panel.hears("")
	})
}

func TestLockAndEndAreSeenAtOnce(t *testing.T) {
	r := newReplicas(t, storetest.Redis(t), time.Hour)
	path, host := r.link(r.meeting(parlor.InRoom, "Weekly", noon)), r.asHost()
	r.waits(path, "Grace")
	host.enters(path, "")
	guest, late := r.follow(1, path, byGuest(r.house)), r.follow(1, path, func(*http.Request) {})
	late.hears(`"standing":"wait"`)
	for _, step := range []struct{ do, words, standing string }{
		{"lock", "You keep your place", "locked"}, {"unlock", "The host knows", "wait"}, {"end", `"standing":"ended"`, "ended"},
	} {
		host.post(path, does(step.do))
		guest.hears(step.words)
		late.hears(`"standing":"` + step.standing + `"`)
	}
}

func TestHourOfThePageComes(t *testing.T) {
	r := newReplicas(t, storetest.Redis(t), 5*time.Millisecond)
	path := r.link(r.meeting(parlor.InRoom, "Weekly", noon.Add(time.Hour)))
	watcher := r.follow(0, path, func(*http.Request) {})
	watcher.hears(`"standing":"early"`)
	r.time.Pass(45 * time.Minute)
	watcher.hears(`"standing":"wait"`)
	if all, err := r.st.Waiting(t.Context(), r.host.ID); err != nil || len(all) != 0 {
		t.Errorf("somebody waits who has not asked to: %v, %v", all, err)
	}
	r.time.Pass(3 * time.Hour)
	watcher.hears(`"standing":"closed"`)
}

// TestRedisForgets: neither who waits nor that the host is there is on disk when Redis comes back.
func TestRedisForgets(t *testing.T) {
	r := newReplicas(t, storetest.Redis(t), 5*time.Millisecond)
	path, host := r.link(r.meeting(parlor.InRoom, "Weekly", noon)), r.asHost()
	room := host.enters(path, "")
	r.waits(path, "Grace")
	guest, panel := r.follow(0, path, byGuest(r.house)), r.follow(1, path+"&held=1", byHost)
	guest.hears("The host knows that you are here")
	panel.hears("")
	keys, err := r.st.Client().Keys(t.Context(), "parlor:{*}:[hqpg][oure][ess]*").Result()
	must(t, err)
	if len(keys) < 4 {
		t.Fatalf("forgotten are %v", keys)
	}
	must(t, r.st.Client().Del(t.Context(), keys...).Err())
	var all []store.Guest
	for back := []store.Hosting(nil); len(all) == 0 || len(back) == 0; {
		panel.hears("")
		all, err = r.st.Waiting(t.Context(), r.host.ID)
		must(t, err)
		back, err = r.st.Hostings(t.Context(), r.host.ID)
		must(t, err)
	}
	if all[0].Name != "Grace" {
		t.Errorf("who waits is called %q now", all[0].Name)
	}
	host.post(path, does("admit", r.onlyGuest()))
	guest.hears(`"standing":"in"`)
	if host.enters(path, "") != room {
		t.Error("the meeting is another one after Redis was away")
	}
}

func TestRedisIsAway(t *testing.T) {
	rdb, mini := storetest.Mini(t)
	r := newReplicas(t, rdb, 5*time.Millisecond)
	path, host := r.link(r.meeting(parlor.InRoom, "Weekly", noon)), r.asHost()
	host.enters(path, "")
	r.waits(path, "Grace")
	guest := r.follow(0, path, byGuest(r.house))
	guest.hears("The host knows that you are here")
	mini.Close()
	guest.hears("The door is stuck for a moment. You keep your place.")
	must(t, mini.Restart())
	guest.hears("The host knows that you are here")
	host.post(path, does("admit_all"))
	guest.hears(`"standing":"in"`)
}

func TestPanelKeepsTheMeetingOpen(t *testing.T) {
	r := newReplicas(t, storetest.Redis(t), 5*time.Millisecond)
	path := r.link(r.meeting(parlor.InRoom, "Weekly", noon))
	r.asHost().enters(path, "")
	panel := r.follow(0, path, byHost)
	there := func() bool {
		all, err := r.st.Hostings(t.Context(), r.host.ID)
		must(t, err)
		return all[0].There(r.time.Now())
	}
	for range 3 {
		r.time.Pass(store.HostingLife - time.Second)
		for range 3 { // one may have been under way
			panel.hears("")
		}
		if !there() {
			t.Fatal("the host is gone though their page is there")
		}
	}
	panel.shut()
	r.door[0].Close()
	r.time.Pass(store.HostingLife)
	if there() {
		t.Error("the host is there though their page is gone")
	}
	again := r.follow(1, path+"&held=1", byHost)
	for !there() {
		again.hears("")
	}
}

func TestTheHostsStreamEndsWithTheirSession(t *testing.T) {
	r := newReplicas(t, storetest.Redis(t), 5*time.Millisecond)
	path := r.link(r.meeting(parlor.InRoom, "Weekly", noon))
	r.asHost().enters(path, "")
	panel := r.follow(0, path, byHost)
	for range 3 {
		panel.hears("")
	}
	must(t, r.st.EndSession(t.Context(), r.host.ID, r.in.ID))
	for panel.said.Scan() { // until it ends
		continue
	}
	if err := panel.said.Err(); err != nil {
		t.Error(err)
	}
}

func TestGuestWhoClosesThePageIsSoonOffTheList(t *testing.T) {
	r := newReplicas(t, storetest.Redis(t), time.Hour)
	path := r.link(r.meeting(parlor.InRoom, "Weekly", noon))
	r.waits(path, "Grace")
	guest := r.follow(0, path, byGuest(r.house))
	guest.hears("not here yet")
	guest.shut()
	r.at[0].Close() // when its requests have ended
	r.time.Pass(11 * time.Second)
	if all, err := r.door[1].st.Waiting(t.Context(), r.host.ID); err != nil || len(all) != 0 {
		t.Errorf("still on the list: %v, %v", all, err)
	}
}

func TestOneSubscriptionForAllGuestsOfADoor(t *testing.T) {
	r := newReplicas(t, storetest.Redis(t), time.Hour)
	path := r.link(r.meeting(parlor.InRoom, "Weekly", noon))
	for range 20 {
		g := r.another()
		g.waits(path, "Grace")
		r.follow(0, path, byGuest(g)).hears("not here yet")
	}
	channel := "parlor:{" + string(r.host.ID) + "}:door"
	if n := r.st.Client().PubSubNumSub(t.Context(), channel).Val(); n[channel] != 1 {
		t.Errorf("%d subscriptions", n[channel])
	}
}

func TestStreamTellsAStrangerNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.meeting(parlor.InRoom, "Weekly", noon)
		for _, path := range []string{"/j/" + h.room.PMI + "/events", "/j/2345678901/events", "/my/ada/events", "/j/" + h.room.PMI + "/events?pwd=x"} {
			if page := h.get(path); page.Code != http.StatusNoContent || page.Body.Len() != 0 {
				t.Errorf("%s: %d %s", path, page.Code, page.Body)
			}
		}
	})
}

// TestALinkToTheStreamBeginsNothing: another site can have the host's browser open an address, cookie and all.
func TestALinkToTheStreamBeginsNothing(t *testing.T) {
	r := newReplicas(t, storetest.Redis(t), time.Millisecond)
	req := httptest.NewRequest(http.MethodGet, "/j/"+r.room.PMI+"/events?held=1", http.NoBody)
	req.Header.Set("Sec-Fetch-Mode", "navigate")
	w := httptest.NewRecorder()
	r.door[0].ServeHTTP(w, req.WithContext(connect.WithSession(req.Context(), r.in)))
	if w.Code != http.StatusNoContent {
		t.Errorf("status %d", w.Code)
	}
	if all, err := r.st.Hostings(t.Context(), r.host.ID); err != nil || len(all) != 0 {
		t.Errorf("begun: %v, %v", all, err)
	}
}

func TestNothingIsLeftOfAClosedDoor(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	t.Run("door", func(t *testing.T) {
		r := newReplicas(t, storetest.Redis(t), time.Millisecond)
		path := r.link(r.meeting(parlor.InRoom, "Weekly", noon))
		r.waits(path, "Grace")
		guest := r.follow(0, path, byGuest(r.house))
		guest.hears("not here yet")
		r.door[0].Close()
		for guest.said.Scan() { // to its end
			continue
		}
		answer, err := r.at[0].Client().Get(r.at[0].URL + strings.Replace(path, "?", "/events?", 1))
		must(t, err)
		if answer.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("a closed door: status %d", answer.StatusCode)
		}
		_ = answer.Body.Close()
		r.at[0].Client().CloseIdleConnections()
	})
}
