package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// RequestResync makes the next pass over each calendar, or over those named, begin from the beginning, also when a pass is
// under way now: requests are counted, and a pass answers only those it began with. It returns the calendars that are on;
// the others answer when they are switched on.
func (s *Store) RequestResync(ctx context.Context, id parlor.AccountID, named ...parlor.CalendarID) ([]parlor.CalendarID, error) {
	states, err := s.Calendars(ctx, id)
	if err != nil {
		return nil, err
	}
	var on []parlor.CalendarID
	for _, c := range states {
		if len(named) > 0 && !slices.Contains(named, c.Info.ID) {
			continue
		}
		if err := s.rdb.HIncrBy(ctx, calendarKey(id, c.Info.ID), fieldResync, 1).Err(); err != nil {
			return nil, fail("request resync", err)
		}
		if c.On {
			on = append(on, c.Info.ID)
		}
	}
	return on, nil
}

// BeginPass notes that a pass over a calendar begins now, for as long as a burst of pushes may last.
func (s *Store) BeginPass(ctx context.Context, id parlor.AccountID, cal parlor.CalendarID, burst time.Duration) error {
	return fail("begin pass", s.rdb.Set(ctx, beganKey(id, cal), 1, burst).Err())
}

// PassBegan says whether a pass over the calendar began within the burst time.
func (s *Store) PassBegan(ctx context.Context, id parlor.AccountID, cal parlor.CalendarID) (bool, error) {
	err := s.rdb.Get(ctx, beganKey(id, cal)).Err()
	if errors.Is(err, redis.Nil) {
		return false, nil
	}
	return err == nil, fail("look for a recent pass", err)
}
