package microsoft

import (
	"time"

	"github.com/microsoftgraph/msgraph-sdk-go/models"

	"parlor/internal/parlor"
)

// graphTime is how Graph writes a moment beside its zone: seven digits of a second, no offset.
const graphTime = "2006-01-02T15:04:05.9999999"

// moment reads a time, which we ask to be in UTC. The zone it is meant in stands apart from it. A time that cannot be
// read stays zero.
func moment(m models.DateTimeTimeZoneable, zone string, allDay bool) parlor.Moment {
	if m == nil {
		return parlor.Moment{}
	}
	t, err := time.ParseInLocation(graphTime, val(m.GetDateTime()), location(val(m.GetTimeZone())))
	if err != nil {
		return parlor.Moment{}
	}
	if allDay {
		return parlor.Moment{Time: midnight(t), AllDay: true}
	}
	return parlor.Moment{Time: t.UTC(), Zone: zone}
}

// midnight is the date that a whole day stands for: Outlook has been seen to shift midnight with the zone.
func midnight(t time.Time) time.Time {
	return t.UTC().Add(12 * time.Hour).Truncate(24 * time.Hour)
}

// location loads a zone by the name that Graph gives it; UTC when nobody knows it.
func location(name string) *time.Location {
	iana, ok := parlor.Zone(name)
	if !ok {
		return time.UTC
	}
	zone, err := time.LoadLocation(iana)
	if err != nil {
		return time.UTC
	}
	return zone
}

// zoneOf finds the zone in which an event was made, "" when nobody knows it. A series repeats in the zone of its range.
func zoneOf(e models.Eventable) string {
	names := []string{val(e.GetOriginalStartTimeZone())}
	if r := e.GetRecurrence(); r != nil && r.GetRangeEscaped() != nil {
		names = append(names, val(r.GetRangeEscaped().GetRecurrenceTimeZone()))
	}
	for _, name := range names {
		if iana, ok := parlor.Zone(name); ok {
			return iana
		}
	}
	return ""
}

// stated writes a moment in Graph's form.
func stated(m parlor.Moment) models.DateTimeTimeZoneable {
	zone := orElse(m.Zone, "UTC")
	loc, err := time.LoadLocation(zone)
	if m.AllDay || err != nil {
		zone, loc = "UTC", time.UTC
	}
	out := models.NewDateTimeTimeZone()
	out.SetDateTime(new(m.Time.In(loc).Format("2006-01-02T15:04:05")))
	out.SetTimeZone(&zone)
	return out
}
