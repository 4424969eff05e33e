package caldav_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"parlor/internal/fake/davtest"
	"parlor/internal/parlor"
	"parlor/internal/parlor/parlortest"
)

// hand is Ada at work in a program of her own, which reads and writes iCalendar by a library that the adapter does not use.
type hand struct {
	*davtest.Server
	path string // of her calendar
}

var drawnIDs int

func (h hand) add(t *testing.T, d parlor.Draft) string {
	t.Helper()
	organizer := ""
	if len(d.Attendees) > 0 {
		organizer = ada
	}
	return h.put(t, d, organizer)
}

func (h hand) addInvited(t *testing.T, d parlor.Draft) string {
	t.Helper()
	d.Attendees = append(d.Attendees, parlor.Person{Email: ada})
	return h.put(t, d, bob)
}

func (h hand) put(t *testing.T, d parlor.Draft, organizer string) string {
	t.Helper()
	drawnIDs++
	id := fmt.Sprintf("event%d", drawnIDs)
	e := ical.NewComponent(ical.CompEvent)
	e.Props.SetText(ical.PropUID, id)
	stamp := ical.NewProp(ical.PropDateTimeStamp)
	stamp.SetDateTime(now())
	e.Props.Set(stamp)
	setMoment(e, ical.PropDateTimeStart, d.Start)
	setMoment(e, ical.PropDateTimeEnd, d.End)
	setText(e, ical.PropSummary, d.Title)
	setText(e, ical.PropDescription, d.Body)
	setText(e, ical.PropLocation, d.Location)
	for _, rule := range d.Recurrence {
		p := ical.NewProp(ical.PropRecurrenceRule)
		p.Value = strings.TrimPrefix(rule, "RRULE:")
		e.Props.Set(p)
	}
	if organizer != "" {
		p := ical.NewProp(ical.PropOrganizer)
		p.Value = "mailto:" + organizer
		e.Props.Set(p)
	}
	for _, g := range d.Attendees {
		p := ical.NewProp(ical.PropAttendee)
		p.Value = "mailto:" + g.Email
		e.Props.Add(p)
	}
	c := ical.NewCalendar()
	c.Props.SetText(ical.PropVersion, "2.0")
	c.Props.SetText(ical.PropProductID, "-//hand//EN")
	c.Children = append(c.Children, e)
	h.write(t, id+".ics", c)
	return id + ".ics"
}

func setText(e *ical.Component, name, text string) {
	if text != "" {
		e.Props.SetText(name, text)
	}
}

func setMoment(e *ical.Component, name string, m parlor.Moment) {
	p := ical.NewProp(name)
	switch zone, err := time.LoadLocation(m.Zone); {
	case m.AllDay:
		p.SetDate(m.Time)
	case err == nil && m.Zone != "":
		p.SetDateTime(m.Time.In(zone))
	default:
		p.SetDateTime(m.Time.UTC())
	}
	e.Props.Set(p)
}

func (h hand) write(t *testing.T, name string, c *ical.Calendar) {
	t.Helper()
	var b bytes.Buffer
	if err := ical.NewEncoder(&b).Encode(c); err != nil {
		t.Fatal(err)
	}
	h.Put(t, h.path+name, b.String())
}

