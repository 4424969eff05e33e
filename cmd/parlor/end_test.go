package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
)

const crowd = 60

// midPass signs Ada in on a calendar with many events that ask for a link, and calls act when a third of them have theirs.
// Google is slow from then on until act is done.
func (s *site) midPass(act func()) (p *person, ids []string) {
	s.t.Helper()
	owner := &person{house: s.house, email: ada, world: s.world}
	for i := range crowd {
		ids = append(ids, owner.adds(fields(fmt.Sprintf("Meeting %d #meet", i), tomorrow(9).AddDate(0, 0, i))))
	}
	var writes atomic.Int64
	var slow atomic.Bool
	reached := make(chan struct{})
	s.world.Listen(func(calendar.Change) {
		if writes.Add(1) == crowd/3 {
			slow.Store(true)
			close(reached)
		}
		if slow.Load() {
			time.Sleep(time.Second)
		}
	})
	p = s.arrive(owner.email)
	select {
	case <-reached:
		act()
		slow.Store(false)
	case <-time.After(20 * time.Second):
		s.t.Fatal("no pass began")
	}
	return p, ids
}

// whole waits until every event has its link; it wants one block in each, and no more repeated patches than given.
func (s *site) whole(p *person, ids []string, repeats int) {
	s.t.Helper()
	numbers := map[string]bool{}
	for _, id := range ids {
		s.untilWithin(2*time.Minute, "event "+id+" has its link", func() bool { return strings.Contains(p.text(id, "description"), "/j/") })
	}
	p.quiet()
	for _, id := range ids {
		numbers[p.linked(id).Number] = true
		if n := strings.Count(p.text(id, "description"), "/j/"); n != 1 {
			s.t.Errorf("event %s carries %d links", id, n)
		}
	}
	if len(numbers) != len(ids) {
		s.t.Errorf("%d numbers for %d events", len(numbers), len(ids))
	}
	patched := map[string]bool{}
	for _, c := range s.fake.Calls() {
		if c.Method == http.MethodPatch && patched[c.Path] {
			repeats--
		}
		patched[c.Path] = patched[c.Path] || c.Method == http.MethodPatch
	}
	if repeats < 0 {
		s.t.Errorf("%d patches too many", -repeats)
	}
}

func TestSIGTERMInAPass(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.redis()
	first := s.ready()
	p, ids := s.midPass(func() {
		began := time.Now()
		first.signal(syscall.SIGTERM)
		if code := first.wait(); code != 0 {
			t.Errorf("exit code %d, want 0", code)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("the end took %s; the pass has to end at its next event", took)
		}
	})
	if n := s.fake.Count(http.MethodPatch, patches); n > crowd/2 {
		t.Fatalf("%d patches; the pass was over before the signal", n)
	}
	s.ready()
	s.whole(p, ids, 0)
	if log := s.log.String(); strings.Contains(log, "goroutine ") || strings.Contains(log, `"level":"ERROR"`) {
		t.Errorf("the log tells of errors:\n%s", s.log.tail())
	}
}

func TestKilledInAPass(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.redis()
	first := s.ready()
	p, ids := s.midPass(func() {
		first.signal(syscall.SIGKILL)
		if code := first.wait(); code != -1 {
			t.Errorf("exit code %d of a killed process", code)
		}
	})
	s.ready()
	s.whole(p, ids, 1) // the one whose answer was never read
}

// TestSIGTERMCutsNoRequest ends the process while a request still sends its body.
func TestSIGTERMCutsNoRequest(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.redis()
	first := s.ready()
	p := s.settled(ada)
	_, _, h := p.call(http.MethodGet, "/v1/settings", nil)
	body, rest := io.Pipe()
	req := must(http.NewRequest(http.MethodPut, s.portal+"/v1/settings", body))
	req.Header.Set("If-Match", h.Get("ETag"))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Expect", "100-continue")
	answer := make(chan string, 1)
	go func() {
		resp, err := p.client.Do(req)
		if err != nil {
			answer <- err.Error()
			return
		}
		defer resp.Body.Close()
		answer <- resp.Status
	}()
	must(io.WriteString(rest, `{"language":`)) // is sent once the server asked for it
	first.signal(syscall.SIGTERM)
	s.until("nobody new is let in", func() bool { return s.status("/healthz") == 0 })
	must(io.WriteString(rest, `"de"}`))
	rest.Close()
	if got := <-answer; got != "200 OK" {
		t.Errorf("the request under way was answered %q", got)
	}
	if code := first.wait(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
}
