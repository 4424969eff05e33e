package graph

import (
	"strings"
	"testing"

	"parlor/internal/fake/calendar"
)

func TestDeltaRounds(t *testing.T) {
	s := newSite(t)
	s.Lists(ListMode{MaxPage: 2, EmptyPages: 1})
	for _, subject := range []string{"One", "Two", "Three"} {
		s.add(meeting(subject))
	}
	first := s.ok(s.call("GET", "me/calendarView/delta?"+year, nil))
	if len(first.items()) != 0 || !strings.HasPrefix(first.text("@odata.nextLink"), s.url) {
		t.Errorf("no empty page first: %v", first.body)
	}
	items, link := s.pull(first.text("@odata.nextLink"))
	if len(items) != 3 || items[0]["subject"] != "One" {
		t.Errorf("items: %v", items)
	}
	if items, link = s.pull(link); len(items) != 0 {
		t.Errorf("nothing changed, yet %v", items)
	}
	for _, method := range []string{"GET", "GET"} { // a delta link may be used twice
		s.ok(s.call(method, link, nil))
	}
}

func TestDeltaWindow(t *testing.T) {
	s := newSite(t)
	const december = "me/calendarView/delta?startDateTime=2026-12-01T00:00:00Z&endDateTime=2027-01-01T00:00:00Z"
	inside := meeting("Inside", map[string]any{"start": at("2026-12-02T10:00:00", "UTC"), "end": at("2026-12-02T11:00:00", "UTC")})
	a, b := s.add(inside), s.add(meeting("Outside"))
	items, link := s.pull(december)
	if len(items) != 1 || items[0]["subject"] != "Inside" {
		t.Fatalf("window shows %v", items)
	}
	s.ok(s.call("PATCH", eventPath(b), map[string]any{"subject": "Still outside"}))
	s.ok(s.call("PATCH", eventPath(a), meeting("Moved out")))
	items, link = s.pull(link)
	if len(items) != 1 || calendar.Text(items[0], "@removed", "reason") != "deleted" {
		t.Errorf("moved out of the window: %v", items)
	}
	s.ok(s.call("PATCH", eventPath(a), inside))
	if items, _ = s.pull(link); len(items) != 1 || items[0]["subject"] != "Inside" {
		t.Errorf("moved back: %v", items)
	}
}

func TestDeltaRefuses(t *testing.T) {
	s := newSite(t)
	for _, option := range []string{"$select=subject", "$expand=extensions", "$filter=x", "$orderby=start", "$search=x"} {
		s.refused(s.call("GET", "me/calendarView/delta?"+year+"&"+option, nil), 400, "ErrorInvalidUrlQuery")
	}
	s.refused(s.call("GET", "me/calendarView/delta", nil), 400, "ErrorInvalidParameter")
	s.refused(s.call("GET", "me/calendarView/delta?$deltatoken=rubbish", nil), 400, "SyncStateInvalid")
	_, link := s.pull("")
	other := s.as(bob)
	other.refused(other.call("GET", link, nil), 400, "SyncStateInvalid")
	s.ExpireDeltaTokens()
	gone := s.call("GET", link, nil)
	s.refused(gone, 410, "SyncStateNotFound")
	if gone.header.Get("Location") == "" {
		t.Error("410 without Location")
	}
}

func TestDeltaReplays(t *testing.T) {
	s := newSite(t)
	s.Lists(ListMode{Replays: true})
	s.add(meeting("One"))
	if items, _ := s.pull(""); len(items) != 2 || items[0]["id"] != items[1]["id"] {
		t.Errorf("items: %v", items)
	}
}

func TestSharedCalendars(t *testing.T) {
	s := newSite(t)
	s.World().AddCalendar(calendar.Calendar{ID: "team", Name: "Team", Zone: "Europe/London", Owner: bob})
	if err := s.World().Share("team", ada, calendar.Reader); err != nil {
		t.Fatal(err)
	}
	id, b := CalendarID(bob, "team"), s.as(bob)
	a := b.ok(b.call("POST", "me/calendars/"+id+"/events", meeting("Team")))
	if id == CalendarID(ada, "team") || a.body["isOrganizer"] != true || a.text("organizer", "emailAddress", "address") != bob {
		t.Errorf("event of a secondary calendar: %v", a.body)
	}
	path := "me/calendars/" + CalendarID(ada, "team")
	seen := s.ok(s.call("GET", path+"/events", nil)).items()
	items, _ := s.pull(path + "/calendarView/delta?" + year)
	if len(seen) != 1 || len(items) != 1 {
		t.Fatalf("Ada sees %v and %v", seen, items)
	}
	event := calendar.Text(seen[0], "id")
	s.refused(s.call("GET", "me/events/"+event, nil), 404, "ErrorItemNotFound")
	s.ok(s.call("GET", path+"/events/"+event, nil))
	s.refused(s.call("PATCH", path+"/events/"+event, map[string]any{"subject": "x"}), 403, "ErrorAccessDenied")
	for _, c := range s.ok(s.call("GET", "me/calendars", nil)).items() {
		if want := c["isDefaultCalendar"] == true; c["canEdit"] != want {
			t.Errorf("calendar %v", c)
		}
	}
	s.Lists(ListMode{MaxPage: 1})
	if page := s.ok(s.call("GET", "me/calendars", nil)); page.text("@odata.nextLink") == "" || len(page.items()) != 1 {
		t.Errorf("page of calendars: %v", page.body)
	}
	narrow := s.as(ada, "Calendars.Read")
	narrow.refused(narrow.call("GET", path+"/events", nil), 403, "ErrorAccessDenied")
}
