package stage

import (
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// Failure is an answer the server gives instead of doing what it was asked.
type Failure struct {
	Method     string        // "" means any
	Path       string        // a path.Match pattern or a prefix of the path, such as "/calendar/v3/" or "/calendar/v3/*"; "" means any
	Status     int           // 0: the usual one of the reason
	Reason     string        // the service's error code, or an RFC 6749 one for the OAuth addresses
	RetryAfter time.Duration // sent as Retry-After in whole seconds; 0: no such header
	Cut        bool          // do the work, but break the connection off in the middle of the answer
	Type       string        // content type of Body
	Body       string        // what to answer instead of the service's own error, such as a proxy's HTML page
	After      int           // let so many matching requests pass first
	Times      int           // how often to fail; 0: once, -1: until ClearFailures
}

// Fail adds a failure; the first one that matches a request is used.
func (f *Front) Fail(due Failure) {
	if due.Times == 0 {
		due.Times = 1
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failures = append(f.failures, due)
}

// ClearFailures takes all failures away.
func (f *Front) ClearFailures() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failures = nil
}

// take finds the next failure for a request.
func (f *Front) take(r *http.Request) (Failure, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.failures {
		due := &f.failures[i]
		if due.Times == 0 || due.Method != "" && due.Method != r.Method || !matches(due.Path, r.URL.Path) {
			continue
		}
		if due.After > 0 {
			due.After--
			continue
		}
		due.Times--
		return *due, true
	}
	return Failure{}, false
}

func (due Failure) write(w http.ResponseWriter, r *http.Request, refuse func(http.ResponseWriter, *http.Request, Failure)) {
	if due.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(due.RetryAfter.Seconds())))
	}
	if due.Body == "" {
		refuse(w, r, due)
		return
	}
	w.Header().Set("Content-Type", due.Type)
	w.WriteHeader(due.Status)
	_, _ = io.WriteString(w, due.Body)
}

// cut answers with the first half of the real answer and breaks the connection.
func cut(w *recorder, r *http.Request, routes http.Handler) {
	half := &Kept{}
	routes.ServeHTTP(half, r)
	w.Header().Set("Content-Type", half.Header().Get("Content-Type"))
	w.Header().Set("Content-Length", strconv.Itoa(len(half.Body)))
	_, _ = w.Write(half.Body[:len(half.Body)/2])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

// Kept is an answer that stays in memory.
type Kept struct {
	Status int // 0: 200
	Body   []byte
	header http.Header
}

// Header is what the answer's headers are set in.
func (k *Kept) Header() http.Header {
	if k.header == nil {
		k.header = http.Header{}
	}
	return k.header
}

// WriteHeader keeps the status.
func (k *Kept) WriteHeader(status int) { k.Status = status }

// Write adds to the body.
func (k *Kept) Write(b []byte) (int, error) {
	k.Body = append(k.Body, b...)
	return len(b), nil
}

// matches tells whether a path fits a pattern or begins with it; a star at the end stands for everything that follows.
func matches(pattern, p string) bool {
	if ok, err := path.Match(pattern, p); err == nil && ok {
		return true
	}
	return strings.HasPrefix(p, strings.TrimSuffix(pattern, "*"))
}
