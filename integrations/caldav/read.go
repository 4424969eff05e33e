package caldav

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"parlor/internal/parlor"
)

// Event reads one event. parlor.ErrForbidden: what is stored there is broken, and is left as it is.
func (p *port) Event(ctx context.Context, ref parlor.EventRef) (parlor.Event, error) {
	name, of := split(ref.ID)
	text, _, err := p.get(ctx, ref.Calendar, name)
	if err != nil {
		return parlor.Event{}, fmt.Errorf("read event: %w", err)
	}
	for _, e := range p.events(ref.Calendar, name, text) {
		if e.Ref == ref && (of != "" || e.SeriesID == "") {
			e.Exceptions = nil // the occurrences do not come along
			return e, gone(e)
		}
	}
	return parlor.Event{}, fmt.Errorf("read event: it is not in its object: %w", parlor.ErrNotFound)
}

func gone(e parlor.Event) error {
	if e.Cancelled {
		return fmt.Errorf("read event: cancelled: %w", parlor.ErrNotFound)
	}
	return nil
}

// split cuts an event's id into the name of its object and the mark of the occurrence in it.
func split(id string) (name, of string) {
	name, of, _ = strings.Cut(id, between)
	return name, of
}

// get reads an object with its etag. That it is gone is believed only of a server that shows its calendar: a proxy that
// cannot find the server says the same.
func (p *port) get(ctx context.Context, cal parlor.CalendarID, name string) (text, etag string, err error) {
	if err := known(cal); err != nil {
		return "", "", err
	}
	if strings.Trim(name, ".") == "" || strings.ContainsAny(name, "/?# ") {
		return "", "", fmt.Errorf("no id of an event: %w", parlor.ErrNotFound)
	}
	text, etag, err = p.dav.read(ctx, request{method: http.MethodGet, path: string(cal) + name})
	if !errors.Is(err, parlor.ErrNotFound) {
		return text, etag, err
	}
	if _, calendar := p.tag(ctx, cal); calendar != nil {
		return "", "", fmt.Errorf("%w: neither event nor calendar is there: %w", errFault, notGone(calendar))
	}
	return "", "", err
}

// notGone keeps from a refusal what is worth to wait for: that the calendar is not there says nothing of the event.
func notGone(err error) error {
	if errors.Is(err, parlor.ErrNotFound) || errors.Is(err, parlor.ErrForbidden) {
		return errPartial
	}
	return err
}
