package parlor

import "time"

// zoneOf is the zone a moment is meant in; a name that nobody knows falls back to the offset of the time itself.
func zoneOf(m Moment) *time.Location {
	if m.AllDay {
		return time.UTC
	}
	if m.Zone != "" {
		if zone, err := time.LoadLocation(m.Zone); err == nil {
			return zone
		}
	}
	return m.Time.Location()
}

// wallClock is what a clock in the zone shows at t, written as if it were UTC.
func wallClock(t time.Time, zone *time.Location) time.Time {
	_, offset := t.In(zone).Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// InZone is the moment at which a clock in the zone shows the wall time. A time that the clocks skip counts from the
// offset before the gap, one that they show twice is the first (RFC 5545, section 3.3.5): time.Date promises neither.
func InZone(wall time.Time, zone *time.Location) time.Time {
	_, before := wall.Add(-24 * time.Hour).In(zone).Zone()
	_, after := wall.Add(24 * time.Hour).In(zone).Zone()
	early := wall.Add(-time.Duration(before) * time.Second).In(zone)
	late := wall.Add(-time.Duration(after) * time.Second).In(zone)
	if wallClock(early, zone).Equal(wall) || !wallClock(late, zone).Equal(wall) {
		return early
	}
	return late
}

func timeOfDay(wall time.Time) time.Duration {
	return wall.Sub(wall.Truncate(24 * time.Hour))
}
