package store

import (
	"context"
	"errors"

	"parlor/internal/parlor"
)

// FollowRoom writes into an account's room what the video system says of it, and returns the room as it was and as it is.
// A personal link that is somebody else's here is left out. Errors are those of ChangeRoom.
func (s *Store) FollowRoom(ctx context.Context, id parlor.AccountID, is parlor.Room) (before, after parlor.Room, err error) {
	if err := s.SetDue(ctx, id, s.now()); err != nil { // for meetings that are in no calendar, as in SetRoomStatus
		return before, after, err
	}
	follow := func(r parlor.Room, _ string) (parlor.Room, error) {
		before = r
		next, _ := r.Follow(is, s.now().UTC())
		after = next
		return next, nil
	}
	_, err = s.alterRoom(ctx, id, follow)
	if taken, ok := errors.AsType[*parlor.TakenError](err); ok && taken.Field == "personal_link" {
		is.PersonalLink = ""
		_, err = s.alterRoom(ctx, id, follow)
	}
	return before, after, err
}
