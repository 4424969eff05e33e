package store

import (
	"context"
	"errors"
	"strings"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// Settings reads what a person chose, with the administrator's policy laid over it, and its ETag, in one round trip. An
// account that never saved any has the defaults. The ETag changes with the policy too.
func (s *Store) Settings(ctx context.Context, id parlor.AccountID) (parlor.Settings, string, error) {
	stored, ruling, err := s.ruledSettings(ctx, id)
	if err != nil {
		return parlor.Settings{}, "", err
	}
	return s.decoded.read(stored, ruling)
}

// PutSettings stores what a person changed in their settings if they still have the etag, and returns the new one;
// parlor.ErrStale when they moved on. What the policy decides is not stored: the person's own comes back when it goes.
func (s *Store) PutSettings(ctx context.Context, id parlor.AccountID, etag string, st parlor.Settings) (string, error) {
	stored, ruling, err := s.ruledSettings(ctx, id)
	if err != nil {
		return "", err
	}
	if settingsTag(stored, ruling) != etag {
		return "", parlor.ErrStale
	}
	next, err := ruling.Choices([]byte(stored), st)
	if err != nil {
		return "", err
	}
	if err := s.swap(ctx, settingsKey(id), revision(stored), next); err != nil {
		return "", err
	}
	return settingsTag(string(next), ruling), nil
}

// ruledSettings reads the stored settings and what the policy says of their account. The account is read only where that
// depends on whose it is, in the same round trip.
func (s *Store) ruledSettings(ctx context.Context, id parlor.AccountID) (string, parlor.Ruling, error) {
	book, err := s.rulebook(ctx)
	if err != nil {
		return "", parlor.Ruling{}, err
	}
	if !book.scoped {
		stored, err := s.rdb.Get(ctx, settingsKey(id)).Result()
		if errors.Is(err, redis.Nil) {
			return "", book.everyone, nil
		}
		return stored, book.everyone, fail("read settings", err)
	}
	values, err := s.rdb.MGet(ctx, settingsKey(id), accountKey(id)).Result()
	if err != nil {
		return "", parlor.Ruling{}, fail("read settings", err)
	}
	stored, _ := values[0].(string)
	account, _ := values[1].(string)
	ruling, err := book.of(account)
	return stored, ruling, err
}

// settingsTag is the ETag of settings: of what is stored, and of what the policy makes of it.
func settingsTag(stored string, r parlor.Ruling) string {
	return strings.TrimSuffix(revision(stored)+"-"+r.Mark, "-")
}
