package calendar

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func newWorld(t *testing.T) *World {
	t.Helper()
	w := New(func() time.Time { return noon })
	w.AddPerson(Ada)
	w.AddPerson(Bob)
	return w
}

func hour(title string) Fields {
	return Fields{"summary": title, "start": Timed(noon, "UTC"), "end": Timed(noon.Add(time.Hour), "UTC")}
}

func TestMerge(t *testing.T) {
	target := Fields{"a": "1", "m": Fields{"x": "1", "y": "2"}, "l": List("1")}
	got := Merge(target, Fields{"a": nil, "m": Fields{"x": nil, "z": Fields{"q": nil, "r": "3"}}, "l": List("2")})
	want := Fields{"m": Fields{"y": "2", "z": Fields{"r": "3"}}, "l": List("2")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if target["a"] != "1" || Text(target, "m", "x") != "1" {
		t.Errorf("the target changed: %v", target)
	}
}

func TestWritesAreStampedAndHeard(t *testing.T) {
	w := newWorld(t)
	var heard []string
	w.Listen(func(c Change) { heard = append(heard, c.Calendar) })
	f := Merge(hour("One"), Fields{"attendees": List[any](Fields{"email": Bob.Email})})
	first, err := w.Insert(Ada.Email, "", f, Write{})
	if err != nil {
		t.Fatal(err)
	}
	second, err := w.Patch(Ada.Email, first.ID, Fields{"summary": "Two"}, Write{Stamp: first.Stamp})
	if err != nil || second.Stamp <= first.Stamp {
		t.Fatalf("stamp %d after %d, %v", second.Stamp, first.Stamp, err)
	}
	if _, err = w.Patch(Ada.Email, first.ID, Fields{}, Write{Stamp: first.Stamp}); !errors.Is(err, ErrStale) {
		t.Errorf("old stamp: %v", err)
	}
	if want := []string{Ada.Email, Bob.Email, Ada.Email, Bob.Email}; !slices.Equal(heard, want) {
		t.Errorf("heard %v, want %v", heard, want)
	}
	copied, err := w.Event(Bob.Email, first.ID)
	if err != nil || copied.Fields["summary"] != "Two" {
		t.Errorf("Bob's copy: %v, %v", copied.Fields, err)
	}
}

func TestGuestComesAndGoes(t *testing.T) {
	w := newWorld(t)
	e, err := w.Insert(Ada.Email, "", hour("One"), Write{})
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		guests []any
		there  bool
	}{{List[any](Fields{"email": Bob.Email}), true}, {List[any](), false}, {List[any](Fields{"email": Bob.Email}), true}} {
		if _, err := w.Patch(Ada.Email, e.ID, Fields{"attendees": step.guests}, Write{}); err != nil {
			t.Fatal(err)
		}
		if c, err := w.Event(Bob.Email, e.ID); err != nil || c.Cancelled == step.there {
			t.Errorf("guests %v: copy %v, %v", step.guests, c.Cancelled, err)
		}
	}
}

func TestGuestOfOneOccurrence(t *testing.T) {
	w := newWorld(t)
	e, err := w.Insert(Ada.Email, "series", Merge(hour("Daily"), Fields{"recurrence": List("RRULE:FREQ=DAILY;COUNT=3")}), Write{})
	if err != nil {
		t.Fatal(err)
	}
	id := InstanceID(e.ID, noon.AddDate(0, 0, 1), false)
	if _, err := w.Patch(Ada.Email, id, Fields{"attendees": List[any](Fields{"email": Bob.Email})}, Write{}); err != nil {
		t.Fatal(err)
	}
	got := w.Between(Bob.Email, noon, noon.AddDate(0, 0, 7))
	if len(got) != 1 || got[0].ID != id || got[0].Fields["summary"] != "Daily" {
		t.Errorf("Bob sees %v", got)
	}
	if got := w.Between(Ada.Email, noon, noon.AddDate(0, 0, 7)); len(got) != 3 {
		t.Errorf("Ada sees %d occurrences", len(got))
	}
}

func TestPageReadsEachEventOnce(t *testing.T) {
	w := newWorld(t)
	for i := range 5 {
		if _, err := w.Insert(Ada.Email, fmt.Sprintf("event%d", i), hour("x"), Write{}); err != nil {
			t.Fatal(err)
		}
	}
	upto := w.Place(Ada.Email)
	if _, err := w.Patch(Ada.Email, "event1", Fields{"summary": "y"}, Write{}); err != nil {
		t.Fatal(err)
	}
	read := func(from, upto int) (ids []string) {
		for from < upto {
			var page []Event
			page, from = w.Page(Ada.Email, from, upto, 2, func(Event) bool { return true })
			for _, e := range page {
				ids = append(ids, e.ID)
			}
		}
		return ids
	}
	if got := read(0, upto); !slices.Equal(got, []string{"event0", "event1", "event2", "event3", "event4"}) {
		t.Errorf("up to the old end: %v", got)
	}
	if got := read(0, w.Place(Ada.Email)); !slices.Equal(got, []string{"event0", "event2", "event3", "event4", "event1"}) {
		t.Errorf("up to the new end: %v", got)
	}
	if got := read(upto, w.Place(Ada.Email)); !slices.Equal(got, []string{"event1"}) {
		t.Errorf("changes: %v", got)
	}
}

func TestConcurrentWrites(t *testing.T) {
	w := newWorld(t)
	e, err := w.Insert(Ada.Email, "", hour("One"), Write{})
	if err != nil {
		t.Fatal(err)
	}
	var done sync.WaitGroup
	for range 20 {
		done.Go(func() {
			_, _ = w.Patch(Ada.Email, e.ID, Fields{"summary": "x"}, Write{})
			w.Between(Ada.Email, noon, noon.Add(time.Hour))
		})
	}
	done.Wait()
	if got := w.Place(Ada.Email); got != 21 {
		t.Errorf("%d lines in the log, want 21", got)
	}
}

func TestSeed(t *testing.T) {
	for _, now := range []time.Time{noon, time.Date(2027, 3, 27, 23, 30, 0, 0, time.UTC), time.Date(2026, 10, 30, 1, 0, 0, 0, time.UTC)} {
		w := New(func() time.Time { return now })
		if err := Seed(w, now); err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, e := range w.Between(Ada.Email, now, now.AddDate(0, 0, 10)) {
			titles = append(titles, Text(e.Fields, "summary"))
		}
		slices.Sort(titles)
		want := []string{
			"Budget for the engine", "Call with the New York office #meet", "Catch-up with Bob #meet", "Catch-up with Bob #meet",
			"Engine demonstration", "Founders’ day", "Interview, afterwards #meet", "Interview: mathematician #meet", "Lunch",
			"Plan the translation #meet", "Quarterly review", "Reading group #meet",
		}
		if diff := cmp.Diff(want, titles); diff != "" {
			t.Errorf("at %s:\n%s", now, diff)
		}
		moved, err := w.Event(Ada.Email, InstanceID("seedweekly", week{now}.at(Ada.Zone, 8, "15:00"), false))
		if err != nil || moved.Virtual || Text(moved.Fields, "location") != "The small office" {
			t.Errorf("moved occurrence: %v, %v", moved, err)
		}
		if calendars := w.Calendars(Ada.Email); len(calendars) != 3 || !calendars[0].Primary || calendars[2].Role != Writer {
			t.Errorf("Ada's calendars: %v", calendars)
		}
	}
}
