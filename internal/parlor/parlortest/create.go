package parlortest

import (
	"testing"
	"time"

	"parlor/internal/parlor"
)

var createCases = []calendarCase{
	{"create: what the draft says", createWhole},
	{"create: guests are invited once", createInvites},
	{"create: a series", createSeries},
	{"create: all day", createAllDay},
	{"create: the same key again", createAgain},
	{"create: another key", createOther},
}

const key = "0123456789abcdefghij"

func (w hands) create(t *testing.T, d parlor.Draft) parlor.Event {
	t.Helper()
	e, err := w.Port.Create(t.Context(), w.Calendar, d)
	if err != nil {
		t.Fatalf("create event: %v", err)
	}
	if e.Ref.ID == "" || e.Ref.Calendar != w.Calendar || e.ETag == "" {
		t.Fatalf("created event is %+v, etag %q", e.Ref, e.ETag)
	}
	return e
}

func keyed(d parlor.Draft) parlor.Draft {
	d.Key = key
	return d
}

func createWhole(t *testing.T, w hands) {
	d := keyed(plain("Made 🍜"))
	d.Stamp = "v1;12345678901"
	e := w.create(t, d)
	stored(t, w, e.Ref.ID, d)
	check(t, "title", e.Title, d.Title)
	check(t, "stamp", e.Stamp, d.Stamp)
	check(t, "editable", e.Editable && e.Organizer.Self, true)
	checkMoment(t, "start", e.Start, d.Start)
	if err := w.Port.Patch(t.Context(), e.Ref, e.ETag, parlor.Patch{Location: new("there")}); err != nil {
		t.Errorf("patch with the created event's etag: %v", err)
	}
	got, _ := w.list(t, "")
	check(t, "number of events", len(got), 1)
}

func createInvites(t *testing.T, w hands) {
	before := w.mails()
	e := w.create(t, keyed(w.invited(plain("Made"))))
	check(t, "guest is invited", guest(w.Read(t, e.Ref.ID).Attendees, w.Guest), true)
	w.create(t, keyed(w.invited(plain("Made"))))
	if w.Mails != nil {
		check(t, "rounds of mail", w.Mails()-before, 1)
	}
}

func createSeries(t *testing.T, w hands) {
	e := w.create(t, keyed(weekly("Made weekly")))
	check(t, "number of rules", len(e.Recurrence), 1)
	fifth := time.Date(2031, 3, 31, 7, 0, 0, 0, time.UTC)
	w.EditOccurrence(t, e.Ref.ID, fifth, Edit{Title: new("Summer")})
	check(t, "title", exception(t, first(w.list(t, "")), e.Ref.ID, fifth).Title, "Summer")
}

func createAllDay(t *testing.T, w hands) {
	d := keyed(plain("Made holiday"))
	day := time.Date(2031, 3, 30, 0, 0, 0, 0, time.UTC)
	d.Start, d.End = parlor.Moment{Time: day, AllDay: true}, parlor.Moment{Time: day.AddDate(0, 0, 1), AllDay: true}
	e := w.create(t, d)
	check(t, "all day", e.Start.AllDay, true)
	check(t, "start", e.Start.Time.UTC(), day)
}

func createAgain(t *testing.T, w hands) {
	made := w.create(t, keyed(plain("Made")))
	w.Edit(t, made.Ref.ID, Edit{Title: new("Edited since")})
	again := w.create(t, keyed(plain("Made")))
	check(t, "reference", again.Ref, made.Ref)
	check(t, "title", again.Title, "Edited since")
	got, _ := w.list(t, "")
	check(t, "number of events", len(got), 1)
}

func createOther(t *testing.T, w hands) {
	one, two := plain("Made"), plain("Made")
	one.Key, two.Key = key, key+"2"
	if w.create(t, one).Ref == w.create(t, two).Ref {
		t.Error("two keys made one event")
	}
}
