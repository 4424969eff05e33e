package microsoft

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"parlor/internal/parlor"
)

// answer is one thing that the server says.
type answer struct {
	status int // 0 for 200
	header http.Header
	body   string // {base} stands for the API's address
}

// asked is one request that it got.
type asked struct {
	method, path, body string
	query              url.Values
	header             http.Header
}

// script answers requests one after the other and keeps them.
type script struct {
	base    string
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
	s.base = srv.URL + "/v1.0"
	service := New(Config{APIURL: s.base, AddinID: "addin", Now: func() time.Time { return at("2026-11-23T00:00:00Z") }})
	cal, err := service.Calendar(srv.Client())
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
	w.Header().Set("Content-Type", "application/json; odata.metadata=minimal")
	for k, v := range next.header {
		w.Header()[k] = v
	}
	if next.status != 0 {
		w.WriteHeader(next.status)
	}
	_, _ = io.WriteString(w, strings.ReplaceAll(next.body, "{base}", s.base))
}

// all returns the requests that were made.
func (s *script) all(t *testing.T, n int) []asked {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.asked) != n {
		t.Fatalf("got %d requests, want %d: %+v", len(s.asked), n, s.asked)
	}
	return s.asked
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}
