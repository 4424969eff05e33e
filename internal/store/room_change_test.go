package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

const (
	pmiA, pmiB = "4815162342", "4815162343"
	bobby      = parlor.AccountID("bobbobbobbobbob2")
)

func to(s string) *string { return &s }

func days(n int) *int { return &n }

func TestChangeRoom(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
		was := must(s.EnsureRoom(ctx, ada))

		got, err := s.ChangeRoom(ctx, ada, parlor.RoomChange{PMI: to(pmiA), PersonalLink: to("ada.lovelace"), Rotate: true})
		if err != nil {
			t.Fatal(err)
		}
		if got.PMI != pmiA || got.PersonalLink != "ada.lovelace" || got.Passcode == was.Passcode || got.PasscodeVersion != 2 {
			t.Errorf("room %+v", got)
		}
		if diff := cmp.Diff(got, must(s.Room(ctx, ada))); diff != "" {
			t.Error(diff)
		}
		for name, find := range map[string]func() (parlor.AccountID, error){
			"new PMI": func() (parlor.AccountID, error) { return s.AccountByPMI(ctx, pmiA) },
			"old PMI": func() (parlor.AccountID, error) { return s.AccountByPMI(ctx, was.PMI) },
			"name":    func() (parlor.AccountID, error) { return s.AccountByPersonalLink(ctx, "Ada.Lovelace") },
		} {
			if id, err := find(); err != nil || id != ada {
				t.Errorf("%s belongs to %q, %v", name, id, err)
			}
		}
		if left := rdb.TTL(ctx, "parlor:pmi:"+was.PMI).Val(); left < 364*24*time.Hour || left > 365*24*time.Hour {
			t.Errorf("the old PMI is kept from others for %s", left)
		}
		if left := rdb.TTL(ctx, "parlor:pmi:"+pmiA).Val(); left > 0 {
			t.Errorf("the new PMI is the room's for %s only", left)
		}
	})
}

func TestTheSameAgainChangesNothing(t *testing.T) {
	s, ctx := storetest.Open(t, storetest.Redis(t), storetest.NewClock(monday).Now), t.Context()
	was := must(s.EnsureRoom(ctx, ada))
	got := must(s.ChangeRoom(ctx, ada, parlor.RoomChange{PMI: &was.PMI, Passcode: &was.Passcode}))
	if diff := cmp.Diff(was, got); diff != "" {
		t.Error(diff)
	}
}

func TestChangeOfARoomThatMovedOn(t *testing.T) {
	s, ctx := storetest.Open(t, storetest.Redis(t), storetest.NewClock(monday).Now), t.Context()
	_, etag, err := s.RoomAndETag(ctx, ada)
	if err != nil {
		t.Fatal(err)
	}
	must(s.ChangeRoom(ctx, ada, parlor.RoomChange{Of: etag, PMI: to(pmiA)}))
	if _, err := s.ChangeRoom(ctx, ada, parlor.RoomChange{Of: etag, PMI: to(pmiB)}); !errors.Is(err, parlor.ErrStale) {
		t.Errorf("an old ETag: %v", err)
	}
	if id, err := s.AccountByPMI(ctx, pmiB); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("the PMI that was not to be had is %q's, %v", id, err)
	}
}

// TestNamesOfOthersAreTaken: live, retired or only alike, the answer is the same, and nothing stays claimed because of it.
func TestNamesOfOthersAreTaken(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		must(s.ChangeRoom(ctx, ada, parlor.RoomChange{PMI: to(pmiA), PersonalLink: to("ada.lovelace")}))
		must(s.ChangeRoom(ctx, ada, parlor.RoomChange{PMI: to(pmiB), PersonalLink: to("ada.byron")}))
		before := must(s.EnsureRoom(ctx, bobby))
		count := claimed(t, rdb, "parlor:")
		for name, c := range map[string]struct {
			wish  parlor.RoomChange
			field string
		}{
			"live PMI":                    {parlor.RoomChange{PMI: to(pmiB)}, "pmi"},
			"retired PMI":                 {parlor.RoomChange{PMI: to(pmiA)}, "pmi"},
			"live name":                   {parlor.RoomChange{PersonalLink: to("ada.byron")}, "personal_link"},
			"retired name":                {parlor.RoomChange{PersonalLink: to("ada.lovelace")}, "personal_link"},
			"a name like it":              {parlor.RoomChange{PersonalLink: to("ada-by.ron")}, "personal_link"},
			"a free PMI and a taken name": {parlor.RoomChange{PMI: to("4815162399"), PersonalLink: to("ada.byron")}, "personal_link"},
		} {
			_, err := s.ChangeRoom(ctx, bobby, c.wish)
			taken, ok := errors.AsType[*parlor.TakenError](err)
			if !ok || taken.Field != c.field || !errors.Is(err, parlor.ErrTaken) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if diff := cmp.Diff(before, must(s.Room(ctx, bobby))); diff != "" {
			t.Error(diff)
		}
		if n := claimed(t, rdb, "parlor:"); n != count+1 { // the count of leases
			t.Errorf("%d keys, want %d: something stayed claimed", n, count+1)
		}
		got := must(s.ChangeRoom(ctx, ada, parlor.RoomChange{PMI: to(pmiA), PersonalLink: to("adalovelace")}))
		if got.PMI != pmiA || rdb.TTL(ctx, "parlor:pmi:"+pmiA).Val() > 0 {
			t.Errorf("her own retired PMI: %s", got.PMI)
		}
	})
}

