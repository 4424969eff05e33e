package google

import (
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
)

func TestFailuresOnDemand(t *testing.T) {
	s := newSite(t).as("ada@example.com", scopeBase+"calendar")
	for reason, e := range apiErrors {
		s.Fail(Failure{Method: "GET", Path: calendarBase, Reason: reason, RetryAfter: 7 * time.Second})
		a := s.call("GET", primary, nil)
		s.refused(a, e.Status, reason)
		if a.header.Get("Retry-After") != "7" {
			t.Errorf("Retry-After %q", a.header.Get("Retry-After"))
		}
		s.ok(s.call("GET", primary, nil))
	}
	s.Fail(Failure{Path: calendarBase + "calendars/*/events", Status: 429, Reason: "rateLimitExceeded", After: 1, Times: 2})
	s.ok(s.call("GET", primary, nil))
	s.refused(s.call("GET", primary, nil), 429, "rateLimitExceeded")
	s.ok(s.call("GET", "users/me/calendarList", nil))
	s.ClearFailures()
	s.ok(s.call("GET", primary, nil))
}

func TestListThatBreaksOff(t *testing.T) {
	s := newSite(t)
	s.add("One")
	s.Fail(Failure{Method: "GET", Path: calendarBase, Cut: true})
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+calendarBase+primary, nil)
	req.Header.Set("Authorization", "Bearer "+s.token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if body, err := io.ReadAll(res.Body); !errors.Is(err, io.ErrUnexpectedEOF) || len(body) == 0 {
		t.Errorf("read %d bytes and %v", len(body), err)
	}
}

func TestQuotaSlides(t *testing.T) {
	s := newSite(t)
	s.Quota(4, 6)
	e := s.add("One") // 1
	s.clock.Add(30 * time.Second)
	patch := func(who *site) answer {
		return who.call("PATCH", primary+"/"+e.text("id"), calendar.Fields{"summary": "x"})
	}
	s.ok(patch(s)) // 4
	s.refused(s.call("GET", primary, nil), 403, "rateLimitExceeded")
	bob := s.as("bob@example.com")
	bob.ok(bob.call("GET", primary, nil))
	bob.ok(bob.call("GET", primary, nil))
	bob.refused(bob.call("GET", primary, nil), 429, "rateLimitExceeded")
	s.clock.Add(30 * time.Second)
	s.ok(s.call("GET", primary, nil))
}

func TestCallsAreLogged(t *testing.T) {
	s := newSite(t)
	s.ResetCalls()
	s.call("GET", primary+"/none?sendUpdates=none", nil)
	s.token = "wrong"
	s.refused(s.call("GET", primary, nil), 401, "authError")
	calls := s.Calls()
	if len(calls) != 2 || calls[0].User != "ada@example.com" || calls[0].Status != 404 || calls[0].Query.Get("sendUpdates") != "none" || calls[1].Status != 401 {
		t.Errorf("calls: %+v", calls)
	}
	if n := s.Count("GET", calendarBase+"calendars/*/events"); n != 1 {
		t.Errorf("counted %d", n)
	}
}

func TestScopes(t *testing.T) {
	s := newSite(t)
	s.World().AddCalendar(calendar.Calendar{ID: "team", Name: "Team", Zone: "UTC", Owner: "bob@example.com"})
	if err := s.World().Share("team", "ada@example.com", calendar.Reader); err != nil {
		t.Fatal(err)
	}
	owned, wide := s.as("ada@example.com", eventsScope), s.as("ada@example.com", scopeBase+"calendar")
	read := s.as("ada@example.com", scopeBase+"calendar.readonly")
	owned.ok(owned.call("GET", primary, nil))
	owned.refused(owned.call("GET", "calendars/team/events", nil), 403, "insufficientPermissions")
	wide.ok(wide.call("GET", "calendars/team/events", nil))
	wide.refused(wide.call("POST", "calendars/team/events", calendar.Fields{}), 403, "requiredAccessLevel")
	read.refused(read.call("POST", primary, calendar.Fields{}), 403, "insufficientPermissions")
	wide.refused(wide.call("GET", "calendars/bob@example.com/events", nil), 404, "notFound")
	items := wide.ok(wide.call("GET", "users/me/calendarList?maxResults=1", nil))
	if items.text("nextPageToken") == "" || items.items()[0]["primary"] != true {
		t.Errorf("calendar list: %v", items.body)
	}
	rest := wide.ok(wide.call("GET", "users/me/calendarList?maxResults=1&pageToken="+items.text("nextPageToken"), nil))
	if rest.text("nextPageToken") != "" || rest.items()[0]["accessRole"] != "reader" {
		t.Errorf("calendar list: %v", rest.body)
	}
}
