package google_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"parlor/integrations/google"
	"parlor/internal/parlor"
)

// listener is where Google pushes to.
type listener struct {
	web *httptest.Server

	mu    sync.Mutex
	pings []parlor.Ping
}

func listen(t *testing.T) *listener {
	t.Helper()
	l := &listener{}
	l.web = httptest.NewServer(l)
	t.Cleanup(l.web.Close)
	return l
}

func (l *listener) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	got, err := google.Hear(r.Header, r.URL.Query(), nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pings = append(l.pings, got.Pings...)
}

func (l *listener) hook(_ *testing.T, id string) parlor.Hook {
	return parlor.Hook{ID: id, URL: l.web.URL + "/hooks/google", Secret: "s3cret of the channel", Until: time.Now().Add(24 * time.Hour)}
}

func (l *listener) heard() []parlor.Ping {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.pings)
}

// await waits until n pushes came.
func (l *listener) await(t *testing.T, n int) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for len(l.heard()) < n {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("%d pushes within 10 seconds, want %d", len(l.heard()), n)
		}
	}
}

// march is a day of March 2031, at an hour in UTC.
func march(day, hour int) time.Time { return time.Date(2031, 3, day, hour, 0, 0, 0, time.UTC) }
