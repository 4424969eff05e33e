package store

import (
	"context"
	"errors"
	"fmt"

	"parlor/internal/parlor"
)

// FollowRoom writes into an account's room what the video system says of it, and returns the room as it was and as it is.
// Meetings in a room that is not to be had get one-time numbers by the passes that are owed then; they keep them when it is
// back, because their guests have those links.
//
// A personal link that is somebody else's here is left out; a PMI that was somebody else's is theirs no more, because the
// video system has given it to this person. Errors are those of ChangeRoom: *parlor.TakenError is of a PMI that another room
// has now.
func (s *Store) FollowRoom(ctx context.Context, id parlor.AccountID, is parlor.Room) (before, after parlor.Room, err error) {
	if err := s.SetDue(ctx, id, s.now()); err != nil { // for meetings that are in no calendar
		return before, after, err
	}
	follow := func(r parlor.Room, _ string) (parlor.Room, error) {
		before = r
		next, _ := r.Follow(is, s.now().UTC())
		after = next
		return next, nil
	}
	_, err = s.alterRoom(ctx, id, follow)
	if taken, ok := errors.AsType[*parlor.TakenError](err); ok && taken.Field == "pmi" {
		if err := s.takeOver(ctx, id, is.PMI); err != nil {
			return before, after, err
		}
		_, err = s.alterRoom(ctx, id, follow)
	}
	if taken, ok := errors.AsType[*parlor.TakenError](err); ok && taken.Field == "personal_link" {
		is.PersonalLink = ""
		_, err = s.alterRoom(ctx, id, follow)
	}
	return before, after, err
}

// takeOver makes a PMI the account's that another one is gone from: it was deleted, or its room has another PMI now.
func (s *Store) takeOver(ctx context.Context, id parlor.AccountID, pmi string) error {
	holder, err := s.holder(ctx, pmiKey(pmi))
	switch {
	case errors.Is(err, parlor.ErrNotFound) || err == nil && holder == id:
		return nil // there is nothing to take any more
	case err != nil:
		return err
	}
	switch _, err := s.Account(ctx, holder); {
	case errors.Is(err, parlor.ErrNotFound):
		return s.reassign(ctx, pmi, holder, id)
	case err != nil:
		return err
	}
	lease, err := s.Lease(ctx, holder, "room", roomLease) // that room must not change back meanwhile
	if err != nil {
		return err
	}
	ctx, stop := lease.Keep(ctx)
	defer func() {
		stop()
		_ = lease.Release(context.WithoutCancel(ctx)) // else it ends by itself
	}()
	room, err := s.Room(ctx, holder)
	switch {
	case errors.Is(err, parlor.ErrNotFound) || err == nil && room.PMI == pmi: // not found: it is being drawn, or deleted
		return &parlor.TakenError{Field: "pmi"}
	case err != nil:
		return err
	}
	if _, err := s.UpdateRoom(ctx, holder, func(r *parlor.Room) { *r = r.WithoutFormer(pmi) }); err != nil {
		return err
	}
	return s.reassign(ctx, pmi, holder, id)
}

// reassign gives a PMI from one account to another, for as long as that one has it.
func (s *Store) reassign(ctx context.Context, pmi string, from, to parlor.AccountID) error {
	err := s.swap(ctx, pmiKey(pmi), revision(string(from)), []byte(to))
	if errors.Is(err, parlor.ErrStale) {
		return fmt.Errorf("take PMI over: %w", parlor.ErrBusy)
	}
	return wrap("take PMI over", err)
}
