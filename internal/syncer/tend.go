package syncer

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// Tend does to an account's meetings what no pass over a calendar does: it finishes an Apply that was stopped, gives one-time
// numbers to meetings that are in no calendar when the room is switched off, and ends a change that is about no event.
func (s *Syncer) Tend(ctx context.Context, acct parlor.AccountID) error {
	room, err := s.st.Room(ctx, acct)
	if errors.Is(err, parlor.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read room: %w", err)
	}
	off, open := room.Status == parlor.RoomUnavailable, room.Changed.Done.IsZero() && !room.Changed.At.IsZero()
	if room.Applying == nil && !off && !open {
		return nil
	}
	settings, _, err := s.st.Settings(ctx, acct)
	if err != nil {
		return fmt.Errorf("read settings: %w", err)
	}
	claims := NewClaims(s.st, acct, settings, room, s.now)
	if err := claims.Apply(ctx); err != nil {
		return err
	}
	if off {
		if err := claims.vacate(ctx); err != nil {
			return err
		}
	}
	states, err := s.st.Calendars(ctx, acct)
	if err != nil {
		return fmt.Errorf("read calendars: %w", err)
	}
	if slices.ContainsFunc(states, func(c store.CalendarState) bool { return c.On }) {
		return nil // a pass does
	}
	_, _, err = s.settle(ctx, acct, settings, room)
	return err
}

// vacate gives meetings that are in no calendar one-time numbers.
func (c *Claims) vacate(ctx context.Context) error {
	all, err := c.coming(ctx)
	if err != nil {
		return err
	}
	for _, m := range all {
		if !m.Standalone || m.Event.ID != "" || m.Kind != parlor.InRoom {
			continue
		}
		if _, err := c.Switch(ctx, m, true, nil); err != nil {
			return err
		}
	}
	return nil
}
