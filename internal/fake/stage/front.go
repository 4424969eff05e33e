// Package stage is what the stand-ins for calendar services share: the log of calls, injected failures, grants and their
// tokens, the key of id tokens, sealed marks and the sending of pushes.
// It knows no vendor's wire format; the dialects do. Start reading at Front.
package stage

import (
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Call is one request the server answered.
type Call struct {
	At     time.Time
	Method string
	Path   string
	Query  url.Values // no tokens travel here except page and sync tokens
	User   string     // e-mail address of the bearer, "" without a known token
	Status int
}

// Front stands before a dialect's routes: it logs every call and plays the failures it was told.
type Front struct {
	Now func() time.Time // clock; set it before the first call

	mu       sync.Mutex
	origin   string
	failures []Failure
	calls    []Call
}

// SetOrigin tells the server under which address it is reached; it becomes the issuer and the base of every link.
func (f *Front) SetOrigin(origin string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.origin = origin
}

// Origin is the address the server is reached under.
func (f *Front) Origin() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.origin
}

// Calls lists every request since the last ResetCalls, oldest first.
func (f *Front) Calls() []Call {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]Call(nil), f.calls...)
}

// Count counts the calls with the given method whose path matches pattern, as in Failure.
func (f *Front) Count(method, pattern string) int {
	n := 0
	for _, c := range f.Calls() {
		if (method == "" || c.Method == method) && matches(pattern, c.Path) {
			n++
		}
	}
	return n
}

// ResetCalls empties the log of calls.
func (f *Front) ResetCalls() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = nil
}

// Serve answers one request of user by routes, unless a failure is due: refuse then writes it in the dialect's words.
func (f *Front) Serve(w http.ResponseWriter, r *http.Request, user string, routes http.Handler, refuse func(http.ResponseWriter, *http.Request, Failure)) {
	rec := &recorder{ResponseWriter: w, status: http.StatusOK}
	method, path, query := r.Method, r.URL.Path, r.URL.Query()
	defer func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.calls = append(f.calls, Call{f.Now(), method, path, query, user, rec.status})
	}()
	due, failing := f.take(r)
	switch {
	case !failing:
		routes.ServeHTTP(rec, r)
	case due.Cut:
		cut(rec, r, routes)
	default:
		due.write(rec, r, refuse)
	}
}

// recorder remembers the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader passes the status on.
func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
