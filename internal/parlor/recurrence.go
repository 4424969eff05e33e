package parlor

import (
	"fmt"
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

const (
	maxSteps    = 20_000 // occurrences looked at for one rule: 54 years of days
	maxInterval = 1000
	maxADay     = 24 // times a day that BYHOUR, BYMINUTE and BYSECOND together may name
)

// recurrence is what the RFC 5545 lines of a series say. Rules run in wall-clock time (written as if it were UTC) and
// are put into the zone afterwards: a meeting at 09:00 stays at 09:00 when the clocks change.
type recurrence struct {
	start  time.Time // DTSTART itself: a wall clock may show one time twice
	first  time.Time // its wall clock
	zone   *time.Location
	rules  []rrule.ROption
	more   []time.Time        // RDATE
	except map[time.Time]bool // EXDATE, as UTC
}

// parseRecurrence reads the lines of a series; a line that is malformed or absurd is left out.
func parseRecurrence(start Moment, lines []string) recurrence {
	r := recurrence{zone: zoneOf(start), except: map[time.Time]bool{}}
	r.start = start.Time.Truncate(time.Second).In(r.zone)
	r.first = wallClock(start.Time.Truncate(time.Second), r.zone)
	for _, line := range lines {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		name, params, _ := strings.Cut(name, ";")
		switch strings.ToUpper(name) {
		case "RRULE":
			if rule, err := r.parseRule(strings.ToUpper(value)); err == nil {
				r.rules = append(r.rules, rule)
			}
		case "RDATE":
			r.more = append(r.more, r.parseDates(params, value)...)
		case "EXDATE":
			for _, t := range r.parseDates(params, value) {
				r.except[t.UTC()] = true
			}
		}
	}
	return r
}

func (r recurrence) parseRule(value string) (rrule.ROption, error) {
	option, err := rrule.StrToROption(value)
	if err != nil {
		return rrule.ROption{}, fmt.Errorf("parse rule: %w", err)
	}
	if !sane(*option) {
		return rrule.ROption{}, fmt.Errorf("parse rule: %s asks for too much", value)
	}
	option.Dtstart = r.first
	option.Until = r.until(value, option.Until)
	if _, err := rrule.NewRRule(*option); err != nil {
		return rrule.ROption{}, fmt.Errorf("parse rule: %w", err)
	}
	return *option, nil
}

// until puts UNTIL into wall-clock time. Calendars write it as UTC, as local time or as a date, whose whole day counts.
func (r recurrence) until(value string, parsed time.Time) time.Time {
	_, rest, _ := strings.Cut(value, "UNTIL=")
	text, _, _ := strings.Cut(rest, ";")
	switch {
	case text == "":
		return time.Time{}
	case strings.HasSuffix(text, "Z"):
		return wallClock(parsed, r.zone)
	case len(text) == len(rrule.DateFormat):
		return parsed.Add(24*time.Hour - time.Second)
	}
	return parsed
}

// sane refuses rules on which rrule-go would panic, run for ever or fill the memory.
func sane(o rrule.ROption) bool {
	if o.Interval > maxInterval || len(o.Byeaster) > 0 {
		return false
	}
	if o.Freq > rrule.DAILY {
		return len(o.Byhour)+len(o.Byminute)+len(o.Bysecond)+len(o.Bysetpos)+len(o.Bymonthday)+len(o.Byyearday)+len(o.Byweekno) == 0
	}
	for _, day := range o.Byweekday {
		weeks := 5
		if o.Freq == rrule.YEARLY && len(o.Bymonth) == 0 {
			weeks = 53
		}
		if day.N() > weeks || day.N() < -weeks {
			return false
		}
	}
	return max(1, len(o.Byhour))*max(1, len(o.Byminute))*max(1, len(o.Bysecond)) <= maxADay
}

// parseDates reads the values of RDATE and EXDATE: UTC, local to TZID or to the series, or dates, which stand for the
// occurrence on that day.
func (r recurrence) parseDates(params, values string) []time.Time {
	zone := r.zone
	for param := range strings.SplitSeq(params, ";") {
		key, value, _ := strings.Cut(param, "=")
		if z, err := time.LoadLocation(value); err == nil && strings.EqualFold(key, "TZID") {
			zone = z
		}
	}
	var dates []time.Time
	for value := range strings.SplitSeq(values, ",") {
		value, _, _ = strings.Cut(strings.TrimSpace(value), "/") // a PERIOD: its start
		if t, err := time.Parse(rrule.DateTimeFormat, value); err == nil {
			dates = append(dates, t)
		} else if t, err := time.Parse(rrule.LocalDateTimeFormat, value); err == nil {
			dates = append(dates, InZone(t, zone))
		} else if t, err := time.Parse(rrule.DateFormat, value); err == nil {
			dates = append(dates, InZone(t.Add(timeOfDay(r.first)), zone))
		}
	}
	return dates
}
