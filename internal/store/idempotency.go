package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

const (
	onceBegun = time.Minute    // a request that died before it had a number frees its key after this
	onceKept  = 24 * time.Hour // a key is known this long
)

// Once is what an idempotency key was first used for.
type Once struct {
	Print  string `json:"print"`            // tells that request from others with the same key
	Number string `json:"number,omitempty"` // of the meeting it made; "" while it is under way
}

// BeginOnce takes an idempotency key for a request. first: nobody had it, and the caller owes KeepOnce or ForgetOnce.
// Otherwise it returns whose the key is.
func (s *Store) BeginOnce(ctx context.Context, id parlor.AccountID, key, mark string) (seen Once, first bool, err error) {
	mine := Once{Print: mark}
	text, err := json.Marshal(mine)
	if err != nil {
		return Once{}, false, fmt.Errorf("encode idempotency key: %w", err)
	}
	place := requestKey(id, hexSum(key)[:32])
	err = s.rdb.SetArgs(ctx, place, text, redis.SetArgs{Mode: "NX", TTL: onceBegun}).Err()
	if err == nil {
		return mine, true, nil
	}
	if !errors.Is(err, redis.Nil) {
		return Once{}, false, fail("take idempotency key", err)
	}
	seen, _, err = read[Once](ctx, s.rdb, place)
	return seen, false, wrap("read idempotency key", err)
}

// KeepOnce notes which meeting the request with an idempotency key made.
func (s *Store) KeepOnce(ctx context.Context, id parlor.AccountID, key string, made Once) error {
	text, err := json.Marshal(made)
	if err != nil {
		return fmt.Errorf("encode idempotency key: %w", err)
	}
	return fail("keep idempotency key", s.rdb.Set(ctx, requestKey(id, hexSum(key)[:32]), text, onceKept).Err())
}

// ForgetOnce frees an idempotency key whose request made nothing.
func (s *Store) ForgetOnce(ctx context.Context, id parlor.AccountID, key string) error {
	return fail("forget idempotency key", s.rdb.Del(ctx, requestKey(id, hexSum(key)[:32])).Err())
}

// requestKey is where an account's idempotency key is kept.
func requestKey(id parlor.AccountID, h string) string { return tag(id, "request:"+h) }
