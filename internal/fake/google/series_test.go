package google

import (
	"net/url"
	"slices"
	"testing"

	"parlor/internal/fake/calendar"
)

// series adds a daily series from 24 November, 10:00 in London, and returns its id and that of its second occurrence.
func (s *site) series(more ...calendar.Fields) (id, second string) {
	s.t.Helper()
	daily := calendar.Fields{"recurrence": calendar.List[any]("RRULE:FREQ=DAILY;COUNT=5")}
	id = s.add("Daily", append(more, daily)...).text("id")
	return id, id + "_20261125T100000Z"
}

func TestListHasMastersAndExceptions(t *testing.T) {
	s := newSite(t)
	id, second := s.series()
	if seen, _ := s.pull(""); !slices.Equal(seen, []string{id + ":confirmed:Daily"}) {
		t.Fatalf("untouched series: %v", seen)
	}
	e := s.ok(s.call("PATCH", primary+"/"+second, calendar.Fields{"summary": "Moved"}))
	if e.text("recurringEventId") != id || e.body["recurrence"] != nil || e.text("originalStartTime", "dateTime") != "2026-11-25T10:00:00Z" {
		t.Errorf("exception: %v", e.body)
	}
	if seen, _ := s.pull(""); !slices.Equal(seen, []string{id + ":confirmed:Daily", second + ":confirmed:Moved"}) {
		t.Errorf("series with an exception: %v", seen)
	}
	if seen, _ := s.pull("singleEvents=true"); len(seen) != 5 || seen[1] != second+":confirmed:Moved" {
		t.Errorf("expanded: %v", seen)
	}
	a := s.ok(s.call("GET", primary+"/"+id+"/instances", nil))
	if len(a.items()) != 5 {
		t.Errorf("instances: %v", a.items())
	}
}

func TestDeletedOccurrenceResendsTheMaster(t *testing.T) {
	s := newSite(t)
	id, second := s.series()
	before := s.ok(s.call("GET", primary+"/"+id, nil)).text("etag")
	_, token := s.pull("")
	s.ok(s.call("DELETE", primary+"/"+second, nil))
	a := s.ok(s.call("GET", primary+"?syncToken="+url.QueryEscape(token), nil))
	items := a.items()
	if len(items) != 2 || calendar.Text(items[0], "id") != id || calendar.Text(items[0], "etag") == before {
		t.Fatalf("changes: %v", items)
	}
	stub := items[1]
	if len(stub) != 6 || stub["status"] != "cancelled" || stub["recurringEventId"] != id ||
		stub["etag"] != items[0]["etag"] || calendar.Text(stub, "originalStartTime", "dateTime") != "2026-11-25T10:00:00Z" {
		t.Errorf("stub: %v", stub)
	}
	if seen, _ := s.pull(""); len(seen) != 2 {
		t.Errorf("a full list without singleEvents shows cancelled occurrences, got %v", seen)
	}
	if seen, _ := s.pull("singleEvents=true"); len(seen) != 4 {
		t.Errorf("expanded: %v", seen)
	}
}

func TestExceptionInheritsWhatItDidNotOverride(t *testing.T) {
	s := newSite(t)
	id, second := s.series(calendar.Fields{"description": "old"})
	s.ok(s.call("PATCH", primary+"/"+second, calendar.Fields{"location": "Elsewhere"}))
	_, token := s.pull("")
	s.ok(s.call("PATCH", primary+"/"+id, calendar.Fields{"description": "new", "location": "Here"}))
	a := s.ok(s.call("GET", primary+"/"+second, nil))
	if a.text("description") != "new" || a.text("location") != "Elsewhere" {
		t.Errorf("exception: %v", a.body)
	}
	if seen, _ := s.pull("syncToken=" + url.QueryEscape(token)); len(seen) != 2 {
		t.Errorf("changes: %v", seen)
	}
}

