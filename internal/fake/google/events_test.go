package google

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/fake/calendar"
)

func TestPatchMergesMapsReplacesArraysAndDeletesNulls(t *testing.T) {
	s := newSite(t)
	e := s.add("One", calendar.Fields{
		"description": "keep", "location": "Room 1",
		"attendees":          calendar.List[any](calendar.Fields{"email": "x@elsewhere.org"}, calendar.Fields{"email": "y@elsewhere.org"}),
		"extendedProperties": calendar.Fields{"private": calendar.Fields{"a": "1", "b": "2"}},
	})
	got := s.ok(s.call("PATCH", primary+"/"+e.text("id"), calendar.Fields{
		"location": nil, "unheardOf": 1,
		"attendees":          calendar.List[any](calendar.Fields{"email": "z@elsewhere.org"}),
		"extendedProperties": calendar.Fields{"private": calendar.Fields{"a": nil, "c": "3"}},
	}))
	if got.text("description") != "keep" || got.body["location"] != nil || got.body["unheardOf"] != nil {
		t.Errorf("fields: %v", got.body)
	}
	if diff := cmp.Diff(map[string]any{"private": map[string]any{"b": "2", "c": "3"}}, got.body["extendedProperties"]); diff != "" {
		t.Error(diff)
	}
	want := []map[string]any{{"email": "z@elsewhere.org", "responseStatus": "needsAction"}}
	if diff := cmp.Diff(want, calendar.Maps(got.body, "attendees")); diff != "" {
		t.Error(diff)
	}
	if got.text("etag") == e.text("etag") || got.header.Get("ETag") != got.text("etag") {
		t.Errorf("etag %s after %s, header %s", got.text("etag"), e.text("etag"), got.header.Get("ETag"))
	}
}

func TestIfMatchAndIfNoneMatch(t *testing.T) {
	s := newSite(t)
	e := s.add("One")
	path := primary + "/" + e.text("id")
	s.refused(s.call("PATCH", path, calendar.Fields{"summary": "x"}, "If-Match", `"2"`), 412, "conditionNotMet")
	s.ok(s.call("PATCH", path, calendar.Fields{"summary": "Two"}, "If-Match", e.text("etag")))
	s.refused(s.call("PATCH", path, calendar.Fields{"summary": "x"}, "If-Match", e.text("etag")), 412, "conditionNotMet")
	s.refused(s.call("DELETE", path, nil, "If-Match", e.text("etag")), 412, "conditionNotMet")
	now := s.ok(s.call("GET", path, nil))
	if now.text("summary") != "Two" {
		t.Errorf("a refused write changed the event: %v", now.body)
	}
	if a := s.call("GET", path, nil, "If-None-Match", now.text("etag")); a.status != 304 {
		t.Errorf("If-None-Match gave %d", a.status)
	}
}

func TestInsertRefuses(t *testing.T) {
	s := newSite(t)
	s.add("taken", calendar.Fields{"id": "abcde12345"})
	for name, c := range map[string]struct {
		change calendar.Fields
		status int
		reason string
	}{
		"taken id":         {calendar.Fields{"id": "abcde12345"}, 409, "duplicate"},
		"short id":         {calendar.Fields{"id": "abcd"}, 400, "invalid"},
		"id beyond v":      {calendar.Fields{"id": "abcdwxyz"}, 400, "invalid"},
		"number as title":  {calendar.Fields{"summary": 5}, 400, "invalid"},
		"no end":           {calendar.Fields{"end": nil}, 400, "invalid"},
		"ends first":       {calendar.Fields{"end": calendar.Fields{"dateTime": "2026-11-24T09:00:00Z"}}, 400, "timeRangeEmpty"},
		"unknown zone":     {calendar.Fields{"start": calendar.Fields{"timeZone": "Moon/Base"}}, 400, "invalid"},
		"broken rule":      {calendar.Fields{"recurrence": calendar.List[any]("RRULE:FREQ=SOMETIMES")}, 400, "invalid"},
		"series, no zone":  {calendar.Fields{"start": calendar.Fields{"timeZone": nil}, "recurrence": calendar.List[any]("RRULE:FREQ=DAILY")}, 400, "invalid"},
		"date and time":    {calendar.Fields{"start": calendar.Fields{"date": "2026-11-24"}}, 400, "invalid"},
		"nameless guest":   {calendar.Fields{"attendees": calendar.List[any](calendar.Fields{})}, 400, "required"},
		"number as marker": {calendar.Fields{"extendedProperties": calendar.Fields{"private": calendar.Fields{"a": 1}}}, 400, "invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			f := calendar.Merge(calendar.Fields{
				"summary": "x", "start": calendar.Fields{"dateTime": "2026-11-24T10:00:00Z", "timeZone": "UTC"},
				"end": calendar.Fields{"dateTime": "2026-11-24T11:00:00Z", "timeZone": "UTC"},
			}, c.change)
			site := *s
			site.t = t
			site.refused(site.call("POST", primary, f), c.status, c.reason)
		})
	}
}

