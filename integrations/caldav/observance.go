package caldav

import (
	"strconv"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// offsetAt is how far a described zone is ahead of UTC when its clocks show the wall time: what the latest observance says
// that has begun by then, else what was before the first (RFC 5545, section 3.6.5).
func offsetAt(zone component, wall time.Time) (time.Duration, bool) {
	var latest, earliest time.Time
	var offset, former string
	for _, c := range zone.inner {
		if c.name != "STANDARD" && c.name != "DAYLIGHT" {
			continue
		}
		first, err := time.Parse(localForm, strings.TrimSuffix(c.value("DTSTART"), "Z"))
		if err != nil {
			return 0, false
		}
		if earliest.IsZero() || first.Before(earliest) {
			earliest, former = first, c.value("TZOFFSETFROM")
		}
		if onset, ok := lastOnset(c, first, wall); ok && (offset == "" || onset.After(latest)) {
			latest, offset = onset, c.value("TZOFFSETTO")
		}
	}
	if offset == "" {
		offset = former
	}
	return parseOffset(offset)
}

// lastOnset is when an observance began for the last time before the wall clock showed a time.
func lastOnset(c component, first, wall time.Time) (time.Time, bool) {
	if first.After(wall) {
		return time.Time{}, false
	}
	rules := recurrenceLines(c)
	onset := parlor.Moment{Time: closer(c, first, wall), Zone: "UTC"}
	if last, ends := parlor.LastEnd(parlor.Event{Start: onset, End: onset, Recurrence: rules}); ends && !last.After(wall) {
		return last, true
	}
	slots := parlor.Meeting{Start: onset, End: onset, Recurrence: rules}.Slots(wall.AddDate(-2, 0, 0), wall.Add(time.Second))
	if len(slots) == 0 {
		return first, true
	}
	return slots[len(slots)-1].Start, true
}

func recurrenceLines(c component) []string {
	var out []string
	for _, l := range append(c.all("RRULE"), c.all("RDATE")...) {
		out = append(out, l.name+":"+strings.TrimSpace(l.value))
	}
	return out
}

// closer moves the beginning of a yearly rule without an end near to the time that is asked for: zones are described from
// 1601 on.
func closer(c component, first, wall time.Time) time.Time {
	rule := strings.ToUpper(c.value("RRULE"))
	years := wall.Year() - 3 - first.Year()
	if years <= 0 || !strings.Contains(rule, "FREQ=YEARLY") || strings.Contains(rule, "UNTIL=") || strings.Contains(rule, "COUNT=") {
		return first
	}
	return first.AddDate(years, 0, 0)
}

// parseOffset reads an UTC-OFFSET like +0100 or -033050 (RFC 5545, section 3.3.14).
func parseOffset(s string) (time.Duration, bool) {
	if len(s) != 5 && len(s) != 7 || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	n, err := strconv.Atoi((s[1:] + "00")[:6])
	if err != nil {
		return 0, false
	}
	offset := time.Duration(n/10000)*time.Hour + time.Duration(n/100%100)*time.Minute + time.Duration(n%100)*time.Second
	if s[0] == '-' {
		offset = -offset
	}
	return offset, true
}
