package syncer

import (
	"context"
	"errors"
	"fmt"

	"parlor/internal/parlor"
)

// Tend does to an account's meetings what no pass over a calendar does: it finishes an Apply that was stopped, and gives
// one-time numbers to meetings that are in no calendar when the room is switched off.
func (s *Syncer) Tend(ctx context.Context, acct parlor.AccountID) error {
	room, err := s.st.Room(ctx, acct)
	if errors.Is(err, parlor.ErrNotFound) || err == nil && room.Applying == nil && room.Status != parlor.RoomUnavailable {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read room: %w", err)
	}
	settings, _, err := s.st.Settings(ctx, acct)
	if err != nil {
		return fmt.Errorf("read settings: %w", err)
	}
	claims := NewClaims(s.st, acct, settings, room, s.now)
	if err := claims.Apply(ctx); err != nil || room.Status != parlor.RoomUnavailable {
		return err
	}
	all, err := claims.coming(ctx)
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.Standalone && m.Event.ID == "" && m.Kind == parlor.InRoom {
			if _, err := claims.Switch(ctx, m, true, nil); err != nil {
				return err
			}
		}
	}
	return nil
}
