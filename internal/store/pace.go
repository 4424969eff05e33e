package store

import (
	"context"
	"time"

	"github.com/go-redis/redis_rate/v10"

	"parlor/internal/parlor"
)

// What we may do to one event, so that a person is not flooded by a loop between us and their calendar.
const (
	eventWrites = 3
	// EventStretch is how long the writes to an event are counted.
	EventStretch = time.Hour
)

// Pace counts cost requests under a key and says how long to wait before them; 0: go. The zero rate never waits. In no
// stretch of r.Per are there more than r.Requests: a burst of b is followed by (r.Requests-b)/r.Per.
func (s *Store) Pace(ctx context.Context, key string, r parlor.Rate, cost int) (wait time.Duration, err error) {
	if r.Requests <= 0 || r.Per <= 0 {
		return 0, nil
	}
	limit := gcra(r, cost)
	res, err := redis_rate.NewLimiter(s.rdb).AllowN(ctx, key, limit, min(cost, limit.Burst))
	if err != nil {
		return 0, fail("keep the pace", err)
	}
	if res.Allowed > 0 {
		return 0, nil
	}
	return max(res.RetryAfter, time.Millisecond), nil
}

// Allow counts one try under a name and says whether it is within the rate, and how long to wait when not.
func (s *Store) Allow(ctx context.Context, name string, r parlor.Rate) (ok bool, wait time.Duration, err error) {
	wait, err = s.Pace(ctx, limitKey(name), r, 1)
	return err == nil && wait == 0, wait, err
}

// gcra splits a rate into a burst, a fifth of it, and what flows on after it.
func gcra(r parlor.Rate, cost int) redis_rate.Limit {
	burst := min(max(r.Requests/5, cost, 1), max(r.Requests-1, 1))
	return redis_rate.Limit{Burst: burst, Rate: max(r.Requests-burst, 1), Period: r.Per}
}

// AllowWrite says whether one event may be written once more, and counts it: three times an hour.
func (s *Store) AllowWrite(ctx context.Context, id parlor.AccountID, ref parlor.EventRef) (bool, error) {
	ok, err := s.runInt(ctx, allowWriteScript, []string{writesKey(id, eventField(ref))},
		s.now().UnixMilli(), EventStretch.Milliseconds(), eventWrites)
	return ok == 1, fail("count writes", err)
}
