package google

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"go.uber.org/goleak"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/faketest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// site is a server with Ada and Bob, and Ada's client.
type site struct {
	*Server
	t     *testing.T
	clock *faketest.Clock
	url   string
	token string
}

func newSite(t *testing.T, change ...func(*Options)) *site {
	t.Helper()
	c := faketest.NewClock()
	world := calendar.New(c.Now)
	world.AddPerson(calendar.Person{Email: "ada@example.com", Name: "Ada Lovelace", Zone: "Europe/London"})
	world.AddPerson(calendar.Person{Email: "bob@example.com", Name: "Bob Marsh", Zone: "America/New_York"})
	o := Options{Now: c.Now, ClientID: "client", ClientSecret: "secret", PushRetry: time.Millisecond}
	for _, f := range change {
		f(&o)
	}
	s := &site{Server: New(world, o), t: t, clock: c}
	web := httptest.NewServer(s.Server)
	t.Cleanup(func() {
		s.Close()
		web.Close()
		http.DefaultClient.CloseIdleConnections()
	})
	s.url = web.URL
	s.SetOrigin(web.URL)
	s.token, _ = s.Grant("ada@example.com")
	return s
}

// as is the same site through another person's client.
func (s *site) as(email string, scopes ...string) *site {
	other := *s
	other.token, _ = s.Grant(email, scopes...)
	return &other
}

// answer is what a call returned.
type answer struct {
	status int
	header http.Header
	body   map[string]any
}

func (a answer) reason() string {
	e := calendar.Map(a.body, "error")
	if list := calendar.Maps(e, "errors"); len(list) > 0 {
		return calendar.Text(list[0], "reason")
	}
	return ""
}

func (a answer) items() []map[string]any { return calendar.Maps(a.body, "items") }

func (a answer) text(path ...string) string { return calendar.Text(a.body, path...) }

// call makes an API call; path is relative to calendarBase. Headers come in pairs.
func (s *site) call(method, path string, body any, headers ...string) answer {
	s.t.Helper()
	var in io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			s.t.Fatal(err)
		}
		in = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.url+calendarBase+path, in)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	a := answer{status: res.StatusCode, header: res.Header}
	if raw, _ := io.ReadAll(res.Body); len(raw) > 0 {
		if err := json.Unmarshal(raw, &a.body); err != nil {
			s.t.Fatalf("%s %s: %v in %s", method, path, err, raw)
		}
	}
	return a
}

const primary = "calendars/primary/events"

// add inserts an event that takes an hour and returns it.
func (s *site) add(title string, more ...calendar.Fields) answer {
	s.t.Helper()
	f := calendar.Fields{
		"summary": title,
		"start":   calendar.Fields{"dateTime": "2026-11-24T10:00:00Z", "timeZone": "Europe/London"},
		"end":     calendar.Fields{"dateTime": "2026-11-24T11:00:00Z", "timeZone": "Europe/London"},
	}
	for _, m := range more {
		f = calendar.Merge(f, m)
	}
	return s.ok(s.call("POST", primary, f))
}

func (s *site) ok(a answer) answer {
	s.t.Helper()
	if a.status >= 300 {
		s.t.Fatalf("status %d: %v", a.status, a.body)
	}
	return a
}

func (s *site) refused(a answer, status int, reason string) {
	s.t.Helper()
	if a.status != status || a.reason() != reason {
		s.t.Errorf("got %d %s, want %d %s: %v", a.status, a.reason(), status, reason, a.body)
	}
}
