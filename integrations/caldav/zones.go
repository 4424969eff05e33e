package caldav

import (
	"strings"
	"sync"
	"time"

	"parlor/internal/parlor"
)

// zones are the time zones that one calendar object speaks of.
type zones struct {
	floating string // IANA name of where the person is, "" unknown
	own      map[string]component
	texts    map[string]string // as they are described
	atlas    *atlas
}

// atlas remembers which zone a description is of: a calendar repeats it in each object.
type atlas struct {
	mu    sync.Mutex
	names map[string]string // TZID and description -> IANA name, "" of a zone that somebody made up
}

const atlasPages = 1000 // descriptions that are remembered

func newAtlas() *atlas { return &atlas{names: map[string]string{}} }

func (a *atlas) name(description string, find func() string) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	name, known := a.names[description]
	if !known {
		name = find()
		if len(a.names) < atlasPages {
			a.names[description] = name
		}
	}
	return name
}

func newZones(text string, calendar component, floating string, a *atlas) *zones {
	z := &zones{floating: floating, own: map[string]component{}, texts: map[string]string{}, atlas: a}
	for _, c := range calendar.inner {
		if c.name == "VTIMEZONE" {
			z.own[c.value("TZID")], z.texts[c.value("TZID")] = c, text[c.from:c.to]
		}
	}
	return z
}

// instant is the moment at which a clock shows the wall time, written as if it were UTC, and the zone's IANA name.
func (z *zones) instant(wall time.Time, tzid string) (time.Time, string) {
	name := z.floating
	if tzid != "" {
		name = z.name(tzid)
	}
	if name != "" {
		if loc, err := time.LoadLocation(name); err == nil {
			return parlor.InZone(wall, loc), name
		}
	}
	if own, ok := z.own[tzid]; ok && tzid != "" {
		if offset, ok := offsetAt(own, wall); ok {
			return wall.Add(-offset).In(time.FixedZone("", int(offset.Seconds()))), ""
		}
	}
	return wall, name
}

// name gives the IANA name of a TZID. Programs put their own path before it, use the names of Windows, or give a made-up
// one to a zone whose rules or whose X-LIC-LOCATION tell which it is.
func (z *zones) name(tzid string) string {
	if name := zoneNamed(tzid); name != "" {
		return name
	}
	own, described := z.own[tzid]
	if !described {
		return ""
	}
	return z.atlas.name(z.floating+"\n"+z.texts[tzid], func() string {
		if name := zoneNamed(own.value("X-LIC-LOCATION")); name != "" {
			return name
		}
		if z.floating != "" && alike(own, z.floating) {
			return z.floating
		}
		return likeOne(own)
	})
}

// zoneNamed knows a zone by its name, also behind the path of a program: /freeassociation.sourceforge.net/Europe/Berlin.
func zoneNamed(tzid string) string {
	tzid = strings.Trim(strings.TrimSpace(tzid), `"`)
	for {
		if name, ok := parlor.Zone(tzid); ok {
			return name
		}
		_, rest, more := strings.Cut(strings.TrimPrefix(tzid, "/"), "/")
		if !more {
			return ""
		}
		tzid = rest
	}
}

// familiar are zones of different rules that people live in; a made-up zone may be one of them.
var familiar = []string{
	"Europe/London", "Europe/Berlin", "Europe/Helsinki", "America/New_York", "America/Chicago", "America/Denver",
	"America/Los_Angeles", "America/Halifax", "America/St_Johns", "Asia/Jerusalem", "Australia/Sydney", "Australia/Adelaide",
	"Pacific/Auckland", "Europe/Moscow", "Asia/Dubai", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo", "America/Sao_Paulo",
	"America/Phoenix", "Africa/Johannesburg", "Africa/Lagos", "UTC",
}

// likeOne finds a familiar zone with the offsets of a described one; "" when there is none.
func likeOne(own component) string {
	for _, name := range familiar {
		if alike(own, name) {
			return name
		}
	}
	return ""
}

// alike compares a described zone with a known one through the months of some years.
func alike(own component, name string) bool {
	loc, err := time.LoadLocation(name)
	if err != nil {
		return false
	}
	for month := range 36 {
		wall := time.Date(2025, time.Month(1+month), 12, 12, 0, 0, 0, time.UTC)
		offset, ok := offsetAt(own, wall)
		_, want := parlor.InZone(wall, loc).In(loc).Zone()
		if !ok || offset != time.Duration(want)*time.Second {
			return false
		}
	}
	return true
}
