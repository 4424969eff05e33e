package caldav

import (
	"context"
	"fmt"

	"parlor/internal/parlor"
)

// Watch is refused: CalDAV has no push that servers agree on, so that calendars are polled.
func (p *port) Watch(context.Context, parlor.CalendarID, parlor.Hook) (parlor.Watch, error) {
	return parlor.Watch{}, fmt.Errorf("watch calendar: caldav has no push: %w", parlor.ErrInvalid)
}

// Unwatch has nothing to end.
func (p *port) Unwatch(context.Context, parlor.Watch) error { return nil }
