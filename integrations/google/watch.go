package google

import (
	"context"
	"errors"
	"fmt"
	"time"

	"google.golang.org/api/calendar/v3"

	"parlor/internal/parlor"
)

// Watch opens a push channel on the events of a calendar. Google shortens the wish as it likes, and cannot prolong a
// channel: a new one with a new id takes over. The first push may come before this returns.
// Source: https://developers.google.com/workspace/calendar/api/guides/push
func (p *port) Watch(ctx context.Context, cal parlor.CalendarID, h parlor.Hook) (parlor.Watch, error) {
	wish := &calendar.Channel{Id: h.ID, Type: "web_hook", Address: h.URL, Token: h.Secret}
	if !h.Until.IsZero() {
		wish.Expiration = h.Until.UnixMilli()
	}
	got, err := p.api.Events.Watch(string(cal), wish).Context(ctx).Do()
	if err != nil {
		return parlor.Watch{}, fmt.Errorf("watch calendar: %w", refusal(err))
	}
	return granted(h, got), nil
}

// granted takes Google's word for the end, and the wish when Google states none.
func granted(h parlor.Hook, got *calendar.Channel) parlor.Watch {
	w := parlor.Watch{ID: h.ID, Resource: got.ResourceId, Until: h.Until}
	if got.Expiration > 0 {
		w.Until = time.UnixMilli(got.Expiration).UTC()
	}
	return w
}

// Unwatch closes a channel; one that Google no longer knows is closed already.
func (p *port) Unwatch(ctx context.Context, w parlor.Watch) error {
	err := p.api.Channels.Stop(&calendar.Channel{Id: w.ID, ResourceId: w.Resource}).Context(ctx).Do()
	if err = refusal(err); err != nil && !errors.Is(err, parlor.ErrNotFound) {
		return fmt.Errorf("stop watch %s: %w", w.ID, err)
	}
	return nil
}
