package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parlor/internal/parlor"
)

const (
	openSitting  = 24 * time.Hour   // how long a sitting without an end is known
	sittingGrace = 10 * time.Minute // how much longer than it lasts a sitting is known
)

// PutSitting remembers a session by its name when the door lets somebody into it, so that a video system that asks whether
// it may begin can be answered. The last one let in says when it ends; one that the host has ended stays as it is.
func (s *Store) PutSitting(ctx context.Context, name string, v parlor.Sitting) error {
	record, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode sitting: %w", err)
	}
	life := openSitting
	if !v.Until.IsZero() {
		life = max(v.Until.Sub(s.now()), 0) + sittingGrace
	}
	_, err = s.runInt(ctx, putSittingScript, []string{sittingKey(name)}, record, life.Milliseconds())
	return fail("write sitting", err)
}

// EndSitting notes that the host has ended a session, also one that nobody is known to have been let into: somebody may be
// on their way. It does not begin again by this name.
func (s *Store) EndSitting(ctx context.Context, host parlor.AccountID, name string) error {
	v, err := s.Sitting(ctx, name)
	if err != nil && !errors.Is(err, parlor.ErrNotFound) {
		return err
	}
	v.Account, v.Until, v.Ended = host, s.now().UTC(), true
	record, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode sitting: %w", err)
	}
	return fail("end sitting", s.rdb.Set(ctx, sittingKey(name), record, openSitting).Err())
}

// Sitting finds a session by its name; parlor.ErrNotFound when the door let nobody in, or it is long over.
func (s *Store) Sitting(ctx context.Context, name string) (parlor.Sitting, error) {
	v, _, err := read[parlor.Sitting](ctx, s.rdb, sittingKey(name))
	return v, wrap("read sitting", err)
}
