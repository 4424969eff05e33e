package web

import (
	"fmt"
	"strings"
	"time"

	"github.com/emersion/go-ical"
)

// changesAhead is how many changes of its clocks a time zone is written with: ten years of summer and winter. After them
// programs go on with the last.
const changesAhead = 20

const localShape = "20060102T150405"

// timezone describes a zone from the given time on (RFC 5545, section 3.6.5), change by change as Go knows them: rules that
// people could read are not in its data.
func timezone(zone *time.Location, from time.Time) *ical.Component {
	c := ical.NewComponent(ical.CompTimezone)
	c.Props.SetText(ical.PropTimezoneID, zone.String())
	at := from.In(zone)
	begin, end := at.ZoneBounds()
	if begin.IsZero() {
		begin = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC).In(zone)
	}
	c.Children = append(c.Children, observance(begin))
	for range changesAhead {
		if end.IsZero() {
			break
		}
		c.Children = append(c.Children, observance(end))
		_, end = end.ZoneBounds()
	}
	return c
}

// observance is what clocks do from the moment on at which they were changed.
func observance(change time.Time) *ical.Component {
	kind := ical.CompTimezoneStandard
	if change.IsDST() {
		kind = ical.CompTimezoneDaylight
	}
	name, after := change.Zone()
	_, before := change.Add(-time.Second).Zone()
	c := ical.NewComponent(kind)
	start := ical.NewProp(ical.PropDateTimeStart) // by the clock as it was before
	start.Value = change.UTC().Add(time.Duration(before) * time.Second).Format(localShape)
	c.Props.Set(start)
	for prop, offset := range map[string]int{ical.PropTimezoneOffsetFrom: before, ical.PropTimezoneOffsetTo: after} {
		p := ical.NewProp(prop)
		p.Value = utcOffset(offset)
		c.Props.Set(p)
	}
	if !strings.ContainsAny(name, "+-0123456789") {
		c.Props.SetText(ical.PropTimezoneName, name)
	}
	return c
}

// utcOffset writes seconds east of UTC: +0530.
func utcOffset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	return fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
}
