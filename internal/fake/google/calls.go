package google

import (
	"net/http"
	"net/url"
	"time"
)

// Call is one request the server answered.
type Call struct {
	At     time.Time
	Method string
	Path   string
	Query  url.Values // sendUpdates and the like; no tokens travel here except page and sync tokens
	User   string     // e-mail address of the bearer, "" without a known token
	Status int
}

// Calls lists every request since the last ResetCalls, oldest first.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Call(nil), s.calls...)
}

// Count counts the calls with the given method whose path matches pattern, as in Failure.
func (s *Server) Count(method, pattern string) int {
	n := 0
	for _, c := range s.Calls() {
		if (method == "" || c.Method == method) && matches(pattern, c.Path) {
			n++
		}
	}
	return n
}

// ResetCalls empties the log of calls.
func (s *Server) ResetCalls() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = nil
}

func (s *Server) record(r *http.Request, user string, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, Call{s.now(), r.Method, r.URL.Path, r.URL.Query(), user, status})
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
