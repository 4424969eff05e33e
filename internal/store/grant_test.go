package store_test

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

// began signs ada in and begins a grant.
func began(t *testing.T, s *store.Store, id string) (g store.GrantRecord, session store.SessionRecord) {
	t.Helper()
	session = must(s.Session(t.Context(), must(s.NewSession(t.Context(), ada, "", ""))))
	g = store.GrantRecord{ID: id, Client: "app", Account: ada, UserAgent: "Edge \xff" + strings.Repeat("x", 400), Address: "192.0.2.7"}
	if err := s.BeginGrant(t.Context(), g, session.ID); err != nil {
		t.Fatal(err)
	}
	return g, session
}

func TestGrants(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
		first, session := began(t, s, "first")
		clock.Pass(time.Minute)
		began(t, s, "second")
		clock.Pass(time.Minute)
		first.UserAgent = "Firefox"
		if next := must(s.RenewGrant(ctx, first, store.FirstGeneration)); next != store.FirstGeneration+1 {
			t.Errorf("generation %d", next)
		}
		list := must(s.Grants(ctx, ada))
		want := store.GrantRecord{
			ID: "first", Client: "app", Account: ada, Created: monday, LastSeen: monday.Add(2 * time.Minute), UserAgent: "Firefox", Address: "192.0.2.7",
		}
		if len(list) != 2 || len(list[1].UserAgent) > 300 {
			t.Fatalf("grants %+v", list)
		}
		if diff := cmp.Diff(want, list[0]); diff != "" {
			t.Error(diff)
		}
		if err := s.BeginGrant(ctx, first, session.ID); !errors.Is(err, store.ErrReused) {
			t.Errorf("the code once more: %v", err)
		}
		if list := must(s.Grants(ctx, ada)); len(list) != 1 || list[0].ID != "second" {
			t.Errorf("grants %+v", list)
		}
		for _, over := range []string{"", "0123456789abcdef"} {
			if err := s.BeginGrant(ctx, store.GrantRecord{ID: "third", Account: ada}, over); !errors.Is(err, parlor.ErrNotFound) {
				t.Errorf("in session %q: %v", over, err)
			}
		}
	})
}

func TestGrantEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		g, _ := began(t, s, "one")
		for name, c := range map[string]struct {
			acct   parlor.AccountID
			client string
			want   error
		}{
			"somebody else's": {"bobbobbobbobbobb", "", parlor.ErrNotFound},
			"another app's":   {ada, "other", parlor.ErrForbidden},
		} {
			if err := s.EndGrant(ctx, c.acct, g.ID, c.client); !errors.Is(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := s.EndGrant(ctx, ada, g.ID, "app"); err != nil {
			t.Error(err)
		}
		if err := s.EndGrant(ctx, ada, g.ID, "app"); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("a second time: %v", err)
		}
		if _, err := s.RenewGrant(ctx, g, store.FirstGeneration); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("after its end: %v", err)
		}
	})
}

// TestGrantIsRenewedOnce has many show the same token: the grant moves on by one generation, whoever is first.
func TestGrantIsRenewedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s := storetest.Open(t, rdb, storetest.NewClock(monday).Now)
		g, _ := began(t, s, "one")
		var wrong atomic.Int64
		together(20, func(int) {
			if next, err := s.RenewGrant(t.Context(), g, store.FirstGeneration); err != nil || next != store.FirstGeneration+1 {
				wrong.Add(1)
			}
		})
		if wrong.Load() > 0 {
			t.Errorf("%d of 20 got another generation", wrong.Load())
		}
	})
}

func TestGrantAfterRedisWentBack(t *testing.T) {
	s := storetest.Open(t, storetest.Redis(t), storetest.NewClock(monday).Now)
	g, _ := began(t, s, "one")
	if next := must(s.RenewGrant(t.Context(), g, 7)); next != 8 { // Redis has forgotten six renewals
		t.Errorf("generation %d", next)
	}
	if _, err := s.RenewGrant(t.Context(), g, 6); !errors.Is(err, store.ErrReused) {
		t.Errorf("older than that: %v", err)
	}
}

func TestGrantLivesInRedisAsLongAsItCounts(t *testing.T) {
	rdb, clock := storetest.Redis(t), storetest.NewClock(monday)
	s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
	g, _ := began(t, s, "one")
	ttl := func(name string) time.Duration {
		return rdb.TTL(ctx, "parlor:{"+string(ada)+"}:"+name).Val().Round(time.Minute)
	}
	day := 24 * time.Hour
	got := []time.Duration{ttl("grant:one"), ttl("grants"), ttl("code:one")}
	for generation := range int64(6) {
		clock.Pass(59 * day)
		must(s.RenewGrant(ctx, g, generation+1))
	}
	got = append(got, ttl("grant:one"))
	if diff := cmp.Diff([]time.Duration{60 * day, 365 * day, store.CodeKept, 11 * day}, got); diff != "" {
		t.Error(diff)
	}
	rdb.Del(ctx, "parlor:{"+string(ada)+"}:grant:one")
	if list, err := s.Grants(ctx, ada); err != nil || len(list) != 0 {
		t.Errorf("%v, %v", list, err)
	}
	if n := rdb.SCard(ctx, "parlor:{"+string(ada)+"}:grants").Val(); n != 0 {
		t.Errorf("%d are still listed", n)
	}
}

func TestGrantIsOverWhenIdleOrOld(t *testing.T) {
	const day = 24 * time.Hour
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
		idle, _ := began(t, s, "idle")
		used, _ := began(t, s, "used")
		generation := int64(store.FirstGeneration)
		for range 7 { // every 52 days, to the 364th
			clock.Pass(52 * day)
			generation = must(s.RenewGrant(ctx, used, generation))
		}
		if _, err := s.RenewGrant(ctx, idle, store.FirstGeneration); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("idle for a year: %v", err)
		}
		clock.Pass(day)
		if _, err := s.RenewGrant(ctx, used, generation); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("allowed a year ago: %v", err)
		}
	})
}
