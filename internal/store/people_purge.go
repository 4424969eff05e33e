package store

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// purgeEvery is how often the people of an account are looked through for those to be forgotten.
const purgeEvery = 24 * time.Hour

// PurgePeople forgets whom an account has not met for a year, and what it said of strangers before that; once a day,
// however often it is called.
func (s *Store) PurgePeople(ctx context.Context, id parlor.AccountID) error {
	err := s.rdb.SetArgs(ctx, onceKey(id, "purge-people"), 1, redis.SetArgs{Mode: "NX", TTL: purgeEvery}).Err()
	if errors.Is(err, redis.Nil) {
		return nil
	}
	if err != nil {
		return fail("look after people", err)
	}
	if err := s.settleEncounters(ctx, id); err != nil {
		return err
	}
	forgotten := s.now().Add(-parlor.Remembered)
	_, err = s.rdb.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.ZRemRangeByScore(ctx, metKey(id), "-inf", score(forgotten))
		p.ZRemRangeByRank(ctx, metKey(id), 0, -MaxPeople-1)
		return nil
	})
	if err != nil {
		return fail("forget people", err)
	}
	return s.forgetWords(ctx, id, forgotten.Unix())
}

// forgetWords forgets who was taken off the list so long ago that no meeting before it is remembered.
func (s *Store) forgetWords(ctx context.Context, id parlor.AccountID, before int64) error {
	said, err := s.rdb.HGetAll(ctx, peopleKey(id)).Result()
	if err != nil {
		return fail("read people", err)
	}
	var old []string
	for address, stored := range said {
		w, err := decodeWord(stored)
		if err != nil {
			return err
		}
		if w.Removed > 0 && w.Removed < before {
			old = append(old, address)
		}
	}
	if len(old) == 0 {
		return nil
	}
	return fail("forget people", s.rdb.HDel(ctx, peopleKey(id), old...).Err())
}
