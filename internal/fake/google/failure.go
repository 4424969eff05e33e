package google

import (
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
	Reason     string        // such as "rateLimitExceeded", or an RFC 6749 error code for the OAuth addresses
	RetryAfter time.Duration // sent as Retry-After in whole seconds; 0: no such header
	Cut        bool          // do the work, but break the connection off in the middle of the answer
	After      int           // let so many matching requests pass first
	Times      int           // how often to fail; 0: once, -1: until ClearFailures
}

// Fail adds a failure; the first one that matches a request is used.
func (s *Server) Fail(f Failure) {
	f.Times = or(f.Times, 1)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures = append(s.failures, f)
}

// ClearFailures takes all failures away.
func (s *Server) ClearFailures() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures = nil
}

// failure takes the next failure for a request.
func (s *Server) failure(r *http.Request) (Failure, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.failures {
		f := &s.failures[i]
		if f.Times == 0 || f.Method != "" && f.Method != r.Method || !matches(f.Path, r.URL.Path) {
			continue
		}
		if f.After > 0 {
			f.After--
			continue
		}
		f.Times--
		return *f, true
	}
	return Failure{}, false
}

// interrupt plays a failure; true when the request needs no other answer.
func (s *Server) interrupt(w *recorder, r *http.Request) bool {
	f, ok := s.failure(r)
	if !ok {
		return false
	}
	if f.Cut {
		s.cut(w, r)
		return true
	}
	if f.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(f.RetryAfter.Seconds())))
	}
	if !strings.HasPrefix(r.URL.Path, calendarBase) {
		oauthError(w, or(f.Status, http.StatusBadRequest), f.Reason, "as told")
		return true
	}
	e := apiErrors[f.Reason]
	e.Reason = f.Reason
	e.Status = or(f.Status, or(e.Status, http.StatusInternalServerError))
	e.Message = or(e.Message, "Backend Error")
	e.Domain = or(e.Domain, "global")
	e.write(w)
	return true
}

// cut answers with the first half of the real answer and breaks the connection.
func (s *Server) cut(w *recorder, r *http.Request) {
	half := &halfWriter{header: http.Header{}}
	s.mux.ServeHTTP(half, r)
	w.Header().Set("Content-Type", half.header.Get("Content-Type"))
	w.Header().Set("Content-Length", strconv.Itoa(len(half.body)))
	_, _ = w.Write(half.body[:len(half.body)/2])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

// halfWriter keeps an answer in memory.
type halfWriter struct {
	header http.Header
	body   []byte
}

func (h *halfWriter) Header() http.Header { return h.header }

func (h *halfWriter) WriteHeader(int) {}

func (h *halfWriter) Write(b []byte) (int, error) {
	h.body = append(h.body, b...)
	return len(b), nil
}

// matches tells whether a path fits a pattern or begins with it; a star at the end stands for everything that follows.
func matches(pattern, p string) bool {
	if ok, err := path.Match(pattern, p); err == nil && ok {
		return true
	}
	return strings.HasPrefix(p, strings.TrimSuffix(pattern, "*"))
}
