package store

import (
	"context"
	"time"

	"parlor/internal/parlor"
)

// TakeSlot takes one of the slots for requests of an account that are in flight at a service; false when all are taken.
// The holder, any text of its own, gives it back with ReturnSlot; a slot that nobody returns is free again after life.
func (s *Store) TakeSlot(ctx context.Context, id parlor.AccountID, k parlor.Kind, holder string, slots int, life time.Duration) (bool, error) {
	took, err := s.runInt(ctx, takeSlotScript, []string{slotsKey(id, k)}, slots, life.Milliseconds(), holder)
	return took == 1, fail("take slot", err)
}

// ReturnSlot gives a slot back; one that ended before is no error.
func (s *Store) ReturnSlot(ctx context.Context, id parlor.AccountID, k parlor.Kind, holder string) error {
	return fail("return slot", s.rdb.ZRem(ctx, slotsKey(id, k), holder).Err())
}
