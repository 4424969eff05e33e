package web

import (
	"net/http"
	"net/url"
	"time"

	"parlor/internal/parlor"
)

// zoneCookie holds the zone that the reader's browser is in; the page's script sets it.
const zoneCookie = "parlor_zone"

// zoneOf is the zone to write times in: the browser's own, else that of the person's calendar, else UTC.
func zoneOf(r *http.Request, a parlor.Account) *time.Location {
	if c, err := r.Cookie(zoneCookie); err == nil {
		name, _ := url.QueryUnescape(c.Value)
		if loc, ok := loadZone(name); ok {
			return loc
		}
	}
	loc, _ := loadZone(a.Zone)
	return loc
}

// loadZone knows IANA names only; for everything else it returns UTC and false.
func loadZone(name string) (*time.Location, bool) {
	if name == "" || name == "Local" || len(name) > 64 {
		return time.UTC, false
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC, false
	}
	return loc, true
}
