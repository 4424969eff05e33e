package store_test

import (
	"errors"
	"regexp"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

func TestSignInMakesOneAccount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s := storetest.Open(t, rdb, storetest.NewClock(monday).Now)
		var mu sync.Mutex
		ids, made := map[parlor.AccountID]bool{}, 0
		together(20, func(int) {
			a, created, err := s.SignIn(t.Context(), identity("ada"))
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			ids[a.ID] = true
			if created {
				made++
			}
		})
		if len(ids) != 1 || made != 1 {
			t.Errorf("accounts %v, made %d times", ids, made)
		}
		for id := range ids {
			if !regexp.MustCompile(`^[a-z2-7]{16}$`).MatchString(string(id)) {
				t.Errorf("id %q", id)
			}
		}
		if n := must(s.CountAccounts(t.Context())); n != 1 {
			t.Errorf("%d accounts are counted", n)
		}
	})
}

func TestSignInRefreshesWhoItIs(t *testing.T) {
	s := storetest.Open(t, storetest.Redis(t), storetest.NewClock(monday).Now)
	ctx := t.Context()
	a := signIn(t, s, "ada")
	if err := s.SetConnectionState(ctx, a.ID, parlor.KindGoogle, parlor.ReconnectNeeded); err != nil {
		t.Fatal(err)
	}
	who := identity("ada")
	who.Name, who.Email = "Ada King", "ada.king@example.com"
	b, created, err := s.SignIn(ctx, who)
	if err != nil || created {
		t.Fatalf("created %v, %v", created, err)
	}
	want := parlor.Account{ID: a.ID, Name: "Ada King", Email: "ada.king@example.com", Created: monday, Connections: []parlor.Connection{
		{Kind: parlor.KindGoogle, Subject: "sub-ada", Email: "ada.king@example.com", State: parlor.ReconnectNeeded},
	}}
	if diff := cmp.Diff(want, b); diff != "" {
		t.Error(diff)
	}
}

func TestSignInFinishesWhatACrashLeft(t *testing.T) {
	rdb := storetest.Redis(t)
	s := storetest.Open(t, rdb, storetest.NewClock(monday).Now)
	a := signIn(t, s, "ada")
	rdb.Del(t.Context(), "parlor:{"+string(a.ID)+"}:account")
	b, created, err := s.SignIn(t.Context(), identity("ada"))
	if err != nil || !created || b.ID != a.ID {
		t.Errorf("account %s instead of %s, created %v, %v", b.ID, a.ID, created, err)
	}
}

func TestConnect(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		a, b := signIn(t, s, "ada"), signIn(t, s, "bob")
		work := parlor.Identity{Kind: parlor.KindMicrosoft, Subject: "tid/oid", Email: "ada@work.example", Name: "A. King"}

		got, err := s.Connect(ctx, a.ID, work)
		if err != nil || len(got.Connections) != 2 || got.Name != "ada" {
			t.Errorf("connected %+v, %v", got, err)
		}
		if _, err := s.Connect(ctx, a.ID, work); err != nil {
			t.Errorf("the same again: %v", err)
		}
		if _, err := s.Connect(ctx, b.ID, work); !errors.Is(err, parlor.ErrTaken) {
			t.Errorf("somebody else's identity: %v", err)
		}
		work.Subject = "tid/other"
		if _, err := s.Connect(ctx, a.ID, work); !errors.Is(err, parlor.ErrTaken) {
			t.Errorf("a second identity at one service: %v", err)
		}
		if back, _, err := s.SignIn(ctx, identity("ada")); err != nil || back.ID != a.ID {
			t.Errorf("signing in again gives %s, %v", back.ID, err)
		}
	})
}

func TestUpdateAccountLosesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		a := signIn(t, s, "ada")
		together(20, func(int) {
			if _, err := s.UpdateAccount(ctx, a.ID, func(a *parlor.Account) { a.Zone += "x" }); err != nil {
				t.Error(err)
			}
		})
		if got := must(s.Account(ctx, a.ID)); len(got.Zone) != 20 {
			t.Errorf("%d of 20 changes are there", len(got.Zone))
		}
		if _, err := s.UpdateAccount(ctx, "nobody", func(*parlor.Account) {}); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("nobody: %v", err)
		}
	})
}
