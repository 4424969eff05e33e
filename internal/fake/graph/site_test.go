package graph

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/faketest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	ada = "ada@example.com"
	bob = "bob@example.com"
)

// site is a server with Ada and Bob, and Ada's client.
type site struct {
	*Server
	t     *testing.T
	clock *faketest.Clock
	url   string
	token string
	email string
}

func newSite(t *testing.T, change ...func(*Options)) *site {
	t.Helper()
	c := faketest.NewClock()
	world := calendar.New(c.Now)
	world.AddPerson(calendar.Person{Email: ada, Name: "Ada Lovelace", Zone: "Europe/London"})
	world.AddPerson(calendar.Person{Email: bob, Name: "Bob Marsh", Zone: "America/New_York"})
	o := Options{Now: c.Now, ClientID: "client", ClientSecret: "secret", PushRetry: time.Millisecond}
	for _, f := range change {
		f(&o)
	}
	s := &site{Server: New(world, o), t: t, clock: c, email: ada}
	web := httptest.NewServer(s.Server)
	t.Cleanup(func() {
		s.Close()
		web.Close()
		http.DefaultClient.CloseIdleConnections()
	})
	s.url = web.URL
	s.SetOrigin(web.URL)
	s.token, _ = s.Grant(ada)
	return s
}

// as is the same site through another person's client.
func (s *site) as(email string, scopes ...string) *site {
	other := *s
	other.token, _ = s.Grant(email, scopes...)
	other.email = email
	return &other
}

// answer is what a call returned.
type answer struct {
	status int
	header http.Header
	body   map[string]any
}

func (a answer) code() string { return calendar.Text(a.body, "error", "code") }

func (a answer) items() []map[string]any { return calendar.Maps(a.body, "value") }

func (a answer) text(path ...string) string { return calendar.Text(a.body, path...) }

// call makes an API call; path is relative to apiBase, or a whole address. Headers come in pairs.
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
	address := path
	if !strings.HasPrefix(path, "http") {
		address = s.url + apiBase + path
	}
	req, err := http.NewRequestWithContext(s.t.Context(), method, address, in)
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
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if len(raw) > 0 && json.Unmarshal(raw, &a.body) != nil {
		s.t.Fatalf("%s %s: %d %s", method, path, res.StatusCode, raw)
	}
	return a
}

// ok fails the test unless a call succeeded.
func (s *site) ok(a answer) answer {
	s.t.Helper()
	if a.status >= 300 {
		s.t.Fatalf("status %d: %v", a.status, a.body)
	}
	return a
}

// refused fails the test unless a call was refused so.
func (s *site) refused(a answer, status int, code string) {
	s.t.Helper()
	if a.status != status || a.code() != code {
		s.t.Errorf("status %d %s, want %d %s: %v", a.status, a.code(), status, code, a.body)
	}
}

// at is a start or an end.
func at(clock, zone string) map[string]any {
	return map[string]any{"dateTime": clock, "timeZone": zone}
}

// meeting is a new event of half an hour with more properties.
func meeting(subject string, more ...map[string]any) map[string]any {
	body := map[string]any{
		"subject": subject, "start": at("2026-11-24T10:00:00", "GMT Standard Time"), "end": at("2026-11-24T10:30:00", "GMT Standard Time"),
	}
	for _, m := range more {
		for k, v := range m {
			body[k] = v
		}
	}
	return body
}

// with is an attendees property.
func with(emails ...string) map[string]any {
	list := []any{}
	for _, email := range emails {
		list = append(list, map[string]any{"type": "required", "emailAddress": map[string]any{"address": email}})
	}
	return map[string]any{"attendees": list}
}

// weekly is a recurrence property of so many Tuesdays.
func weekly(times int) map[string]any {
	return map[string]any{"recurrence": map[string]any{
		"pattern": map[string]any{"type": "weekly", "interval": 1, "daysOfWeek": []string{"tuesday"}, "firstDayOfWeek": "monday"},
		"range":   map[string]any{"type": "numbered", "startDate": "2026-11-24", "numberOfOccurrences": times, "recurrenceTimeZone": "GMT Standard Time"},
	}}
}

// add makes an event in the caller's calendar.
func (s *site) add(body map[string]any) answer {
	s.t.Helper()
	return s.ok(s.call("POST", "me/events", body))
}

func eventPath(a answer) string { return "me/events/" + url.PathEscape(a.text("id")) }

const immutable = `IdType="ImmutableId"`

const year = "startDateTime=2026-11-01T00:00:00Z&endDateTime=2027-11-01T00:00:00Z"

// pull follows a delta to its end.
func (s *site) pull(link string) (items []map[string]any, next string) {
	s.t.Helper()
	if link == "" {
		link = "me/calendarView/delta?" + year
	}
	for link != "" {
		a := s.ok(s.call("GET", link, nil, "Prefer", immutable))
		items = append(items, a.items()...)
		next = a.text("@odata.deltaLink")
		link = a.text("@odata.nextLink")
	}
	return items, next
}
