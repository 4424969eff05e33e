package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

func TestSittingIsKnownWhileItLasts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
		if v, err := s.Sitting(ctx, "nobody"); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("a session that nobody was let into: %v %v", v, err)
		}
		for name, v := range map[string]parlor.Sitting{
			"meeting": {Account: ada, Number: "12345678901", Until: monday.Add(time.Hour)},
			"room":    {Account: ada},
			"over":    {Account: ada, Until: monday.Add(-time.Hour)},
		} {
			if err := s.PutSitting(ctx, name, v); err != nil {
				t.Fatal(err)
			}
			if got, err := s.Sitting(ctx, name); err != nil || !cmp.Equal(got, v) {
				t.Errorf("%s: %v %s", name, err, cmp.Diff(v, got))
			}
		}
	})
}

func TestSittingIsForgotten(t *testing.T) {
	rdb, mini := storetest.Mini(t)
	s, ctx := storetest.Open(t, rdb, func() time.Time { return monday }), t.Context()
	for name, until := range map[string]time.Time{"meeting": monday.Add(time.Hour), "room": {}} {
		if err := s.PutSitting(ctx, name, parlor.Sitting{Account: ada, Until: until}); err != nil {
			t.Fatal(err)
		}
	}
	mini.FastForward(2 * time.Hour)
	if v, err := s.Sitting(ctx, "meeting"); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("two hours later: %v %v", v, err)
	}
	if _, err := s.Sitting(ctx, "room"); err != nil {
		t.Errorf("the bare room has no end: %v", err)
	}
	mini.FastForward(23 * time.Hour)
	if v, err := s.Sitting(ctx, "room"); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("the next day: %v %v", v, err)
	}
}

// TestAnEndedSittingStaysEnded: somebody was let in at the moment when the host ended it.
func TestAnEndedSittingStaysEnded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, func() time.Time { return monday }), t.Context()
		lasting := parlor.Sitting{Account: ada, Number: "12345678901", Until: monday.Add(time.Hour)}
		for name, before := range map[string]bool{"begun": true, "nobody came": false} {
			if before {
				if err := s.PutSitting(ctx, name, lasting); err != nil {
					t.Fatal(err)
				}
			}
			if err := errors.Join(s.EndSitting(ctx, ada, name), s.PutSitting(ctx, name, lasting)); err != nil {
				t.Fatal(err)
			}
			if got, err := s.Sitting(ctx, name); err != nil || !got.Ended || !got.Until.Equal(monday) {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
		}
	})
}
