package parlortest

import (
	"errors"
	"testing"
	"time"

	"parlor/internal/parlor"
)

var listCases = []calendarCase{
	{"calendars: the primary one is among them", calendarsHavePrimary},
	{"list: an empty calendar has a cursor", emptyCalendar},
	{"list: everything once, page by page", everyPage},
	{"list: only changes after that", onlyChanges},
	{"list: a cursor can be used again", cursorTwice},
	{"list: a deleted event", deletedEvent},
	{"list: a cursor that is gone", cursorGone},
	{"list: a cursor of somebody else's", cursorForeign},
	{"list: a refused page ends it", refusedPage},
}

func calendarsHavePrimary(t *testing.T, w hands) {
	all, err := w.Port.Calendars(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if c.ID != w.Calendar {
			continue
		}
		if !c.Primary || !c.Owned || !c.Writable || c.Name == "" || c.Zone == "" {
			t.Errorf("primary calendar is %+v", c)
		}
		return
	}
	t.Errorf("%q is not among %d calendars", w.Calendar, len(all))
}

func emptyCalendar(t *testing.T, w hands) {
	got, cursor := w.list(t, "")
	check(t, "number of events", len(got), 0)
	got, _ = w.list(t, cursor)
	check(t, "number of changes", len(got), 0)
}

