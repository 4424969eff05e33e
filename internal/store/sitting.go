package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"parlor/internal/parlor"
)

const (
	openSitting  = 24 * time.Hour   // how long a sitting without an end is known
	sittingGrace = 10 * time.Minute // how much longer than it lasts a sitting is known
)

// PutSitting remembers a session by its name when the door lets somebody into it, so that a video system that asks whether
// it may begin can be answered. The last one let in says when it ends.
func (s *Store) PutSitting(ctx context.Context, name string, v parlor.Sitting) error {
	record, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode sitting: %w", err)
	}
	life := openSitting
	if !v.Until.IsZero() {
		life = max(v.Until.Sub(s.now()), 0) + sittingGrace
	}
	return fail("write sitting", s.rdb.Set(ctx, sittingKey(name), record, life).Err())
}

// Sitting finds a session by its name; parlor.ErrNotFound when the door let nobody in, or it is long over.
func (s *Store) Sitting(ctx context.Context, name string) (parlor.Sitting, error) {
	v, _, err := read[parlor.Sitting](ctx, s.rdb, sittingKey(name))
	return v, wrap("read sitting", err)
}
