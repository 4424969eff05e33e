package store_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

func TestEnsureRoomDrawsOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		if _, err := s.Room(ctx, ada); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("no room yet: %v", err)
		}
		var mu sync.Mutex
		seen := map[string]parlor.Room{}
		together(20, func(int) {
			r, err := s.EnsureRoom(ctx, ada)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			seen[r.PMI] = r
			mu.Unlock()
		})
		if len(seen) != 1 {
			t.Fatalf("%d rooms were drawn", len(seen))
		}
		room := must(s.Room(ctx, ada))
		if parlor.ValidatePMI(room.PMI) != nil || room.Passcode == "" || len(room.Secret) != 32 || room.Status != parlor.RoomReady {
			t.Errorf("room %+v", room)
		}
		if id, err := s.AccountByPMI(ctx, room.PMI); err != nil || id != ada {
			t.Errorf("PMI belongs to %q, %v", id, err)
		}
		if n := claimed(t, rdb, "parlor:pmi:"); n != 1 {
			t.Errorf("%d PMIs stay claimed", n)
		}
	})
}

func TestAccountByNumberOfNobody(t *testing.T) {
	s := storetest.Open(t, storetest.Redis(t), storetest.NewClock(monday).Now)
	if _, err := s.AccountByNumber(t.Context(), "12345678901"); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("%v", err)
	}
	if _, err := s.AccountByPMI(t.Context(), "2345678901"); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("%v", err)
	}
}

func TestUpdateRoom(t *testing.T) {
	s := storetest.Open(t, storetest.Redis(t), storetest.NewClock(monday).Now)
	was := must(s.EnsureRoom(t.Context(), ada))
	got, err := s.UpdateRoom(t.Context(), ada, func(r *parlor.Room) { r.Status = parlor.RoomUnavailable })
	if err != nil || got.PMI != was.PMI || must(s.Room(t.Context(), ada)).Status != parlor.RoomUnavailable {
		t.Errorf("%+v, %v", got, err)
	}
}

// claimed counts the keys with a prefix.
func claimed(t *testing.T, rdb redis.UniversalClient, prefix string) int {
	t.Helper()
	keys, err := rdb.Keys(t.Context(), prefix+"*").Result()
	if err != nil {
		t.Fatal(err)
	}
	return len(keys)
}