func everyPage(t *testing.T, w hands) {
	want := w.fill(t, 2*w.PageSize+1)
	pages, seen := 0, map[string]int{}
	_, err := w.Port.Changes(t.Context(), w.Calendar, "", func(page []parlor.Event) error {
		pages++
		for _, e := range page {
			seen[e.Ref.ID]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if pages < 3 {
		t.Errorf("%d pages, want at least 3", pages)
	}
	for id := range want {
		check(t, "times that "+id+" came", seen[id], 1)
	}
	check(t, "number of events", len(seen), len(want))
}

func onlyChanges(t *testing.T, w hands) {
	old, edited := w.Add(t, plain("Old")), w.Add(t, plain("Edited"))
	_, cursor := w.list(t, "")
	w.Edit(t, edited, Edit{Title: new("Edited since")})
	added := w.Add(t, plain("Added"))
	got, cursor := w.list(t, cursor)
	check(t, "number of changes", len(got), 2)
	check(t, "title", got[edited].Title, "Edited since")
	check(t, "title", got[added].Title, "Added")
	if _, ok := got[old]; ok {
		t.Error("an event that did not change came again")
	}
	got, _ = w.list(t, cursor)
	check(t, "number of changes after the changes", len(got), 0)
}

// cursorTwice: a pass that dies before it saves the cursor starts from the old one.
func cursorTwice(t *testing.T, w hands) {
	_, cursor := w.list(t, "")
	id := w.Add(t, plain("Added"))
	for range 2 {
		got, _ := w.list(t, cursor)
		check(t, "title", got[id].Title, "Added")
	}
}

func deletedEvent(t *testing.T, w hands) {
	id := w.Add(t, plain("Deleted"))
	_, cursor := w.list(t, "")
	w.Delete(t, id)
	got, _ := w.list(t, cursor)
	check(t, "cancelled", got[id].Cancelled, true)
	check(t, "reference", got[id].Ref, w.ref(id))
	if _, err := w.Port.Event(t.Context(), w.ref(id)); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("read a deleted event: %v", err)
	}
	if e, ok := first(w.list(t, ""))[id]; ok && !e.Cancelled {
		t.Error("a deleted event is in the full list")
	}
}

func first[A, B any](a A, _ B) A { return a }

func cursorGone(t *testing.T, w hands) {
	id := w.Add(t, plain("There"))
	_, cursor := w.list(t, "")
	w.ExpireCursors()
	if err := w.refused(t, cursor); !errors.Is(err, parlor.ErrCursorGone) {
		t.Errorf("error %v", err)
	}
	got, _ := w.list(t, "")
	check(t, "title", got[id].Title, "There")
}

func cursorForeign(t *testing.T, w hands) {
	for _, c := range []parlor.Cursor{"nonsense", "v1.00000000.x", "https://calendar.example.com/delta?token=x"} {
		if err := w.refused(t, c); !errors.Is(err, parlor.ErrCursorGone) {
			t.Errorf("%s: %v", c, err)
		}
	}
}

func refusedPage(t *testing.T, w hands) {
	w.fill(t, w.PageSize+1)
	full, pages := errors.New("store is full"), 0
	end, err := w.Port.Changes(t.Context(), w.Calendar, "", func([]parlor.Event) error {
		pages++
		return full
	})
	if !errors.Is(err, full) || end != "" || pages != 1 {
		t.Errorf("cursor %q, error %v, %d pages", end, err, pages)
	}
}

var breakCases = []calendarCase{
	{"partial list: the first page fails", breaks(1, World.failAt)},
	{"partial list: a later page fails", breaks(2, World.failAt)},
	{"partial list: the first page is cut off", breaks(1, World.cutAt)},
	{"partial list: a later page is cut off", breaks(2, World.cutAt)},
}

func (w World) failAt(page int) { w.Break(page) }
func (w World) cutAt(page int)  { w.Cut(page) }

// breaks: a list that ends early is an error without a cursor, in the full and in the incremental list, and the next
// one is whole again.
func breaks(page int, how func(World, int)) func(*testing.T, hands) {
	return func(t *testing.T, w hands) {
		_, empty := w.list(t, "")
		want := w.fill(t, 2*w.PageSize+1)
		for _, since := range []parlor.Cursor{"", empty} {
			how(w.World, page)
			if err := w.refused(t, since); errors.Is(err, parlor.ErrNotFound) || errors.Is(err, parlor.ErrCursorGone) {
				t.Errorf("a broken list says %v", err)
			}
			got, _ := w.list(t, since)
			check(t, "number of events afterwards", len(got), len(want))
		}
	}
}

var eventCases = []calendarCase{
	{"event: everything the person entered", eventFields},
	{"event: all day", eventAllDay},
	{"event: nothing but a time", eventBare},
	{"event: of somebody else", eventInvited},
}

func eventFields(t *testing.T, w hands) {
	d := w.invited(plain("Überblick 🍜 مرحبا"))
	id := w.Add(t, d)
	for how, e := range map[string]parlor.Event{"list": first(w.list(t, ""))[id], "event": w.event(t, id)} {
		check(t, how+": reference", e.Ref, w.ref(id))
		check(t, how+": title", e.Title, d.Title)
		check(t, how+": location", e.Location, d.Location)
		check(t, how+": body", w.same(e.Body, e.Format), w.same(d.Body, d.Format))
		checkMoment(t, how+": start", e.Start, d.Start)
		checkMoment(t, how+": end", e.End, d.End)
		check(t, how+": guests", guest(e.Attendees, w.Guest), true)
		check(t, how+": organiser is the person", e.Organizer.Self, true)
		check(t, how+": editable", e.Editable && e.Ordinary && !e.Cancelled && !e.Locked, true)
		check(t, how+": one of a series", e.SeriesID != "" || len(e.Recurrence) > 0, false)
		check(t, how+": has etag and uid", e.ETag != "" && e.UID != "", true)
	}
}

func guest(people []parlor.Person, email string) bool {
	for _, p := range people {
		if p.Email == email {
			return true
		}
	}
	return false
}

func eventAllDay(t *testing.T, w hands) {
	d := plain("Holiday")
	day := time.Date(2031, 3, 3, 0, 0, 0, 0, time.UTC)
	d.Start, d.End = parlor.Moment{Time: day, AllDay: true}, parlor.Moment{Time: day.AddDate(0, 0, 2), AllDay: true}
	e := w.event(t, w.Add(t, d))
	check(t, "all day", e.Start.AllDay && e.End.AllDay, true)
	check(t, "start", e.Start.Time.UTC(), d.Start.Time)
	check(t, "end", e.End.Time.UTC(), d.End.Time)
}

func eventBare(t *testing.T, w hands) {
	d := plain("")
	d.Body, d.Location = "", ""
	e := w.event(t, w.Add(t, d))
	check(t, "title", e.Title, "")
	check(t, "location", e.Location, "")
	check(t, "guests", len(e.Attendees), 0)
	check(t, "conference", e.Conference == nil, true)
	check(t, "stamp", e.Stamp, "")
}

func eventInvited(t *testing.T, w hands) {
	id := w.AddInvited(t, plain("Theirs"))
	e := w.event(t, id)
	check(t, "organiser is the person", e.Organizer.Self, false)
	check(t, "editable", e.Editable, false)
	err := w.Port.Patch(t.Context(), e.Ref, e.ETag, parlor.Patch{Body: new("ours"), Format: parlor.Text})
	if !errors.Is(err, parlor.ErrForbidden) {
		t.Errorf("patch: %v", err)
	}
	check(t, "body", w.event(t, id).Body, e.Body)
}
