package caldav

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"parlor/internal/parlor"
)

const propCalendars = `<resourcetype/><displayname/><owner/><current-user-privilege-set/><current-user-principal/>` +
	`<C:supported-calendar-component-set/><C:calendar-timezone/><C:calendar-timezone-id/><C:schedule-default-calendar-URL/>`

// Calendars lists the person's calendars of events.
func (p *port) Calendars(ctx context.Context) ([]parlor.CalendarInfo, error) {
	items, err := p.properties(ctx, canonical(p.home), "1", propCalendars)
	if err != nil {
		return nil, fmt.Errorf("list calendars: %w", err)
	}
	var out []parlor.CalendarInfo
	first := ""
	for _, r := range items {
		found, ok := r.found()
		if !ok || len(r.Href) != 1 {
			continue
		}
		if href := found.Default.first(); href != "" {
			first, _ = p.dav.path(href)
		}
		path, here := p.dav.path(r.Href[0])
		if here && found.Type.Calendar != nil && found.holdsEvents() {
			out = append(out, p.info(path, found))
		}
	}
	choosePrimary(out, first)
	return out, nil
}

func (p *port) info(path string, found prop) parlor.CalendarInfo {
	if !strings.HasSuffix(path, "/") {
		path += "/"
	}
	name := strings.TrimSpace(found.Name)
	if name == "" {
		steps := strings.Split(strings.Trim(path, "/"), "/")
		name, _ = url.PathUnescape(steps[len(steps)-1])
	}
	owner, me := found.Owner.first(), found.Principal.first()
	return parlor.CalendarInfo{
		ID:       parlor.CalendarID(path),
		Name:     name,
		Zone:     orElse(found.zone(), p.zone),
		Owned:    owner == "" || me == "" || p.same(owner, me),
		Writable: found.writable(),
	}
}

// same compares two addresses at the server.
func (p *port) same(a, b string) bool {
	one, _ := p.dav.path(a)
	other, _ := p.dav.path(b)
	return strings.TrimSuffix(one, "/") == strings.TrimSuffix(other, "/")
}

// choosePrimary marks the calendar into which others invite the person (RFC 6638, section 9.2), else the one that servers
// make first, else the first that can be written.
func choosePrimary(all []parlor.CalendarInfo, first string) {
	best, rank := -1, 0
	for i, c := range all {
		at := 1
		last := strings.ToLower(strings.TrimSuffix(string(c.ID), "/"))
		last = last[strings.LastIndex(last, "/")+1:]
		switch {
		case !c.Writable:
			continue
		case first != "" && strings.TrimSuffix(first, "/") == strings.TrimSuffix(string(c.ID), "/"):
			at = 4
		case c.Owned && slices.Contains([]string{"personal", "calendar", "default", "home"}, last):
			at = 3
		case c.Owned:
			at = 2
		}
		if at > rank {
			best, rank = i, at
		}
	}
	if best >= 0 {
		all[best].Primary = true
	}
}

func (l links) first() string {
	for _, href := range l.Href {
		if href = strings.TrimSpace(href); href != "" {
			return href
		}
	}
	return ""
}

// holdsEvents: a calendar that does not tell what it is for is for everything (RFC 4791, section 5.2.3).
func (f prop) holdsEvents() bool {
	for _, c := range f.Components.Comp {
		if strings.EqualFold(c.Name, "VEVENT") {
			return true
		}
	}
	return len(f.Components.Comp) == 0
}

// writable: a server that does not tell rights (RFC 3744) says so when it refuses.
func (f prop) writable() bool {
	for _, p := range f.Privileges.Set {
		if p.All != nil || p.Write != nil || p.WriteContent != nil {
			return true
		}
	}
	return len(f.Privileges.Set) == 0
}

// zone is the calendar's own zone: by its name (RFC 7809), or as it is described.
func (f prop) zone() string {
	if name := zoneNamed(f.ZoneID); name != "" {
		return name
	}
	all, err := components(f.Zone)
	if err != nil || len(all) != 1 {
		return ""
	}
	z := newZones(f.Zone, all[0], "", newAtlas())
	for tzid := range z.own {
		return z.name(tzid)
	}
	return ""
}
