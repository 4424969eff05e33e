package calendar

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

// Span is when an event takes place, [Start, End).
type Span struct {
	Start  time.Time // in the event's own zone; midnight UTC when all-day
	End    time.Time
	AllDay bool
}

// Timed is a start or end field at t in an IANA zone.
func Timed(t time.Time, zone string) Fields {
	return Fields{"dateTime": t.In(Location(zone)).Format(time.RFC3339), "timeZone": zone}
}

// Dated is an all-day start or end field.
func Dated(t time.Time) Fields { return Fields{"date": t.Format(time.DateOnly)} }

func spanOf(f Fields) Span {
	start, day, _ := moment(Map(f, "start"))
	end, _, _ := moment(Map(f, "end"))
	return Span{Start: start, End: end, AllDay: day}
}

// moment reads a start or end field. A dateTime without an offset is in the field's own zone.
func moment(f Fields) (t time.Time, allDay bool, err error) {
	if date := Text(f, "date"); date != "" {
		t, err = time.Parse(time.DateOnly, date)
		return t, true, err
	}
	loc := Location(Text(f, "timeZone"))
	if t, err = time.Parse(time.RFC3339, Text(f, "dateTime")); err == nil {
		return t.In(loc), false, nil
	}
	if Text(f, "timeZone") == "" {
		return t, false, err
	}
	t, err = time.ParseInLocation("2006-01-02T15:04:05", Text(f, "dateTime"), loc)
	return t, false, err
}

// loaded keeps time zones, since loading one reads a file.
var loaded sync.Map

// Zone finds a time zone by its IANA name.
func Zone(name string) (*time.Location, error) {
	if loc, ok := loaded.Load(name); ok {
		return loc.(*time.Location), nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil || strings.EqualFold(name, "local") {
		return nil, fmt.Errorf("load zone %q: %w", name, errors.Join(err, ErrNotFound))
	}
	loaded.Store(name, loc)
	return loc, nil
}

// Location is a zone by its IANA name, or UTC when there is no such zone.
func Location(zone string) *time.Location {
	loc, err := Zone(zone)
	if err != nil {
		return time.UTC
	}
	return loc
}
