package graph

import (
	"time"

	"parlor/internal/fake/calendar"
)

// windowsZones are the Windows names of the zones that the people and tests of the stand-ins use, with the IANA zone that
// CLDR's windowsZones table gives each (territory 001). Any IANA name is accepted too, as Graph does.
var windowsZones = map[string]string{
	"UTC": "UTC", "GMT Standard Time": "Europe/London", "Greenwich Standard Time": "Atlantic/Reykjavik",
	"W. Europe Standard Time": "Europe/Berlin", "Romance Standard Time": "Europe/Paris",
	"E. Africa Standard Time": "Africa/Nairobi", "India Standard Time": "Asia/Kolkata",
	"Eastern Standard Time": "America/New_York", "Central Standard Time": "America/Chicago",
	"Pacific Standard Time": "America/Los_Angeles", "Tokyo Standard Time": "Asia/Tokyo",
	"AUS Eastern Standard Time": "Australia/Sydney", "Nepal Standard Time": "Asia/Kathmandu",
	"tzone://Microsoft/Utc": "UTC",
}

// windowsNames are the Windows names by IANA zone.
var windowsNames = func() map[string]string {
	out := map[string]string{}
	for name, zone := range windowsZones {
		if name != "tzone://Microsoft/Utc" {
			out[zone] = name
		}
	}
	return out
}()

// ianaOf is the IANA name of a zone as Graph's clients write it; false for one that does not exist.
func ianaOf(name string) (string, bool) {
	if zone, ok := windowsZones[name]; ok {
		return zone, true
	}
	if name == "" {
		return "", false
	}
	_, err := calendar.Zone(name)
	return name, err == nil
}

// windowsOf is how Outlook names an IANA zone: by its Windows name where there is one.
func windowsOf(zone string) string {
	if name, ok := windowsNames[zone]; ok {
		return name
	}
	return zone
}

func zoneOf(name string) (*time.Location, bool) {
	zone, ok := ianaOf(name)
	if !ok {
		return nil, false
	}
	loc, err := calendar.Zone(zone)
	return loc, err == nil
}