func TestMovedSeriesLosesItsExceptions(t *testing.T) {
	s := newSite(t)
	id, second := s.series()
	s.ok(s.call("PATCH", primary+"/"+second, calendar.Fields{"location": "Elsewhere"}))
	s.ok(s.call("PATCH", primary+"/"+id, calendar.Fields{
		"start": calendar.Fields{"dateTime": "2026-11-24T15:00:00Z"}, "end": calendar.Fields{"dateTime": "2026-11-24T16:00:00Z"},
	}))
	if seen, _ := s.pull("singleEvents=true"); len(seen) != 5 || slices.Contains(seen, second+":confirmed:Daily") {
		t.Errorf("expanded: %v", seen)
	}
}

func TestDeletedSeriesIsOneStub(t *testing.T) {
	s := newSite(t)
	id, second := s.series()
	s.ok(s.call("PATCH", primary+"/"+second, calendar.Fields{"location": "Elsewhere"}))
	_, token := s.pull("")
	s.ok(s.call("DELETE", primary+"/"+id, nil))
	if seen, _ := s.pull("syncToken=" + url.QueryEscape(token)); !slices.Equal(seen, []string{id + ":cancelled:"}) {
		t.Errorf("changes: %v", seen)
	}
	if seen, _ := s.pull(""); len(seen) != 0 {
		t.Errorf("full list: %v", seen)
	}
	if a := s.ok(s.call("GET", primary+"/"+second, nil)); a.text("status") != "cancelled" {
		t.Errorf("orphan: %v", a.body)
	}
}

func TestGuestSeesSeriesAndException(t *testing.T) {
	s := newSite(t)
	id, second := s.series(calendar.Fields{"attendees": calendar.List[any](calendar.Fields{"email": "bob@example.com"})})
	s.ok(s.call("PATCH", primary+"/"+second, calendar.Fields{"location": "Elsewhere"}))
	bob := s.as("bob@example.com")
	if seen, _ := bob.pull(""); !slices.Equal(seen, []string{id + ":confirmed:Daily", second + ":confirmed:Daily"}) {
		t.Errorf("Bob's list: %v", seen)
	}
	bob.ok(bob.call("DELETE", primary+"/"+second, nil))
	guest := calendar.Maps(s.ok(s.call("GET", primary+"/"+second, nil)).body, "attendees")[0]
	if guest["responseStatus"] != "declined" {
		t.Errorf("organiser sees %v", guest)
	}
	s.ok(s.call("DELETE", primary+"/"+id, nil))
	if seen, _ := bob.pull(""); len(seen) != 0 {
		t.Errorf("Bob's list after the end: %v", seen)
	}
}

func TestUnknownOccurrence(t *testing.T) {
	s := newSite(t)
	id, _ := s.series()
	for _, wrong := range []string{"_20261125T110000Z", "_20261231T100000Z", "_20261125", "_R20261125T100000"} {
		s.refused(s.call("GET", primary+"/"+id+wrong, nil), 404, "notFound")
	}
}

func TestOccurrencesKeepTheirWallClockOverDST(t *testing.T) {
	s := newSite(t)
	e := s.add("Weekly", calendar.Fields{
		"start":      calendar.Fields{"dateTime": "2026-10-20T09:00:00-04:00", "timeZone": "America/New_York"},
		"end":        calendar.Fields{"dateTime": "2026-10-20T10:00:00-04:00", "timeZone": "America/New_York"},
		"recurrence": calendar.List[any]("RRULE:FREQ=WEEKLY;COUNT=4"),
	})
	var starts []string
	for _, i := range s.ok(s.call("GET", primary+"/"+e.text("id")+"/instances", nil)).items() {
		starts = append(starts, calendar.Text(i, "start", "dateTime"))
	}
	want := []string{"2026-10-20T14:00:00+01:00", "2026-10-27T13:00:00Z", "2026-11-03T14:00:00Z", "2026-11-10T14:00:00Z"}
	if !slices.Equal(starts, want) {
		t.Errorf("starts %v, want %v", starts, want)
	}
}
