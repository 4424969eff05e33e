package caldav

import (
	"slices"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// writer writes iCalendar of our own.
type writer struct{ strings.Builder }

func (w *writer) line(head, value string) { w.WriteString(parlor.FoldLine(head+":"+value, "\r\n")) }

// text writes a line of type TEXT, none of an empty text.
func (w *writer) text(name, text string) {
	if text != "" {
		w.line(name, parlor.EscapeText(text))
	}
}

// moment writes a time in the zone that it is meant in.
func (w *writer) moment(name string, m parlor.Moment) {
	zone, err := time.LoadLocation(m.Zone)
	switch {
	case m.AllDay:
		w.line(name+";VALUE=DATE", m.Time.Format(dateForm))
	case err != nil || m.Zone == "" || m.Zone == "UTC":
		w.line(name, m.Time.UTC().Format(utcForm))
	default:
		w.line(name+";TZID="+m.Zone, m.Time.In(zone).Format(localForm))
	}
}

// zones describes the zones of some moments, as clocks go in them between two times. A calendar object must bring them (RFC
// 5545, section 3.6.5); each change of the clocks is written as a date.
func (w *writer) zones(from, to time.Time, moments ...parlor.Moment) {
	done := []string{"", "UTC"}
	for _, m := range moments {
		zone, err := time.LoadLocation(m.Zone)
		if m.AllDay || err != nil || slices.Contains(done, m.Zone) {
			continue
		}
		done = append(done, m.Zone)
		w.line("BEGIN", "VTIMEZONE")
		w.line("TZID", m.Zone)
		for at := from.In(zone); ; {
			begins, ends := at.ZoneBounds()
			w.observance(begins, at)
			if !ends.After(at) || ends.After(to) {
				break
			}
			at = ends.Add(time.Hour) // at the very moment, far ahead, Go gives the stretch before
		}
		w.line("END", "VTIMEZONE")
	}
}

// observance describes the clocks at a time, since they were last changed.
func (w *writer) observance(begins, at time.Time) {
	name, offset := at.Zone()
	before := offset
	wall := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	if !begins.IsZero() {
		_, before = begins.Add(-time.Second).Zone()
		wall = begins.UTC().Add(time.Duration(before) * time.Second)
	}
	kind := "STANDARD"
	if at.IsDST() {
		kind = "DAYLIGHT"
	}
	w.line("BEGIN", kind)
	w.line("DTSTART", wall.Format(localForm))
	w.line("TZOFFSETFROM", utcOffset(before))
	w.line("TZOFFSETTO", utcOffset(offset))
	w.text("TZNAME", name)
	w.line("END", kind)
}

// utcOffset writes an UTC-OFFSET (RFC 5545, section 3.3.14).
func utcOffset(seconds int) string {
	return time.Unix(0, 0).In(time.FixedZone("", seconds)).Format("-0700")
}
