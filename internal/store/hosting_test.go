package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

func TestHostIsThereWhileTheirPageIs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
		if got := must(s.Hostings(ctx, ada)); len(got) != 0 {
			t.Errorf("before any: %v", got)
		}
		if err := s.KeepHosting(ctx, ada, weekly); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("a sitting that never began: %v", err)
		}
		h := store.Hosting{Name: weekly, Number: "12345678901", Slot: parlor.Slot{Start: monday, End: monday.Add(time.Hour)}, Began: monday}
		if err := s.Host(ctx, ada, h); err != nil {
			t.Fatal(err)
		}
		there := func() bool { return must(s.Hostings(ctx, ada))[0].There(clock.Now()) }
		for range 3 {
			clock.Pass(store.HostingLife - time.Second)
			if err := s.KeepHosting(ctx, ada, weekly); err != nil || !there() {
				t.Errorf("the host is gone: %v", err)
			}
		}
		clock.Pass(store.HostingLife)
		if there() {
			t.Error("the host is there without a sign")
		}
		if err := s.KeepHosting(ctx, ada, weekly); err != nil || !there() {
			t.Errorf("a page that was away does not come back: %v", err)
		}
		if err := s.EndHosting(ctx, ada, weekly); err != nil || there() {
			t.Errorf("after the end: %v", err)
		}
		if err := s.KeepHosting(ctx, ada, weekly); !errors.Is(err, parlor.ErrStale) {
			t.Errorf("a page of an ended sitting: %v", err)
		}
	})
}

func TestHostingsOfOneDoor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
		one := store.Hosting{Name: weekly, Slot: parlor.Slot{Start: monday}, Seen: monday}
		two := store.Hosting{Name: budget, Slot: parlor.Slot{Start: monday.Add(time.Hour)}, Seen: monday}
		for _, h := range []store.Hosting{one, two} {
			if err := s.Host(ctx, ada, h); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.LockHosting(ctx, ada, weekly, true); err != nil {
			t.Fatal(err)
		}
		one.Locked = true
		if diff := cmp.Diff([]store.Hosting{two, one}, must(s.Hostings(ctx, ada))); diff != "" {
			t.Error(diff)
		}
		again := store.Hosting{Name: "again", Slot: one.Slot, Round: 1, Seen: monday}
		if err := s.Host(ctx, ada, again); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]store.Hosting{again, two}, must(s.Hostings(ctx, ada))); diff != "" {
			t.Error(diff)
		}
		clock.Pass(48 * time.Hour)
		if err := s.Host(ctx, ada, one); err != nil || len(must(s.Hostings(ctx, ada))) != 1 {
			t.Errorf("two days later: %v", err)
		}
	})
}

func TestRoomIsLocked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		a := signIn(t, s, "ada")
		must(s.EnsureRoom(ctx, a.ID))
		news := s.Listen(ctx, a.ID)
		<-news
		for _, locked := range []bool{true, false} {
			must(s.LockRoom(ctx, a.ID, locked))
			if got := must(s.Room(ctx, a.ID)); got.Locked != locked {
				t.Errorf("locked: %t, want %t", got.Locked, locked)
			}
			if told := <-news; !told.All {
				t.Errorf("the door was told %+v", told)
			}
		}
	})
}
