package store

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// heardKept is how long a push is known by its name: more than twice the time after which its signature is too old.
const heardKept = 15 * time.Minute

// Heard says whether a push of a service was taken already.
func (s *Store) Heard(ctx context.Context, k parlor.Kind, name string) (bool, error) {
	err := s.rdb.Get(ctx, heardKey(k, name)).Err()
	if errors.Is(err, redis.Nil) {
		return false, nil
	}
	return err == nil, fail("look for push", err)
}

// NoteHeard remembers a push that was taken.
func (s *Store) NoteHeard(ctx context.Context, k parlor.Kind, name string) error {
	return fail("note push", s.rdb.Set(ctx, heardKey(k, name), 1, heardKept).Err())
}

// AccountByIdentity says whose an identity at a service is; parlor.ErrNotFound.
func (s *Store) AccountByIdentity(ctx context.Context, k parlor.Kind, subject string) (parlor.AccountID, error) {
	return s.holder(ctx, identityKey(k, subject))
}

// RoomRead says whether the account's room was read at the video system not long ago.
func (s *Store) RoomRead(ctx context.Context, id parlor.AccountID) (bool, error) {
	err := s.rdb.Get(ctx, roomReadKey(id)).Err()
	if errors.Is(err, redis.Nil) {
		return false, nil
	}
	return err == nil, fail("look when room was read", err)
}

// NoteRoomRead remembers that the account's room was read, for so long.
func (s *Store) NoteRoomRead(ctx context.Context, id parlor.AccountID, d time.Duration) error {
	return fail("note room read", s.rdb.Set(ctx, roomReadKey(id), 1, d).Err())
}
