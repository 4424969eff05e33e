package outlook

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

func mustTime(t *testing.T, raw string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, raw)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestSeriesAndOneOfItsOccurrences(t *testing.T) {
	s := newSite(t)
	_, at := s.submit("/calendar/save?user="+ada, 200, filled(url.Values{"repeat": {"weekly"}, "required": {""}}))
	id := at.Query().Get("saved")
	if rule := s.event(ada, id).Fields["recurrence"]; !cmp.Equal(rule, calendar.List[any]("RRULE:FREQ=WEEKLY")) {
		t.Fatalf("rule %v", rule)
	}
	second := calendar.InstanceID(id, mustTime(t, "2026-12-02T21:00:00Z"), false)
	page := s.visit("/calendar/event?user="+ada+"&eid="+stage.EID(second, ada), 200)
	contains(t, page, "View series", "Delete this one", stage.EID(id, ada))
	if s.facts(page)["occurrence"] != true {
		t.Error("page does not say that it is an occurrence")
	}
	moved := filled(url.Values{
		"eid": {stage.EID(second, ada)}, "date": {"2026-12-03"}, "end_date": {"2026-12-03"}, "required": {""}, "body_changed": {""}, "repeat": {""},
	})
	s.submit("/calendar/save?user="+ada, 200, moved)
	if start := s.event(ada, second).Span().Start; !start.Equal(mustTime(t, "2026-12-03T21:00:00Z")) {
		t.Errorf("occurrence starts %v", start)
	}
	if s.event(ada, id).Fields["recurrence"] == nil {
		t.Error("the series lost its rule")
	}
	s.submit("/calendar/delete?user="+ada, 200, url.Values{"eid": {stage.EID(second, ada)}})
	if !s.event(ada, second).Cancelled || s.event(ada, id).Cancelled {
		t.Error("want the occurrence deleted and the series kept")
	}
	s.submit("/calendar/save?user="+ada, 200, filled(url.Values{"eid": {stage.EID(id, ada)}, "repeat": {""}, "required": {""}}))
	if rule := s.event(ada, id).Fields["recurrence"]; rule != nil {
		t.Errorf("rule %v, want none", rule)
	}
}

func TestAllDay(t *testing.T) {
	s := newSite(t)
	_, at := s.submit("/calendar/save?user="+ada, 200, filled(url.Values{"all_day": {"1"}, "end_date": {"2026-11-26"}}))
	id := at.Query().Get("saved")
	if end := s.event(ada, id).Fields["end"]; !cmp.Equal(end, calendar.Fields{"date": "2026-11-27"}) {
		t.Errorf("end %v", end)
	}
	contains(t, s.visit("/calendar/event?user="+ada+"&eid="+stage.EID(id, ada), 200), `name="end_date" type="date" value="2026-11-26"`)
	s.submit("/calendar/save?user="+ada, 200, filled(url.Values{"eid": {stage.EID(id, ada)}}))
	if span := s.event(ada, id).Span(); span.AllDay || !span.Start.Equal(mustTime(t, "2026-11-25T21:00:00Z")) {
		t.Errorf("span %v, want a timed one", span)
	}
}

func TestDelegate(t *testing.T) {
	s := newSite(t)
	theirs := "?user=" + bob + "&shared=" + ada
	contains(t, s.visit("/calendar/new"+theirs, http.StatusForbidden), "ada@example.com does not share a calendar with bob@example.com")
	page, _ := s.submit("/share", 200, url.Values{"owner": {ada}, "with": {bob}})
	contains(t, page, "Ada Lovelace’s calendar, as delegate", "Stop sharing with Bob Marsh")
	page = s.visit("/calendar/new"+theirs, 200)
	contains(t, page, "opened by Bob Marsh as delegate", `value="America/New_York"`)
	if facts := s.facts(page); facts["shared"] != true || facts["owner"] != ada {
		t.Errorf("facts %v", facts)
	}
	_, at := s.submit("/calendar/save"+theirs, 200, filled(url.Values{"required": {""}}))
	if at.Query().Get("shared") != ada {
		t.Errorf("left the shared calendar: %s", at)
	}
	e := s.event(ada, at.Query().Get("saved"))
	if calendar.Text(e.Fields, "organizer", "email") != ada || calendar.Text(e.Fields, "creator", "email") != bob {
		t.Errorf("organizer and creator: %v %v", e.Fields["organizer"], e.Fields["creator"])
	}
	s.submit("/share", 200, url.Values{"owner": {ada}, "with": {bob}, "end": {"1"}})
	s.visit("/calendar"+theirs, http.StatusForbidden)
	s.submit("/share", http.StatusNotFound, url.Values{"owner": {ada}, "with": {"nobody@example.com"}})
}

func TestGuestsOnlyRead(t *testing.T) {
	s := newSite(t)
	page := s.visit("/calendar/event?user="+ada+"&eid="+stage.EID("seedinvited", ada), 200)
	contains(t, page, "Organised by bob@example.com", "<fieldset class=\"fields\" disabled>")
	if s.facts(page)["readOnly"] != true {
		t.Error("page does not say that it is read-only")
	}
	page, _ = s.submit("/calendar/save?user="+ada, 422, filled(url.Values{"eid": {stage.EID("seedinvited", ada)}}))
	contains(t, page, "Only the organiser can change this appointment.")
}

func TestUnknownPeopleAndEvents(t *testing.T) {
	s := newSite(t)
	contains(t, s.visit("/", 200), "Ada Lovelace", "Bob Marsh", "Share with Bob Marsh as delegate")
	s.visit("/calendar?user=nobody@example.com", http.StatusNotFound)
	s.visit("/calendar/event?user="+ada+"&eid=nonsense", http.StatusNotFound)
	s.visit("/calendar/event?user="+ada+"&eid="+stage.EID("seedstandup", bob), http.StatusNotFound)
	contains(t, s.visit("/calendar?user="+ada+"&week=2026-12-01", 200), "1 December – 7 December 2026", "Catch-up with Bob")
}
