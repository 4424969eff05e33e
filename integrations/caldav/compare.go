package caldav

import (
	"context"
	"encoding/xml"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"parlor/internal/parlor"
)

// Properties as they are asked for.
const (
	propTag     = `<S:getctag xmlns:S="http://calendarserver.org/ns/"/><resourcetype/>`
	propListing = propTag + `<getetag/>`
)

// compared lists the etags of a calendar and compares them with those of a position. When the calendar's own tag is the same,
// that is all there is to do: one small request.
func (p *port) compared(ctx context.Context, cal parlor.CalendarID, from position) (difference, error) {
	tag, err := p.tag(ctx, cal)
	if err != nil {
		return difference{}, err
	}
	if tag != "" && tag == from.Tag {
		return difference{now: from}, nil
	}
	items, err := p.properties(ctx, string(cal), "1", propListing)
	if err != nil {
		return difference{}, err
	}
	etags, whole := map[string]string{}, false
	for _, r := range items {
		for _, href := range r.Href {
			if path, ok := p.dav.path(href); ok && path == string(cal) {
				whole = true
				continue
			}
			name, ok := p.name(cal, href)
			if !ok {
				continue
			}
			found, ok := r.found()
			if !ok {
				return difference{}, fmt.Errorf("%w: an event has status %d", errPartial, code(r.Status))
			}
			if found.Type.Collection == nil {
				etags[name] = found.ETag
			}
		}
	}
	if !whole {
		return difference{}, fmt.Errorf("%w: the calendar itself is not in its list", errPartial)
	}
	// The tag was read before the list: what changed between the two is listed again next time.
	changed, gone := from.differs(etags)
	return difference{changed: changed, gone: gone, now: position{Place: p.place(cal), Tag: tag}.listed(etags)}, nil
}

// tag is what a calendar's own tag is; "" when it has none. parlor.ErrNotFound: it is no calendar.
func (p *port) tag(ctx context.Context, cal parlor.CalendarID) (string, error) {
	items, err := p.properties(ctx, string(cal), "0", propTag)
	if err != nil {
		return "", err
	}
	if len(items) != 1 {
		return "", errPartial
	}
	found, ok := items[0].found()
	if !ok || found.Type.Calendar == nil {
		return "", fmt.Errorf("it is no calendar: %w", parlor.ErrNotFound)
	}
	return found.CTag, nil
}

// properties asks for properties of a path and of what is in it.
func (p *port) properties(ctx context.Context, path, depth, props string) ([]response, error) {
	return p.dav.properties(ctx, path, depth, props)
}

func (c *client) properties(ctx context.Context, path, depth, props string) ([]response, error) {
	var out []response
	body := xml.Header + `<propfind xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop>` + props + `</prop></propfind>`
	_, err := c.multistatus(ctx, request{method: "PROPFIND", path: path, depth: depth, body: body}, func(r response) error {
		if is := code(r.Status); is == http.StatusInsufficientStorage {
			return fmt.Errorf("%w: too many items", errPartial)
		}
		out = append(out, r)
		return nil
	})
	return out, err
}

func sorted(names map[string]bool) []string { return slices.Sorted(maps.Keys(names)) }
