package store

import (
	"context"
	"crypto/sha1" // a revision mark, as redis.sha1hex computes it; no secrecy rests on it
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// How often a change is tried again when others change the same record.
const swapTries = 100

// revision marks stored bytes; the empty string stands for nothing stored.
func revision(stored string) string {
	sum := sha1.Sum([]byte(stored))
	return hex.EncodeToString(sum[:])
}

// swap stores next if the stored bytes still have the revision; parlor.ErrStale when not.
func (s *Store) swap(ctx context.Context, key, rev string, next []byte) error {
	done, err := s.runInt(ctx, swapScript, []string{key}, rev, next)
	if err != nil {
		return fail("replace record", err)
	}
	if done == 0 {
		return parlor.ErrStale
	}
	return nil
}

// read decodes the JSON record at key and returns its bytes too; parlor.ErrNotFound, ErrUnavailable.
func read[T any](ctx context.Context, rdb redis.UniversalClient, key string) (v T, stored string, err error) {
	if stored, err = rdb.Get(ctx, key).Result(); err != nil {
		return v, "", fail("get", err)
	}
	if err = json.Unmarshal([]byte(stored), &v); err != nil {
		return v, "", fmt.Errorf("decode %s: %w", key, err)
	}
	return v, stored, nil
}

// decode reads a JSON record.
func decode[T any](stored string) (v T, err error) {
	if err = json.Unmarshal([]byte(stored), &v); err != nil {
		return v, fmt.Errorf("decode record: %w", err)
	}
	return v, nil
}

// update changes the JSON record at key by compare-and-set until nobody came in between.
func update[T any](ctx context.Context, s *Store, key string, change func(*T)) (T, error) {
	for range swapTries {
		v, stored, err := read[T](ctx, s.rdb, key)
		if err != nil {
			return v, err
		}
		change(&v)
		next, err := json.Marshal(v)
		if err != nil {
			return v, fmt.Errorf("encode %s: %w", key, err)
		}
		if err := s.swap(ctx, key, revision(stored), next); !errors.Is(err, parlor.ErrStale) {
			return v, err
		}
	}
	var zero T
	return zero, parlor.ErrStale
}

// setNew stores a value if there is none and says whether it did.
func (s *Store) setNew(ctx context.Context, key string, value any) (bool, error) {
	err := s.rdb.SetArgs(ctx, key, value, redis.SetArgs{Mode: "NX"}).Err()
	if errors.Is(err, redis.Nil) {
		return false, nil
	}
	return err == nil, fail("set", err)
}
