package caldav

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"parlor/internal/parlor"
)

// Changes lists what changed since the cursor, the whole calendar when it is empty: by sync-collection (RFC 6578), and where
// a server knows none by comparing etags. Either tells names alone; the objects are asked for in batches.
func (p *port) Changes(
	ctx context.Context, cal parlor.CalendarID, since parlor.Cursor, page func([]parlor.Event) error,
) (parlor.Cursor, error) {
	if err := known(cal); err != nil {
		return "", fmt.Errorf("list events: %w", err)
	}
	var from position
	if since != "" {
		var ok bool
		if from, ok = p.parseCursor(cal, since); !ok {
			return "", fmt.Errorf("list events: cursor is none of this calendar: %w", parlor.ErrCursorGone)
		}
	}
	diff, err := p.differences(ctx, cal, from, since == "")
	if err != nil {
		return "", fmt.Errorf("list events: %w", err)
	}
	if err := p.hand(ctx, cal, diff, page); err != nil {
		return "", err
	}
	return diff.now.cursor()
}

// difference is what a calendar has become since a position.
type difference struct {
	changed, gone []string
	now           position
}

func (p *port) differences(ctx context.Context, cal parlor.CalendarID, from position, whole bool) (difference, error) {
	if !whole && from.Token == "" {
		return p.compared(ctx, cal, from)
	}
	diff, err := p.synced(ctx, cal, from.Token)
	if whole && lacking(err) {
		return p.compared(ctx, cal, from)
	}
	return diff, err
}

// lacking says that a server refuses sync-collection itself, and not this person: some know it not at all, some not for
// every calendar.
func lacking(err error) bool {
	return slices.Contains([]int{
		http.StatusBadRequest, http.StatusForbidden, http.StatusMethodNotAllowed, http.StatusConflict,
		http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity, http.StatusNotImplemented,
	}, status(err)) || errors.Is(err, errNoToken)
}

// hand asks for the objects and hands their events on, a batch for each page.
func (p *port) hand(ctx context.Context, cal parlor.CalendarID, d difference, page func([]parlor.Event) error) error {
	var gone []parlor.Event
	for _, name := range d.gone {
		gone = append(gone, deleted(cal, name))
	}
	if len(gone) > 0 {
		if err := page(gone); err != nil {
			return err
		}
	}
	for names := range slices.Chunk(d.changed, p.batch) {
		events, err := p.multiget(ctx, cal, names)
		if err != nil {
			return fmt.Errorf("list events: %w", err)
		}
		if err := page(events); err != nil {
			return err
		}
	}
	return nil
}

func deleted(cal parlor.CalendarID, name string) parlor.Event {
	return parlor.Event{Ref: parlor.EventRef{Calendar: cal, ID: name}, Cancelled: true}
}

// known refuses what is no id of a calendar.
func known(cal parlor.CalendarID) error {
	if !strings.HasPrefix(string(cal), "/") || !strings.HasSuffix(string(cal), "/") || strings.Contains(string(cal), "//") {
		return fmt.Errorf("no id of a calendar: %w", parlor.ErrNotFound)
	}
	return nil
}

// name is an object's name within its calendar; false for the calendar itself and what is not right in it.
func (p *port) name(cal parlor.CalendarID, href string) (string, bool) {
	path, ok := p.dav.path(href)
	if !ok {
		return "", false
	}
	name, ok := strings.CutPrefix(path, string(cal))
	return name, ok && name != "" && !strings.Contains(name, "/")
}
