package parlortest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"parlor/internal/parlor"
)

// Hear reads a push, as parlor.Service has it.
type Hear func(h http.Header, q url.Values, body []byte) (parlor.Heard, error)

// Listener is where a service under test pushes to. What the adapter replies goes back, as in the product.
type Listener struct {
	hear  Hear
	until time.Time
	web   *httptest.Server

	mu    sync.Mutex
	pings []parlor.Ping
}

// Listen opens a Listener whose hooks wish to live until the given time.
func Listen(t *testing.T, hear Hear, until time.Time) *Listener {
	t.Helper()
	l := &Listener{hear: hear, until: until}
	l.web = httptest.NewServer(l)
	t.Cleanup(l.web.Close)
	return l
}

// ServeHTTP takes one push.
func (l *Listener) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	got, err := l.hear(r.Header, r.URL.Query(), body)
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

// Hook is where a channel of this id pushes to.
func (l *Listener) Hook(_ *testing.T, id string) parlor.Hook {
	return parlor.Hook{ID: id, URL: l.web.URL + "/hooks", Secret: "s3cret of the channel", Until: l.until}
}

// Heard is what came so far.
func (l *Listener) Heard() []parlor.Ping {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.pings)
}

// Await waits until n pushes came.
func (l *Listener) Await(t *testing.T, n int) {
	t.Helper()
	eventually(t, func() bool { return len(l.Heard()) >= n })
}
