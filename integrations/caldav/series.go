package caldav

import (
	"strings"
	"time"

	"parlor/internal/parlor"
)

// Between the name of an object and the mark of an occurrence in it, in an event's id. It stands in no path.
const between = "#"

// events reads an object as the port wants it: its master, what is changed and what is left out of it. Nil: it is a task.
func (p *port) events(cal parlor.CalendarID, name, text string) []parlor.Event {
	ref := parlor.EventRef{Calendar: cal, ID: name}
	o, err := parseObject(text, p.zone, p.atlas)
	switch {
	case err != nil:
		return []parlor.Event{broken(ref, text)}
	case o.empty():
		return nil
	}
	var others []parlor.Event
	for _, c := range o.others {
		e := p.event(ref, o, c)
		others = append(others, occurrence(e, name))
	}
	if o.master == nil {
		return others
	}
	master := p.event(ref, o, *o.master)
	if master.Cancelled {
		return []parlor.Event{master}
	}
	master.Recurrence = o.recurrence()
	if master.Recurrence == nil {
		return []parlor.Event{master} // occurrences of what does not repeat are left over from a series
	}
	for _, at := range o.excluded(master.Start) {
		e := parlor.Event{Ref: ref, Cancelled: true, OriginalStart: at}
		if o.part(mark(at)) == nil {
			others = append(others, occurrence(e, name))
		}
	}
	starts := make([]time.Time, 0, len(others))
	for _, e := range others {
		starts = append(starts, e.OriginalStart.Time)
	}
	master.Exceptions = &starts
	return append([]parlor.Event{master}, others...)
}

func occurrence(e parlor.Event, name string) parlor.Event {
	e.SeriesID, e.Ref.ID = name, name+between+mark(e.OriginalStart)
	return e
}

// recurrence gives the lines of a series with the dates in UTC, so that no name of a zone is left in them.
func (o *object) recurrence() []string {
	var out []string
	for _, l := range o.master.all("RRULE") {
		out = append(out, "RRULE:"+strings.TrimSpace(l.value))
	}
	for _, name := range []string{"RDATE", "EXDATE"} {
		for _, l := range o.master.all(name) {
			for _, m := range o.dates(l) {
				if m.AllDay {
					out = append(out, name+";VALUE=DATE:"+mark(m))
				} else {
					out = append(out, name+":"+mark(m))
				}
			}
		}
	}
	return out
}

// dates reads the values of RDATE or EXDATE; what cannot be read is left out. Of a period only the beginning counts.
func (o *object) dates(l contentLine) []parlor.Moment {
	var out []parlor.Moment
	for value := range strings.SplitSeq(l.value, ",") {
		one := l
		one.value, _, _ = strings.Cut(value, "/")
		if m, err := o.zones.moment(one); err == nil {
			out = append(out, m)
		}
	}
	return out
}

// excluded are the occurrences that were taken out, by when the series had them. A bare date stands for the occurrence on
// that day.
func (o *object) excluded(start parlor.Moment) []parlor.Moment {
	var out []parlor.Moment
	for _, l := range o.master.all("EXDATE") {
		for _, m := range o.dates(l) {
			if m.AllDay && !start.AllDay {
				wall := start.Time
				if zone, err := time.LoadLocation(start.Zone); err == nil {
					wall = wall.In(zone)
				}
				h, min, s := wall.Clock()
				on := time.Date(m.Time.Year(), m.Time.Month(), m.Time.Day(), h, min, s, 0, time.UTC)
				m = parlor.Moment{Time: parlor.InZone(on, wall.Location()).UTC(), Zone: start.Zone}
			}
			out = append(out, m)
		}
	}
	return out
}
