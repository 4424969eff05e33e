package store_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

func TestLeaseHasOneHolder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		var held atomic.Pointer[store.Lease]
		var holders atomic.Int32
		together(20, func(int) {
			l, err := s.Lease(ctx, ada, "pass", time.Minute)
			switch {
			case err == nil:
				holders.Add(1)
				held.Store(l)
			case !errors.Is(err, parlor.ErrBusy):
				t.Error(err)
			}
		})
		if holders.Load() != 1 {
			t.Fatalf("%d holders", holders.Load())
		}
		first := held.Load()
		if err := errors.Join(first.Renew(ctx), first.Release(ctx)); err != nil {
			t.Fatal(err)
		}
		second := must(s.Lease(ctx, ada, "pass", time.Minute))
		if second.Fence() <= first.Fence() {
			t.Errorf("fence went from %d to %d", first.Fence(), second.Fence())
		}
		if err := first.Renew(ctx); !errors.Is(err, parlor.ErrStale) {
			t.Errorf("renewing a lost lease: %v", err)
		}
		if err := first.Release(ctx); err != nil {
			t.Errorf("releasing a lost lease: %v", err)
		}
		if err := second.Renew(ctx); err != nil {
			t.Errorf("the new holder was disturbed: %v", err)
		}
	})
}

func TestLeaseIsKeptLongerThanItLives(t *testing.T) {
	rdb := storetest.Redis(t)
	s := storetest.Open(t, rdb, time.Now)
	const life = 900 * time.Millisecond
	l := must(s.Lease(t.Context(), ada, "pass", life))
	kept, stop := l.Keep(t.Context())
	tick := time.NewTicker(life / 20)
	defer tick.Stop()
	for range 30 { // one and a half lives
		<-tick.C
		if _, err := s.Lease(t.Context(), ada, "pass", life); !errors.Is(err, parlor.ErrBusy) {
			t.Fatalf("somebody else came in: %v", err)
		}
	}
	if kept.Err() != nil {
		t.Errorf("kept lease: %v", context.Cause(kept))
	}
	stop()
	if kept.Err() == nil {
		t.Error("the context outlives stop")
	}
}

func TestLostLeaseCancelsTheWork(t *testing.T) {
	rdb := storetest.Redis(t)
	s := storetest.Open(t, rdb, time.Now)
	l := must(s.Lease(t.Context(), ada, "pass", 60*time.Millisecond))
	kept, stop := l.Keep(t.Context())
	defer stop()
	rdb.Del(t.Context(), "parlor:{"+string(ada)+"}:lease:pass")
	<-kept.Done()
	if err := context.Cause(kept); !errors.Is(err, parlor.ErrStale) {
		t.Errorf("cause: %v", err)
	}
}

// TestFenceIsForgottenInTheEnd: a lease may have a name that never comes again.
func TestFenceIsForgottenInTheEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		l := must(s.Lease(ctx, ada, "sitting:once", time.Minute))
		if err := l.Release(ctx); err != nil {
			t.Fatal(err)
		}
		for _, key := range must(rdb.Keys(ctx, "parlor:{"+string(ada)+"}:*").Result()) {
			if left := must(rdb.PTTL(ctx, key).Result()); left < 24*time.Hour {
				t.Errorf("%s ends in %v", key, left)
			}
		}
	})
}
