package store

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// Due lists up to n accounts whose time has come, the longest waiting first. It claims nothing: call SetDue.
func (s *Store) Due(ctx context.Context, now time.Time, n int) ([]parlor.AccountID, error) {
	by := &redis.ZRangeBy{Min: "-inf", Max: score(now), Count: int64(n)}
	found, err := s.rdb.ZRangeByScore(ctx, dueKey, by).Result()
	if err != nil {
		return nil, fail("list due accounts", err)
	}
	out := make([]parlor.AccountID, len(found))
	for i, id := range found {
		out[i] = parlor.AccountID(id)
	}
	return out, nil
}

// SetDue says when an account is to be looked after next.
func (s *Store) SetDue(ctx context.Context, id parlor.AccountID, at time.Time) error {
	return fail("set due", s.rdb.ZAdd(ctx, dueKey, redis.Z{Score: float64(at.Unix()), Member: string(id)}).Err())
}
