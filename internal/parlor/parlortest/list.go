package parlortest

import (
	"errors"
	"testing"

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
