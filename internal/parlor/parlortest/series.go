package parlortest

import (
	"testing"
	"time"

	"parlor/internal/parlor"
)

var seriesCases = []calendarCase{
	{"series: the master comes once", seriesMaster},
	{"series: a changed occurrence", seriesException},
	{"series: an occurrence after summer time began", seriesSummer},
	{"series: a cancelled occurrence", seriesCancelled},
	{"series: deleted as a whole", seriesDeleted},
	{"series: patching the master keeps its rule", seriesPatched},
	{"series: patching an occurrence leaves the master", seriesExceptionPatched},
}

func seriesMaster(t *testing.T, w hands) {
	d := weekly("Weekly")
	id := w.Add(t, d)
	got, _ := w.list(t, "")
	check(t, "number of events", len(got), 1)
	check(t, "number of rules", len(got[id].Recurrence), 1)
	check(t, "series", got[id].SeriesID, "")
	checkMoment(t, "start", got[id].Start, d.Start)
}

// exception finds the occurrence that a series had at a time.
func exception(t *testing.T, got map[string]parlor.Event, series string, original time.Time) parlor.Event {
	t.Helper()
	for _, e := range got {
		if e.SeriesID == series && e.OriginalStart.Time.Equal(original) {
			return e
		}
	}
	t.Fatalf("no occurrence of %s among %d changes", original, len(got))
	return parlor.Event{}
}

func seriesException(t *testing.T, w hands) {
	id := w.Add(t, weekly("Weekly"))
	_, cursor := w.list(t, "")
	second := monday.AddDate(0, 0, 7)
	moved := timed(second.Add(3 * time.Hour))
	w.EditOccurrence(t, id, second, Edit{Title: new("Moved"), Start: &moved})
	incremental, _ := w.list(t, cursor)
	full, _ := w.list(t, "")
	for _, got := range []map[string]parlor.Event{incremental, full} {
		e := exception(t, got, id, second)
		check(t, "title", e.Title, "Moved")
		checkMoment(t, "start", e.Start, moved)
		check(t, "cancelled", e.Cancelled, false)
		check(t, "number of rules", len(e.Recurrence), 0)
	}
	check(t, "master's title", full[id].Title, "Weekly")
}

func seriesSummer(t *testing.T, w hands) {
	id := w.Add(t, weekly("Weekly"))
	fifth := time.Date(2031, 3, 31, 7, 0, 0, 0, time.UTC) // 9 o'clock in Berlin, an hour earlier in UTC
	w.EditOccurrence(t, id, fifth, Edit{Title: new("Summer")})
	got, _ := w.list(t, "")
	e := exception(t, got, id, fifth)
	check(t, "title", e.Title, "Summer")
	checkMoment(t, "start", e.Start, timed(fifth))
}

func seriesCancelled(t *testing.T, w hands) {
	id := w.Add(t, weekly("Weekly"))
	_, cursor := w.list(t, "")
	third := monday.AddDate(0, 0, 14)
	w.DeleteOccurrence(t, id, third)
	incremental, _ := w.list(t, cursor)
	full, _ := w.list(t, "")
	for _, got := range []map[string]parlor.Event{incremental, full} {
		check(t, "cancelled", exception(t, got, id, third).Cancelled, true)
	}
	check(t, "master is cancelled", full[id].Cancelled, false)
}

func seriesDeleted(t *testing.T, w hands) {
	id := w.Add(t, weekly("Weekly"))
	_, cursor := w.list(t, "")
	w.Delete(t, id)
	got, _ := w.list(t, cursor)
	check(t, "cancelled", got[id].Cancelled, true)
}

func seriesPatched(t *testing.T, w hands) {
	d := weekly("Weekly")
	id := w.Add(t, d)
	before := w.event(t, id)
	w.patch(t, id, parlor.Patch{Location: new("https://parlor.example/j/1")})
	after := w.event(t, id)
	check(t, "location", after.Location, "https://parlor.example/j/1")
	check(t, "number of rules", len(after.Recurrence), 1)
	check(t, "rule", after.Recurrence[0], before.Recurrence[0])
	checkMoment(t, "start", after.Start, d.Start)
}

func seriesExceptionPatched(t *testing.T, w hands) {
	id := w.Add(t, weekly("Weekly"))
	second := monday.AddDate(0, 0, 7)
	w.EditOccurrence(t, id, second, Edit{Body: new("Its own text")})
	e := exception(t, first(w.list(t, "")), id, second)
	if err := w.Port.Patch(t.Context(), e.Ref, e.ETag, parlor.Patch{Location: new("elsewhere"), Stamp: new("v1;x")}); err != nil {
		t.Fatal(err)
	}
	check(t, "occurrence's location", w.event(t, e.Ref.ID).Location, "elsewhere")
	check(t, "occurrence's stamp", w.event(t, e.Ref.ID).Stamp, "v1;x")
	check(t, "master's location", w.event(t, id).Location, "Room 4")
	check(t, "master's stamp", w.event(t, id).Stamp, "")
}
