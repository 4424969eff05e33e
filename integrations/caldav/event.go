package caldav

import (
	"strings"
	"time"

	"parlor/internal/parlor"
)

// event reads one component of an object.
func (p *port) event(ref parlor.EventRef, o object, c component) parlor.Event {
	start, end, _ := o.times(c) // parseObject has refused what cannot be read
	host := p.organizer(c)
	body := c.text("DESCRIPTION")
	out := parlor.Event{
		Ref:        ref,
		ETag:       o.version(c),
		UID:        c.value("UID"),
		Ordinary:   ordinary(c),
		Cancelled:  strings.EqualFold(c.value("STATUS"), "CANCELLED"),
		Title:      c.text("SUMMARY"),
		Location:   c.text("LOCATION"),
		Body:       body,
		Format:     parlor.GuessFormat(body),
		Start:      start,
		End:        end,
		Organizer:  host,
		Creator:    parlor.Person{Self: host.Self},
		Attendees:  p.guests(c),
		Editable:   host.Self,
		Conference: p.conference(c),
		Stamp:      c.text(stampName),
		StampRead:  true,
		Created:    instant(c.value("CREATED")),
		Updated:    instant(c.value("LAST-MODIFIED")),
	}
	if at, ok := c.line("RECURRENCE-ID"); ok {
		out.OriginalStart, _ = o.original(c)
		out.Following = strings.EqualFold(at.param("RANGE"), "THISANDFUTURE")
	}
	return out
}

// ordinary leaves out what is nobody's meeting: an absence without guests, as Outlook marks it.
func ordinary(c component) bool {
	show := strings.ToUpper(c.value("X-MICROSOFT-CDO-BUSYSTATUS"))
	away := show == "OOF" || show == "WORKINGELSEWHERE"
	return !away || len(c.all("ATTENDEE")) > 0
}

func instant(value string) time.Time {
	t, err := time.Parse(utcForm, value)
	if err != nil {
		return time.Time{}
	}
	return t
}

// broken shows what can be read of an object that is against its own rules, so that people see which it is.
func broken(ref parlor.EventRef, text string) parlor.Event {
	out := parlor.Event{Ref: ref, Broken: true, Ordinary: true}
	if len(text) > largest {
		return out
	}
	z := newZones("", component{}, "", newAtlas())
	inside := false
	for _, l := range contentLines(text) {
		switch {
		case l.name == "BEGIN" && strings.EqualFold(l.value, "VEVENT"):
			inside = true
		case !inside:
		case l.name == "SUMMARY" && out.Title == "":
			out.Title = unescape(l.value)
		case l.name == "UID" && out.UID == "":
			out.UID = l.value
		case l.name == "DTSTART" && out.Start.Time.IsZero():
			out.Start, _ = z.moment(l)
		case l.name == "DTEND" && out.End.Time.IsZero():
			out.End, _ = z.moment(l)
		case l.name == "RRULE":
			out.Recurrence = append(out.Recurrence, "RRULE:"+strings.TrimSpace(l.value))
		}
	}
	return out
}