func TestPropertiesAreCutSilently(t *testing.T) {
	s := newSite(t)
	e := s.add("One", calendar.Fields{"extendedProperties": calendar.Fields{"private": calendar.Fields{
		strings.Repeat("k", 45): "gone", strings.Repeat("k", 44): strings.Repeat("v", 2000),
	}}})
	got := calendar.Map(calendar.Map(e.body, "extendedProperties"), "private")
	want := map[string]any{strings.Repeat("k", 44): strings.Repeat("v", 1024)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestGuestChangesOnlyWhatIsTheirs(t *testing.T) {
	s := newSite(t)
	e := s.add("One", calendar.Fields{"attendees": calendar.List[any](calendar.Fields{"email": "bob@example.com"})})
	bob, path := s.as("bob@example.com"), primary+"/"+e.text("id")
	copied := bob.ok(bob.call("GET", path, nil))
	if calendar.Map(copied.body, "organizer")["self"] == true || calendar.Maps(copied.body, "attendees")[0]["self"] != true {
		t.Errorf("copy: %v", copied.body)
	}
	for _, f := range []calendar.Fields{{"description": "x"}, {"location": "x"}, {"summary": "x"}, {"end": calendar.Fields{"dateTime": "2026-11-24T12:00:00Z"}}} {
		bob.refused(bob.call("PATCH", path, f), 403, "forbiddenForNonOrganizer")
	}
	bob.ok(bob.call("PATCH", path, calendar.Fields{"extendedProperties": calendar.Fields{"private": calendar.Fields{"mine": "1"}}}))
	if now := s.ok(s.call("GET", path, nil)); now.body["extendedProperties"] != nil {
		t.Errorf("private property leaked: %v", now.body)
	}
	s.ok(s.call("PATCH", path, calendar.Fields{"guestsCanModify": true}))
	bob.ok(bob.call("PATCH", path, calendar.Fields{"location": "Pub"}))
	if now := s.ok(s.call("GET", path, nil)); now.text("location") != "Pub" {
		t.Errorf("the organiser's copy: %v", now.body)
	}
}

func TestDeleteTwice(t *testing.T) {
	s := newSite(t)
	path := primary + "/" + s.add("One").text("id")
	s.ok(s.call("DELETE", path, nil))
	s.refused(s.call("DELETE", path, nil), 410, "deleted")
	s.refused(s.call("PATCH", path, calendar.Fields{"summary": "x"}), 410, "deleted")
	if a := s.ok(s.call("GET", path, nil)); a.text("status") != "cancelled" {
		t.Errorf("a deleted event reads %v", a.body)
	}
}

func TestConferenceData(t *testing.T) {
	addOn := calendar.Fields{"conferenceData": calendar.Fields{
		"conferenceSolution": calendar.Fields{"key": calendar.Fields{"type": "addOn"}},
		"entryPoints":        calendar.List[any](calendar.Fields{"entryPointType": "video", "uri": "https://x.example"}),
	}}
	for mode, want := range map[ConferenceMode]int{ConferenceRefused: 400, ConferenceAccepted: 200, ConferenceIgnored: 200} {
		s := newSite(t, func(o *Options) { o.Conference = mode })
		path := primary + "/" + s.add("One").text("id")
		a := s.call("PATCH", path+"?conferenceDataVersion=1", addOn)
		if a.status != want || (a.body["conferenceData"] != nil) != (mode == ConferenceAccepted) {
			t.Errorf("mode %d: %d %v", mode, a.status, a.body)
		}
		if a := s.ok(s.call("PATCH", path, addOn)); mode != ConferenceAccepted && a.body["conferenceData"] != nil {
			t.Errorf("version 0 wrote conference data")
		}
	}
}

func TestMeetStaysWithoutVersionAndGoesWithNull(t *testing.T) {
	s := newSite(t)
	path := primary + "/" + s.add("One").text("id")
	request := calendar.Fields{"conferenceData": calendar.Fields{"createRequest": calendar.Fields{"requestId": "1"}}}
	if a := s.ok(s.call("PATCH", path+"?conferenceDataVersion=1", request)); a.text("conferenceData", "conferenceSolution", "key", "type") != "hangoutsMeet" {
		t.Fatalf("no Meet: %v", a.body)
	}
	if a := s.ok(s.call("PATCH", path, calendar.Fields{"conferenceData": nil})); a.body["conferenceData"] == nil {
		t.Error("version 0 cleared the conference")
	}
	if a := s.ok(s.call("PATCH", path+"?conferenceDataVersion=1", calendar.Fields{"conferenceData": nil})); a.body["conferenceData"] != nil {
		t.Error("null did not clear the conference")
	}
}

func TestMailIsCounted(t *testing.T) {
	s := newSite(t)
	guests := calendar.Fields{"attendees": calendar.List[any](calendar.Fields{"email": "bob@example.com"}, calendar.Fields{"email": "x@elsewhere.org"})}
	path := primary + "/" + s.add("One", guests).text("id")
	for send, want := range map[string]int{"none": 0, "all": 2, "externalOnly": 1} {
		before := len(s.World().Mails())
		s.ok(s.call("PATCH", path+"?sendUpdates="+send, calendar.Fields{"summary": send}))
		got := 0
		for _, m := range s.World().Mails()[before:] {
			got += m.Guests
		}
		if got != want {
			t.Errorf("sendUpdates=%s mailed %d, want %d", send, got, want)
		}
	}
	s.refused(s.call("PATCH", path+"?sendUpdates=some", calendar.Fields{}), 400, "invalid")
}
