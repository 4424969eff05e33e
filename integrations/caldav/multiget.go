package caldav

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"

	"parlor/internal/parlor"
)

// multiget asks for some objects (RFC 4791, section 7.9) and reads their events. Each must be answered: with its data, or
// that it is gone, which may have happened meanwhile.
func (p *port) multiget(ctx context.Context, cal parlor.CalendarID, names []string) ([]parlor.Event, error) {
	var body strings.Builder
	body.WriteString(xml.Header + `<C:calendar-multiget xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">` +
		`<prop><getetag/><C:calendar-data/></prop>`)
	open := map[string]bool{}
	for _, name := range names {
		body.WriteString(`<href>` + escapeXML(string(cal)+name) + `</href>`)
		open[name] = true
	}
	body.WriteString(`</C:calendar-multiget>`)
	var out []parlor.Event
	report := request{method: "REPORT", path: string(cal), depth: "1", body: body.String()}
	_, err := p.dav.multistatus(ctx, report, func(r response) error {
		for _, href := range r.Href {
			name, ok := p.name(cal, href)
			if !ok || !open[name] {
				continue // nobody asked for it
			}
			delete(open, name)
			events, err := p.answered(cal, name, r)
			if err != nil {
				return err
			}
			out = append(out, events...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(open) > 0 {
		return nil, fmt.Errorf("%w: %d of %d events are missing", errPartial, len(open), len(names))
	}
	return out, nil
}

func (p *port) answered(cal parlor.CalendarID, name string, r response) ([]parlor.Event, error) {
	is := code(r.Status)
	if is == http.StatusNotFound || is == http.StatusGone {
		return []parlor.Event{deleted(cal, name)}, nil
	}
	if found, ok := r.found(); ok && found.Data != nil && *found.Data != "" {
		return p.events(cal, name, *found.Data), nil
	}
	for _, s := range r.Stats {
		if code(s.Status) == http.StatusNotFound && s.Prop.Data != nil { // it is there, and no calendar object
			return []parlor.Event{broken(parlor.EventRef{Calendar: cal, ID: name}, "")}, nil
		}
	}
	return nil, fmt.Errorf("%w: an event came without its data, status %d", errPartial, is)
}
