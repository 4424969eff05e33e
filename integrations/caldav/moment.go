package caldav

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// The forms of DATE and DATE-TIME (RFC 5545, sections 3.3.4 and 3.3.5).
const (
	dateForm  = "20060102"
	localForm = "20060102T150405"
	utcForm   = "20060102T150405Z"
)

// moment reads a line whose value is a date or a time. A time without a zone floats: it counts where the person is.
func (z *zones) moment(l contentLine) (parlor.Moment, error) {
	value := strings.TrimSpace(l.value)
	if t, err := time.Parse(dateForm, value); err == nil {
		return parlor.Moment{Time: t, AllDay: true}, nil
	}
	if t, err := time.Parse(utcForm, value); err == nil {
		return parlor.Moment{Time: t, Zone: "UTC"}, nil
	}
	wall, err := time.Parse(localForm, value)
	if err != nil {
		return parlor.Moment{}, fmt.Errorf("%s cannot be read", l.name)
	}
	at, zone := z.instant(wall, l.param("TZID"))
	return parlor.Moment{Time: at, Zone: zone}, nil
}

var durationForm = regexp.MustCompile(`^([+-])?P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$`)

// after is the moment a duration later: days by the calendar, hours by the clock (RFC 5545, section 3.3.6).
func (z *zones) after(m parlor.Moment, duration string) (parlor.Moment, error) {
	parts := durationForm.FindStringSubmatch(strings.ToUpper(duration))
	if parts == nil || parts[1] == "-" {
		return m, fmt.Errorf("DURATION cannot be read")
	}
	n := func(i int) int { v, _ := strconv.Atoi(parts[i]); return v }
	zone := time.UTC
	if loc, err := time.LoadLocation(m.Zone); err == nil && !m.AllDay {
		zone = loc
	}
	days := n(2)*7 + n(3)
	clock := time.Duration(n(4))*time.Hour + time.Duration(n(5))*time.Minute + time.Duration(n(6))*time.Second
	at := m.Time.Add(time.Duration(days) * 24 * time.Hour)
	if m.Zone != "" {
		at = m.Time.In(zone).AddDate(0, 0, days).In(m.Time.Location())
	}
	m.Time = at.Add(clock)
	return m, nil
}
