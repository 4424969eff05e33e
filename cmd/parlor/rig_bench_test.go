package main

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

// rig is the whole product at work, with Ada signed in, and a note of everything that reached the stand-in for Google.
type rig struct {
	*house
	ada  *person
	acct parlor.AccountID
	seen *trips
}

// openRig starts everything on a real Redis.
func openRig(b *testing.B) *rig {
	b.Helper()
	storetest.Redis(b)
	r := &rig{house: &house{demoRun: &demoRun{}, t: b}, seen: &trips{}}
	b.Cleanup(r.stop)
	watched := func(c *config) {
		c.google.apiURL = "http://" + serveBench(b, r.seen.around(r.fake)) + "/calendar/v3/"
	}
	if err := r.open("127.0.0.1:0", storetest.Address(b), time.Now, watched); err != nil {
		b.Fatal(err)
	}
	return r
}

// begin signs Ada in and waits until her calendar was read once and pushes come.
func (r *rig) begin(b *testing.B) {
	b.Helper()
	r.ada = r.arrive(ada)
	pmi, _ := r.ada.get("/v1/room")["pmi"].(string)
	var err error
	if r.acct, err = r.app.store.AccountByPMI(b.Context(), pmi); err != nil {
		b.Fatal(err)
	}
	await(b, "the first pass", func() bool {
		c, err := r.app.store.Calendar(b.Context(), r.acct, ada)
		return err == nil && !c.LastPass.IsZero() && c.Watch.ID != ""
	})
}

// silence waits until the stand-in has not been asked anything for so long.
func (r *rig) silence(b *testing.B, long time.Duration) {
	b.Helper()
	last, since := -1, time.Now()
	await(b, "silence", func() bool {
		if n := r.seen.count(); n != last {
			last, since = n, time.Now()
		}
		return time.Since(since) > long
	})
}

// await polls until something is so.
func await(b *testing.B, what string, so func() bool) {
	b.Helper()
	end := time.After(5 * time.Minute)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !so() {
		select {
		case <-tick.C:
		case <-end:
			b.Fatal("waited in vain for " + what)
		}
	}
}

// trip is one request as a server saw it.
type trip struct {
	method, path string
	began, ended time.Time
}

// trips notes the requests to a handler.
type trips struct {
	mu  sync.Mutex
	all []trip
}

func (t *trips) around(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		h.ServeHTTP(w, r)
		t.mu.Lock()
		defer t.mu.Unlock()
		t.all = append(t.all, trip{r.Method, r.URL.Path, began, time.Now()})
	})
}

func (t *trips) rewind() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all = nil
}

func (t *trips) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.all)
}

// lists are the noted reads of what changed, patches the noted writes.
func (t *trips) lists() []trip   { return t.of(http.MethodGet, true) }
func (t *trips) patches() []trip { return t.of(http.MethodPatch, false) }

func (t *trips) of(method string, whole bool) []trip {
	t.mu.Lock()
	defer t.mu.Unlock()
	var some []trip
	for _, one := range t.all {
		if one.method == method && strings.HasSuffix(one.path, "/events") == whole {
			some = append(some, one)
		}
	}
	return some
}
