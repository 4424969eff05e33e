package microsoft_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"parlor/integrations/microsoft"
	"parlor/internal/parlor"
)

// listener is where Graph pushes to.
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
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	got, err := microsoft.Hear(r.Header, r.URL.Query(), body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/plain")
	_, _ = w.Write(got.Reply)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pings = append(l.pings, got.Pings...)
}

func (l *listener) hook(_ *testing.T, id string) parlor.Hook {
	return parlor.Hook{ID: id, URL: l.web.URL + "/hooks/microsoft", Secret: "s3cret of the channel", Until: now().Add(24 * time.Hour)}
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