func (h hand) calendar(t *testing.T, name string) *ical.Calendar {
	t.Helper()
	c, err := ical.NewDecoder(strings.NewReader(h.Get(t, h.path+name))).Decode()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// part finds an occurrence's own component, or the master's.
func part(t *testing.T, c *ical.Calendar, original time.Time) *ical.Component {
	t.Helper()
	for _, e := range c.Children {
		at := e.Props.Get(ical.PropRecurrenceID)
		switch {
		case e.Name != ical.CompEvent:
		case at == nil && original.IsZero():
			return e
		case at != nil:
			if is, err := at.DateTime(nil); err == nil && is.Equal(original) {
				return e
			}
		}
	}
	return nil
}

func (h hand) edit(t *testing.T, id string, e parlortest.Edit) {
	t.Helper()
	c := h.calendar(t, id)
	change(t, part(t, c, time.Time{}), e)
	h.write(t, id, c)
}

func change(t *testing.T, c *ical.Component, e parlortest.Edit) {
	t.Helper()
	if e.Title != nil {
		c.Props.SetText(ical.PropSummary, *e.Title)
	}
	if e.Body != nil {
		c.Props.SetText(ical.PropDescription, *e.Body)
	}
	if e.Start == nil {
		return
	}
	start, end := moment(t, c, ical.PropDateTimeStart), moment(t, c, ical.PropDateTimeEnd)
	to := *e.Start
	setMoment(c, ical.PropDateTimeStart, to)
	to.Time = to.Time.Add(end.Time.Sub(start.Time))
	setMoment(c, ical.PropDateTimeEnd, to)
}

func (h hand) editOccurrence(t *testing.T, id string, original time.Time, e parlortest.Edit) {
	t.Helper()
	c := h.calendar(t, id)
	own := part(t, c, original)
	if own == nil {
		own = exception(t, part(t, c, time.Time{}), original)
		c.Children = append(c.Children, own)
	}
	change(t, own, e)
	h.write(t, id, c)
}

// exception makes an occurrence's own component of its series.
func exception(t *testing.T, master *ical.Component, original time.Time) *ical.Component {
	t.Helper()
	own := ical.NewComponent(ical.CompEvent)
	for name, props := range master.Props {
		if name != ical.PropRecurrenceRule {
			own.Props[name] = append([]ical.Prop{}, props...)
		}
	}
	start, end := moment(t, master, ical.PropDateTimeStart), moment(t, master, ical.PropDateTimeEnd)
	at := parlor.Moment{Time: original, Zone: start.Zone}
	setMoment(own, ical.PropRecurrenceID, at)
	setMoment(own, ical.PropDateTimeStart, at)
	at.Time = original.Add(end.Time.Sub(start.Time))
	setMoment(own, ical.PropDateTimeEnd, at)
	return own
}

func (h hand) remove(t *testing.T, id string) {
	t.Helper()
	h.Delete(t, h.path+id)
}

func (h hand) removeOccurrence(t *testing.T, id string, original time.Time) {
	t.Helper()
	c := h.calendar(t, id)
	master := part(t, c, time.Time{})
	p := ical.NewProp(ical.PropExceptionDates)
	loc, err := time.LoadLocation(moment(t, master, ical.PropDateTimeStart).Zone)
	if err != nil {
		t.Fatal(err)
	}
	p.SetDateTime(original.In(loc))
	master.Props.Add(p)
	h.write(t, id, c)
}

func (h hand) read(t *testing.T, id string) parlor.Draft {
	t.Helper()
	e := part(t, h.calendar(t, id), time.Time{})
	text := func(name string) string {
		s, err := e.Props.Text(name)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	d := parlor.Draft{
		Title: text(ical.PropSummary), Body: text(ical.PropDescription), Location: text(ical.PropLocation), Stamp: text("X-PARLOR"),
		Start: moment(t, e, ical.PropDateTimeStart), End: moment(t, e, ical.PropDateTimeEnd),
	}
	d.Format = parlor.GuessFormat(d.Body)
	for _, p := range e.Props.Values(ical.PropRecurrenceRule) {
		d.Recurrence = append(d.Recurrence, "RRULE:"+p.Value)
	}
	for _, p := range e.Props.Values(ical.PropAttendee) {
		d.Attendees = append(d.Attendees, parlor.Person{Email: strings.TrimPrefix(p.Value, "mailto:")})
	}
	return d
}

func moment(t *testing.T, e *ical.Component, name string) parlor.Moment {
	t.Helper()
	p := e.Props.Get(name)
	at, err := p.DateTime(nil)
	if err != nil {
		t.Fatal(err)
	}
	return parlor.Moment{Time: at.UTC(), Zone: p.Params.Get(ical.PropTimezoneID), AllDay: p.ValueType() == ical.ValueDate}
}