func TestOnePMIForOneOfTwoWhoAskAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		replicas, ctx := []*store.Store{storetest.Open(t, rdb, clock.Now), storetest.Open(t, rdb, clock.Now)}, t.Context()
		who := []parlor.AccountID{ada, bobby}
		for i, s := range replicas {
			must(s.EnsureRoom(ctx, who[i]))
		}
		for round, wish := range []string{"4815162351", "4815162352", "4815162353", "4815162354", "4815162356"} {
			var mu sync.Mutex
			var winners []parlor.AccountID
			together(2, func(i int) {
				_, err := replicas[i].ChangeRoom(ctx, who[i], parlor.RoomChange{PMI: &wish})
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					winners = append(winners, who[i])
				case !errors.Is(err, parlor.ErrTaken):
					t.Errorf("round %d: %v", round, err)
				}
			})
			if len(winners) != 1 {
				t.Fatalf("round %d: %v have the same PMI", round, winners)
			}
			if id := must(s0(replicas).AccountByPMI(ctx, wish)); id != winners[0] || must(s0(replicas).Room(ctx, id)).PMI != wish {
				t.Errorf("round %d: the PMI is %s's, the winner is %s", round, id, winners[0])
			}
		}
	})
}

func s0(replicas []*store.Store) *store.Store { return replicas[0] }

// TestOnePersonAtTwoReplicas: whatever they ask for at once, the room has one of it, and that is theirs.
func TestOnePersonAtTwoReplicas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		must(s.EnsureRoom(ctx, ada))
		wishes := []string{pmiA, pmiB, pmiA, pmiB}
		together(len(wishes), func(i int) {
			_, err := s.ChangeRoom(ctx, ada, parlor.RoomChange{PMI: &wishes[i]})
			if err != nil && !errors.Is(err, parlor.ErrBusy) {
				t.Error(err)
			}
		})
		room := must(s.Room(ctx, ada))
		if id, err := s.AccountByPMI(ctx, room.PMI); err != nil || id != ada || rdb.TTL(ctx, "parlor:pmi:"+room.PMI).Val() > 0 {
			t.Errorf("PMI %s is %q's, %v", room.PMI, id, err)
		}
	})
}

func TestUndoAndTheEndOfTheGrace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
		was := must(s.EnsureRoom(ctx, ada))
		changed := must(s.ChangeRoom(ctx, ada, parlor.RoomChange{PMI: to(pmiA), Rotate: true}))
		back := must(s.UndoRoom(ctx, ada))
		if back.PMI != was.PMI || back.Passcode != was.Passcode || back.PasscodeVersion != 1 {
			t.Errorf("undone: %+v", back)
		}
		if left := rdb.TTL(ctx, "parlor:pmi:"+was.PMI).Val(); left > 0 {
			t.Errorf("the PMI that is back is the room's for %s only", left)
		}
		again := must(s.ChangeRoom(ctx, ada, parlor.RoomChange{Rotate: true}))
		if again.PasscodeVersion <= changed.PasscodeVersion {
			t.Errorf("version %d was given before", again.PasscodeVersion)
		}
		ended := must(s.EndGrace(ctx, ada))
		if len(ended.Former) != 0 || ended.PMI != was.PMI {
			t.Errorf("after the grace: %+v", ended)
		}
		if _, err := s.UndoRoom(ctx, ada); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("undo after the grace: %v", err)
		}
		must(s.ChangeRoom(ctx, ada, parlor.RoomChange{PMI: to(pmiB)}))
		clock.Pass(15 * 24 * time.Hour)
		if _, err := s.UndoRoom(ctx, ada); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("undo a fortnight later: %v", err)
		}
	})
}

func TestAChangeOwesAFullPass(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		list := []store.CalendarState{{Info: parlor.CalendarInfo{ID: "c"}, Service: parlor.KindGoogle, On: true}}
		if err := s.SaveCalendars(ctx, ada, list); err != nil {
			t.Fatal(err)
		}
		owed := func() int64 { return must(s.Calendar(ctx, ada, "c")).Resync }
		must(s.ChangeRoom(ctx, ada, parlor.RoomChange{PersonalLink: to("ada.lovelace")}))
		if n := owed(); n != 0 {
			t.Errorf("a name that stands in no event asks for %d passes", n)
		}
		must(s.ChangeRoom(ctx, ada, parlor.RoomChange{Rotate: true, GraceDays: days(0)}))
		if n := owed(); n != 1 {
			t.Errorf("%d passes are owed", n)
		}
	})
}

func TestARoomWhoseLeaseIsHeldIsBusy(t *testing.T) {
	s, ctx := storetest.Open(t, storetest.Redis(t), storetest.NewClock(monday).Now), t.Context()
	must(s.EnsureRoom(ctx, ada))
	lease, err := s.Lease(ctx, ada, "room", time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ChangeRoom(ctx, ada, parlor.RoomChange{Rotate: true}); !errors.Is(err, parlor.ErrBusy) {
		t.Errorf("%v", err)
	}
	if err := lease.Release(context.WithoutCancel(ctx)); err != nil {
		t.Fatal(err)
	}
	must(s.ChangeRoom(ctx, ada, parlor.RoomChange{Rotate: true}))
}

func TestFreeNames(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		must(s.ChangeRoom(ctx, ada, parlor.RoomChange{PMI: to(pmiA), PersonalLink: to("ada.lovelace")}))
		must(s.ChangeRoom(ctx, ada, parlor.RoomChange{PMI: to(pmiB)}))
		if diff := cmp.Diff([]string{"4815162344"}, must(s.FreePMIs(ctx, bobby, []string{pmiA, pmiB, "4815162344"}))); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"ada.byron"}, must(s.FreeLinks(ctx, bobby, []string{"ada.lovelace", "ada-1ovelace", "ada.byron"}))); diff != "" {
			t.Error(diff)
		}
	})
}
