package google_test

import (
	"testing"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/parlor"
	"parlor/internal/parlor/parlortest"
)

// hand is a person at work in Google's own client.
type hand struct {
	world    *calendar.World
	calendar string
}

func (h hand) add(t *testing.T, d parlor.Draft) string {
	t.Helper()
	return h.insert(t, h.calendar, d)
}

func (h hand) addInvited(t *testing.T, d parlor.Draft) string {
	t.Helper()
	d.Attendees = append(d.Attendees, parlor.Person{Email: h.calendar})
	return h.insert(t, bob, d)
}

func (h hand) insert(t *testing.T, cal string, d parlor.Draft) string {
	t.Helper()
	e, err := h.world.Insert(cal, "", fields(d), calendar.Write{Actor: cal, Send: calendar.SendAll})
	if err != nil {
		t.Fatal(err)
	}
	return e.ID
}

func fields(d parlor.Draft) calendar.Fields {
	f := calendar.Fields{
		"summary": d.Title, "description": d.Body, "location": d.Location, "start": moment(d.Start), "end": moment(d.End),
	}
	if len(d.Recurrence) > 0 {
		f["recurrence"] = calendar.List(d.Recurrence...)
	}
	var guests []any
	for _, g := range d.Attendees {
		guests = append(guests, calendar.Fields{"email": g.Email})
	}
	if guests != nil {
		f["attendees"] = guests
	}
	return f
}

func moment(m parlor.Moment) calendar.Fields {
	if m.AllDay {
		return calendar.Dated(m.Time)
	}
	return calendar.Timed(m.Time, m.Zone)
}

func (h hand) edit(t *testing.T, id string, e parlortest.Edit) {
	t.Helper()
	f := calendar.Fields{}
	if e.Title != nil {
		f["summary"] = *e.Title
	}
	if e.Body != nil {
		f["description"] = *e.Body
	}
	if e.Start != nil {
		f["start"], f["end"] = moment(*e.Start), h.moved(t, id, *e.Start)
	}
	if _, err := h.world.Patch(h.calendar, id, f, calendar.Write{Actor: h.calendar}); err != nil {
		t.Fatal(err)
	}
}

// moved is the end of an event that keeps its length.
func (h hand) moved(t *testing.T, id string, start parlor.Moment) calendar.Fields {
	t.Helper()
	was, err := h.world.Event(h.calendar, id)
	if err != nil {
		t.Fatal(err)
	}
	span := was.Span()
	start.Time = start.Time.Add(span.End.Sub(span.Start))
	return moment(start)
}

func (h hand) editOccurrence(t *testing.T, id string, original time.Time, e parlortest.Edit) {
	t.Helper()
	h.edit(t, calendar.InstanceID(id, original, false), e)
}

func (h hand) remove(t *testing.T, id string) {
	t.Helper()
	if err := h.world.Delete(h.calendar, id, calendar.Write{Actor: h.calendar}); err != nil {
		t.Fatal(err)
	}
}

func (h hand) removeOccurrence(t *testing.T, id string, original time.Time) {
	t.Helper()
	h.remove(t, calendar.InstanceID(id, original, false))
}

func (h hand) read(t *testing.T, id string) parlor.Draft {
	t.Helper()
	e, err := h.world.Event(h.calendar, id)
	if err != nil {
		t.Fatal(err)
	}
	d := parlor.Draft{
		Title:      calendar.Text(e.Fields, "summary"),
		Body:       calendar.Text(e.Fields, "description"),
		Location:   calendar.Text(e.Fields, "location"),
		Start:      parlor.Moment{Time: e.Span().Start.UTC(), Zone: calendar.Text(e.Fields, "start", "timeZone"), AllDay: e.Span().AllDay},
		End:        parlor.Moment{Time: e.Span().End.UTC(), Zone: calendar.Text(e.Fields, "end", "timeZone"), AllDay: e.Span().AllDay},
		Recurrence: calendar.Lines(e.Fields, "recurrence"),
		Stamp:      calendar.Text(e.Fields, "extendedProperties", "private", "parlor"),
	}
	for _, g := range calendar.Maps(e.Fields, "attendees") {
		d.Attendees = append(d.Attendees, parlor.Person{Email: calendar.Text(g, "email")})
	}
	return d
}
