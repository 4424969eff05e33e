package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// Settings reads what a person chose, with the administrator's policy laid over it, and its ETag: one GET. An account
// that never saved any has the defaults.
func (s *Store) Settings(ctx context.Context, id parlor.AccountID) (parlor.Settings, string, error) {
	policy, err := s.Policy(ctx)
	if err != nil {
		return parlor.Settings{}, "", err
	}
	stored, err := s.storedSettings(ctx, id)
	if err != nil {
		return parlor.Settings{}, "", err
	}
	own, err := decodeSettings(stored)
	if err != nil {
		return own, "", err
	}
	st, err := policy.Apply(own)
	return st, revision(stored), err
}

// PutSettings stores settings if the stored ones still have the etag, and returns the new one; parlor.ErrStale when they
// moved on. What a policy forces is not stored: the person's own value comes back when the policy goes.
func (s *Store) PutSettings(ctx context.Context, id parlor.AccountID, etag string, st parlor.Settings) (string, error) {
	policy, err := s.Policy(ctx)
	if err != nil {
		return "", err
	}
	stored, err := s.storedSettings(ctx, id)
	if err != nil {
		return "", err
	}
	if revision(stored) != etag {
		return "", parlor.ErrStale
	}
	own, err := decodeSettings(stored)
	if err != nil {
		return "", err
	}
	next, err := policy.encode(st, own)
	if err != nil {
		return "", err
	}
	if err := s.swap(ctx, settingsKey(id), etag, next); err != nil {
		return "", err
	}
	return revision(string(next)), nil
}

func (s *Store) storedSettings(ctx context.Context, id parlor.AccountID) (string, error) {
	stored, err := s.rdb.Get(ctx, settingsKey(id)).Result()
	if errors.Is(err, redis.Nil) {
		return "", nil
	}
	return stored, fail("read settings", err)
}

// decodeSettings reads stored settings over the defaults, so that a setting newer than the record has its default.
func decodeSettings(stored string) (parlor.Settings, error) {
	st := parlor.DefaultSettings()
	if stored == "" {
		return st, nil
	}
	if err := json.Unmarshal([]byte(stored), &st); err != nil {
		return st, fmt.Errorf("decode settings: %w", err)
	}
	return st, nil
}
