package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"parlor/internal/parlor"
)

// Delegates are the accounts that may schedule in the room of this one, as they were set; none before.
func (s *Store) Delegates(ctx context.Context, id parlor.AccountID) ([]parlor.AccountID, error) {
	list, _, err := read[[]parlor.AccountID](ctx, s.rdb, delegatesKey(id))
	if errors.Is(err, parlor.ErrNotFound) {
		return nil, nil
	}
	return list, wrap("read delegates", err)
}

// SetDelegates says who may schedule in the room of an account from now on.
func (s *Store) SetDelegates(ctx context.Context, id parlor.AccountID, delegates []parlor.AccountID) error {
	if len(delegates) == 0 {
		return fail("drop delegates", s.rdb.Del(ctx, delegatesKey(id)).Err())
	}
	record, err := json.Marshal(delegates)
	if err != nil {
		return fmt.Errorf("encode delegates: %w", err)
	}
	return fail("write delegates", s.rdb.Set(ctx, delegatesKey(id), record, 0).Err())
}
