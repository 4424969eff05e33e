package parlortest

import (
	"errors"
	"testing"
	"time"

	"parlor/internal/parlor"
)

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
