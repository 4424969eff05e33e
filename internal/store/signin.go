package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// PutSignIn seals v and keeps it for whoever comes back with the nonce.
func (s *Store) PutSignIn(ctx context.Context, nonce string, v any, ttl time.Duration) error {
	plain, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode sign-in: %w", err)
	}
	key := signInKey(nonce)
	sealed, err := s.seal.Seal(plain, []byte(key))
	if err != nil {
		return fmt.Errorf("seal sign-in: %w", err)
	}
	return fail("write sign-in", s.rdb.Set(ctx, key, sealed, ttl).Err())
}

// TakeSignIn opens into v what PutSignIn kept, once; parlor.ErrNotFound when it is over or was taken.
func (s *Store) TakeSignIn(ctx context.Context, nonce string, v any) error {
	key := signInKey(nonce)
	sealed, err := s.rdb.GetDel(ctx, key).Bytes()
	if err != nil {
		return fail("take sign-in", err)
	}
	plain, err := s.seal.Open(sealed, []byte(key))
	if err != nil {
		return fmt.Errorf("open sign-in: %w", err)
	}
	if err := json.Unmarshal(plain, v); err != nil {
		return fmt.Errorf("decode sign-in: %w", err)
	}
	return nil
}
