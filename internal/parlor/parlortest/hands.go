package parlortest

import (
	"fmt"
	"testing"
	"time"

	"parlor/internal/parlor"
)

const zone = "Europe/Berlin"

// monday is 3 March 2031, 9 o'clock in Berlin; summer time begins on the 30th.
var monday = time.Date(2031, 3, 3, 8, 0, 0, 0, time.UTC)

func timed(t time.Time) parlor.Moment { return parlor.Moment{Time: t, Zone: zone} }

// plain is an ordinary event of half an hour.
func plain(title string) parlor.Draft {
	return parlor.Draft{
		Title: title, Body: "Bring the figures.", Format: parlor.Text, Location: "Room 4",
		Start: timed(monday), End: timed(monday.Add(30 * time.Minute)),
	}
}

// weekly is a series of six Mondays.
func weekly(title string) parlor.Draft {
	d := plain(title)
	d.Recurrence = []string{"RRULE:FREQ=WEEKLY;COUNT=6"}
	return d
}

// invited adds a guest.
func (w hands) invited(d parlor.Draft) parlor.Draft {
	d.Attendees = []parlor.Person{{Email: w.Guest}}
	return d
}

func (w hands) ref(id string) parlor.EventRef { return parlor.EventRef{Calendar: w.Calendar, ID: id} }

// list reads the changes since a cursor. What an event comes twice as, it is as it came last.
func (w hands) list(t *testing.T, since parlor.Cursor) (map[string]parlor.Event, parlor.Cursor) {
	t.Helper()
	got := map[string]parlor.Event{}
	end, err := w.Port.Changes(t.Context(), w.Calendar, since, func(page []parlor.Event) error {
		for _, e := range page {
			got[e.Ref.ID] = e
		}
		return nil
	})
	if err != nil {
		t.Fatalf("list changes: %v", err)
	}
	if end == "" {
		t.Fatal("list changes: no cursor at the end")
	}
	return got, end
}

// refused lists where an error is due, and returns it.
func (w hands) refused(t *testing.T, since parlor.Cursor) error {
	t.Helper()
	end, err := w.Port.Changes(t.Context(), w.Calendar, since, func([]parlor.Event) error { return nil })
	if err == nil || end != "" {
		t.Fatalf("list changes: cursor %q, error %v; want an error and no cursor", end, err)
	}
	return err
}

func (w hands) event(t *testing.T, id string) parlor.Event {
	t.Helper()
	e, err := w.Port.Event(t.Context(), w.ref(id))
	if err != nil {
		t.Fatalf("read event: %v", err)
	}
	return e
}

// patch reads the event for its etag and changes it.
func (w hands) patch(t *testing.T, id string, p parlor.Patch) {
	t.Helper()
	e := w.event(t, id)
	if err := w.Port.Patch(t.Context(), e.Ref, e.ETag, p); err != nil {
		t.Fatalf("patch event: %v", err)
	}
}

// fill adds so many plain events.
func (w hands) fill(t *testing.T, n int) map[string]bool {
	t.Helper()
	ids := map[string]bool{}
	for i := range n {
		ids[w.Add(t, plain(fmt.Sprintf("Event %d", i)))] = true
	}
	return ids
}

func check[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %.200v, want %.200v", what, got, want)
	}
}

// checkMoment compares the instant and what the calendar says around it.
func checkMoment(t *testing.T, what string, got, want parlor.Moment) {
	t.Helper()
	if !got.Time.Equal(want.Time) || got.Zone != want.Zone || got.AllDay != want.AllDay {
		t.Errorf("%s is %+v, want %+v", what, got, want)
	}
}
