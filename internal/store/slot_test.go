package store_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

func TestSlotsAreNeverMoreThanThereAre(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		var took atomic.Int64
		together(20, func(i int) {
			ok, err := s.TakeSlot(ctx, ada, parlor.KindMicrosoft, fmt.Sprint("h", i), 4, time.Minute)
			if err != nil {
				t.Error(err)
			}
			if ok {
				took.Add(1)
			}
		})
		if took.Load() != 4 {
			t.Errorf("%d of 4 slots were taken", took.Load())
		}
		for i := range 20 {
			if err := s.ReturnSlot(ctx, ada, parlor.KindMicrosoft, fmt.Sprint("h", i)); err != nil {
				t.Error(err)
			}
		}
		if !must(s.TakeSlot(ctx, ada, parlor.KindMicrosoft, "again", 1, time.Minute)) {
			t.Error("a returned slot is not free")
		}
		if !must(s.TakeSlot(ctx, ada, parlor.KindGoogle, "again", 1, time.Minute)) || !must(s.TakeSlot(ctx, "bob", parlor.KindMicrosoft, "again", 1, time.Minute)) {
			t.Error("another service or account has slots of its own")
		}
	})
}

func TestSlotOfADeadHolderComesBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		take := func(holder string, life time.Duration) bool {
			return must(s.TakeSlot(ctx, ada, parlor.KindMicrosoft, holder, 2, life))
		}
		const life = 200 * time.Millisecond
		began := time.Now()
		if !take("lives", time.Minute) || !take("dies", life) {
			t.Fatal("no slot to begin with")
		}
		if left := rdb.PTTL(ctx, "parlor:{"+string(ada)+"}:slots:microsoft").Val(); left < 30*time.Second {
			t.Errorf("a short slot leaves the others %s", left)
		}
		came := take("waits", time.Minute)
		for deadline := time.Now().Add(15 * time.Second); !came && time.Now().Before(deadline); came = take("waits", time.Minute) {
			continue
		}
		if took := time.Since(began); !came || took < life-time.Millisecond {
			t.Errorf("the slot came: %t, after %s", came, took)
		}
		if take("late", time.Minute) {
			t.Error("the living holder lost its slot")
		}
	})
}
