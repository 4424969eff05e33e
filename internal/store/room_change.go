package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parlor/internal/parlor"
)

// roomLease is how long one change of a room may take before another one begins.
const roomLease = 15 * time.Second

// ChangeRoom changes what an account's room is reached by; with RoomChange.Of only the room that has this ETag, else
// parlor.ErrStale. It checks no rules, so that it serves for what the video system changed by itself too: the caller asks
// parlor.RoomChange.Faults. *parlor.TakenError: somebody else has the PMI or the name; parlor.ErrBusy: the room is being
// changed by another replica.
//
// A full pass over each calendar is owed from then on; whoever can, nudges (jobs.Line.Resync).
func (s *Store) ChangeRoom(ctx context.Context, id parlor.AccountID, c parlor.RoomChange) (parlor.Room, error) {
	return s.alterRoom(ctx, id, func(r parlor.Room, etag string) (parlor.Room, error) {
		if c.Of != "" && c.Of != etag {
			return r, parlor.ErrStale
		}
		wish, err := s.rotated(c, r)
		if err != nil {
			return r, err
		}
		next, _ := r.With(wish, s.now().UTC())
		return next, nil
	})
}

// UndoRoom takes the latest change back; parlor.ErrNotFound when there is none to take back.
func (s *Store) UndoRoom(ctx context.Context, id parlor.AccountID) (parlor.Room, error) {
	return s.alterRoom(ctx, id, func(r parlor.Room, _ string) (parlor.Room, error) {
		next, ok := r.Undone(s.now().UTC())
		if !ok {
			return r, parlor.ErrNotFound
		}
		return next, nil
	})
}

// ApplyToMeetings writes down the wish that coming meetings be in the room, or out of it. Whoever makes the next pass carries
// it out, unless syncer.Claims.Apply is called before.
func (s *Store) ApplyToMeetings(ctx context.Context, id parlor.AccountID, inRoom, quietly bool) (parlor.Room, error) {
	if err := s.SetDue(ctx, id, s.now()); err != nil { // a sweep sees to it if nobody else does
		return parlor.Room{}, err
	}
	return s.alterRoom(ctx, id, func(r parlor.Room, _ string) (parlor.Room, error) {
		return r.WithApplying(inRoom, quietly, s.now().UTC()), nil
	})
}

// EndGrace makes what the room was reached by before lead nowhere from now on.
func (s *Store) EndGrace(ctx context.Context, id parlor.AccountID) (parlor.Room, error) {
	return s.alterRoom(ctx, id, func(r parlor.Room, _ string) (parlor.Room, error) { return r.WithoutGrace(), nil })
}

// rotated draws the passcode that a change asks for.
func (s *Store) rotated(c parlor.RoomChange, r parlor.Room) (parlor.RoomChange, error) {
	for c.Rotate {
		drawn, err := parlor.DrawPasscode(s.random)
		if err != nil {
			return c, fmt.Errorf("draw passcode: %w", err)
		}
		c.Passcode, c.Rotate = &drawn, drawn == r.Passcode
	}
	return c, nil
}

// alterRoom claims what the room is to be reached by, writes the room, and retires what it was reached by before. One
// replica at a time: a name that is given back must not be one that another has just put into the room.
func (s *Store) alterRoom(ctx context.Context, id parlor.AccountID, alter func(r parlor.Room, etag string) (parlor.Room, error)) (parlor.Room, error) {
	if _, err := s.EnsureRoom(ctx, id); err != nil {
		return parlor.Room{}, err
	}
	lease, err := s.Lease(ctx, id, "room", roomLease)
	if err != nil {
		return parlor.Room{}, err
	}
	ctx, stop := lease.Keep(ctx)
	defer func() {
		stop()
		_ = lease.Release(context.WithoutCancel(ctx)) // else it ends by itself
	}()
	for range swapTries {
		before, stored, err := read[parlor.Room](ctx, s.rdb, roomKey(id))
		if err != nil {
			return before, wrap("read room", err)
		}
		after, err := alter(before, revision(stored))
		if err != nil {
			return before, wrap("change room", err)
		}
		err = s.replaceRoom(ctx, id, before, after, stored)
		switch {
		case err == nil:
			return s.ruled(ctx, id, after)
		case !errors.Is(err, parlor.ErrStale):
			return after, err
		}
	}
	return parlor.Room{}, fmt.Errorf("room kept changing: %w", parlor.ErrBusy)
}

func (s *Store) replaceRoom(ctx context.Context, id parlor.AccountID, before, after parlor.Room, stored string) error {
	next, err := json.Marshal(after)
	if err != nil {
		return fmt.Errorf("encode room: %w", err)
	}
	if string(next) == stored {
		return nil
	}
	claimed, err := s.claimNames(ctx, id, before, after)
	if err != nil {
		return err
	}
	if !after.Leads(before) || after.Applying != nil { // owed before it is due, in case we die in between
		if _, err := s.RequestResync(ctx, id); err != nil {
			return errors.Join(err, s.giveBack(ctx, claimed))
		}
	}
	if err := s.swap(ctx, roomKey(id), revision(stored), next); err != nil {
		if errors.Is(err, parlor.ErrStale) { // surely not written, which a network failure does not say
			return errors.Join(err, s.giveBack(ctx, claimed))
		}
		return wrap("write room", err)
	}
	return s.retireNames(ctx, before, after)
}
