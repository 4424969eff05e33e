package google

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"

	"parlor/internal/parlor"
)

// answer is one thing that the server says.
type answer struct {
	status int // 0 for 200
	header http.Header
	body   string
}

// asked is one request that it got.
type asked struct {
	method, path, body string
	query              url.Values
	header             http.Header
}

// script answers requests one after the other and keeps them.
type script struct {
	mu      sync.Mutex
	answers []answer
	asked   []asked
}

// say starts a server with the answers and opens the port on it.
func say(t *testing.T, answers ...answer) (parlor.Calendar, *script) {
	t.Helper()
	s := &script{answers: answers}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	cal, err := New(Config{APIURL: srv.URL + "/calendar/v3"}).Calendar(srv.Client())
	if err != nil {
		t.Fatal(err)
	}
	return cal, s
}

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	s.asked = append(s.asked, asked{r.Method, r.URL.Path, string(body), r.URL.Query(), r.Header})
	if len(s.answers) == 0 {
		w.WriteHeader(http.StatusTeapot)
		return
	}
	next := s.answers[0]
	s.answers = s.answers[1:]
	for k, v := range next.header {
		w.Header()[k] = v
	}
	if next.status != 0 {
		w.WriteHeader(next.status)
	}
	_, _ = io.WriteString(w, next.body)
}

// only returns the single request that was made.
func (s *script) only(t *testing.T) asked {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.asked) != 1 {
		t.Fatalf("got %d requests, want 1: %+v", len(s.asked), s.asked)
	}
	return s.asked[0]
}
