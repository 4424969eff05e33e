package calendar

import (
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

// check refuses what no calendar would store and fills in the calendar's zone.
func (b *book) check(f Fields) error {
	for _, key := range []string{"start", "end"} {
		if err := b.checkMoment(f, key); err != nil {
			return err
		}
	}
	span := spanOf(f)
	if (Text(f, "start", "date") == "") != (Text(f, "end", "date") == "") {
		return &InvalidError{"end", "Start and end times must either both be date or both be dateTime."}
	}
	if span.End.Before(span.Start) || span.AllDay && !span.End.After(span.Start) {
		return ErrEmptyRange
	}
	return checkRecurrence(f)
}

func (b *book) checkMoment(f Fields, key string) error {
	m := Map(f, key)
	if m == nil {
		return &InvalidError{key, "Missing " + key + " time."}
	}
	if Text(m, "date") != "" && Text(m, "dateTime") != "" {
		return &InvalidError{key, "Invalid " + key + " time."}
	}
	if zone := Text(m, "timeZone"); zone != "" {
		if _, err := Zone(zone); err != nil {
			return &InvalidError{key + ".timeZone", "Invalid time zone definition for " + key + " time."}
		}
	}
	t, allDay, err := moment(m)
	if err != nil {
		return &InvalidError{key, "Invalid " + key + " time."}
	}
	if allDay {
		f[key] = Dated(t)
		return nil
	}
	return b.settleZone(f, key, t)
}

// settleZone writes a timed start or end in its zone. Only a single event may leave the zone to the calendar.
func (b *book) settleZone(f Fields, key string, t time.Time) error {
	zone := Text(f, key, "timeZone")
	if zone == "" && len(Lines(f, "recurrence")) > 0 {
		return &InvalidError{key + ".timeZone", "Missing time zone definition for " + key + " time."}
	}
	if zone == "" {
		zone = b.Zone
	}
	f[key] = Timed(t, zone)
	return nil
}

func checkRecurrence(f Fields) error {
	lines := Lines(f, "recurrence")
	rules := 0
	for _, line := range lines {
		name, _, _ := strings.Cut(line, ":")
		name, _, _ = strings.Cut(name, ";")
		switch name {
		case "RRULE", "RDATE":
			rules++
		case "EXRULE", "EXDATE":
		default:
			return &InvalidError{"recurrence", "Invalid recurrence rule."}
		}
	}
	if len(lines) == 0 {
		return nil
	}
	if _, err := rrule.StrSliceToRRuleSet(lines); err != nil || rules == 0 {
		return &InvalidError{"recurrence", "Invalid recurrence rule."}
	}
	return nil
}
