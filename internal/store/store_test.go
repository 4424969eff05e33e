package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

const ada = parlor.AccountID("adaadaadaadaadaa")

func TestReadyTellsAMissingKey(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		ctx := t.Context()
		first := must(store.NewKeyset())
		added := must(store.AddKey(first))
		promoted := must(store.PromoteKey(added))
		open := func(keyset []byte) *store.Store { return store.Open(rdb, sealer(t, keyset), time.Now) }

		for name, keyset := range map[string][]byte{"first": first, "added": added} {
			if err := open(keyset).Ready(ctx); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := open(promoted).Ready(ctx); err != nil {
			t.Errorf("promoted: %v", err)
		}
		if err := open(first).Ready(ctx); !errors.Is(err, store.ErrUnknownKey) {
			t.Errorf("a replica without the promoted key: %v", err)
		}
		if err := open(added).Ready(ctx); err != nil {
			t.Errorf("a replica that has it: %v", err)
		}
	})
}

func TestUnreachableRedis(t *testing.T) {
	rdb, m := storetest.Mini(t)
	s := storetest.Open(t, rdb, time.Now)
	a := signIn(t, s, "ada")
	m.Close()
	ctx := t.Context()
	for name, call := range map[string]func() error{
		"Ready":    func() error { return s.Ready(ctx) },
		"Account":  func() error { _, err := s.Account(ctx, a.ID); return err },
		"Settings": func() error { _, _, err := s.Settings(ctx, a.ID); return err },
		"Put":      func() error { _, err := s.PutSettings(ctx, a.ID, "", parlor.DefaultSettings()); return err },
		"Lease":    func() error { _, err := s.Lease(ctx, a.ID, "x", time.Second); return err },
		"Update":   func() error { _, err := s.UpdateAccount(ctx, a.ID, func(*parlor.Account) {}); return err },
		"Token":    func() error { _, err := s.Token(ctx, a.ID, parlor.KindGoogle); return err },
		"Session":  func() error { _, err := s.Session(ctx, "x"); return err },
		"Log":      func() error { return s.Log(ctx, a.ID, parlor.Entry{}) },
		"Claim":    func() error { _, _, err := s.ClaimMeeting(ctx, a.ID, 0, single("e", 0)); return err },
		"Pace":     func() error { _, err := s.Pace(ctx, "x", parlor.Rate{Requests: 1, Per: time.Second}, 1); return err },
	} {
		if err := call(); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := m.Restart(); err != nil {
		t.Fatal(err)
	}
	err := s.Ready(ctx)
	for deadline := time.Now().Add(5 * time.Second); err != nil && time.Now().Before(deadline); err = s.Ready(ctx) {
		continue
	}
	if _, again := s.Account(ctx, a.ID); err != nil || again != nil {
		t.Errorf("after Redis came back: %v, %v", err, again)
	}
}

func TestCancelledCallIsNotAnOutage(t *testing.T) {
	s := storetest.Open(t, storetest.Redis(t), time.Now)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Account(ctx, ada); !errors.Is(err, context.Canceled) || errors.Is(err, store.ErrUnavailable) {
		t.Errorf("%v", err)
	}
}

func TestBrokenRecordIsNotAnOutage(t *testing.T) {
	rdb := storetest.Redis(t)
	s := storetest.Open(t, rdb, time.Now)
	rdb.Set(t.Context(), "parlor:{"+string(ada)+"}:account", "{", 0)
	if _, err := s.Account(t.Context(), ada); err == nil || errors.Is(err, store.ErrUnavailable) {
		t.Errorf("%v", err)
	}
}

func TestDueAccountsLongestWaitingFirst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		for id, at := range map[parlor.AccountID]time.Duration{"late": 0, "later": -time.Hour, "now": 1, "next": time.Minute} {
			if err := s.SetDue(ctx, id, monday.Add(at)); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.Due(ctx, monday, 2)
		if err != nil || len(got) != 2 || got[0] != "later" {
			t.Errorf("due: %v, %v", got, err)
		}
		if all := must(s.Due(ctx, monday, 10)); len(all) != 3 {
			t.Errorf("all due: %v", all)
		}
	})
}

// together runs f in n goroutines at once.
func together(n int, f func(i int)) {
	var ready, done sync.WaitGroup
	gate := make(chan struct{})
	for i := range n {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-gate
			f(i)
		})
	}
	ready.Wait()
	close(gate)
	done.Wait()
}

func signIn(t *testing.T, s *store.Store, name string) parlor.Account {
	t.Helper()
	a, _, err := s.SignIn(t.Context(), identity(name))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func identity(name string) parlor.Identity {
	return parlor.Identity{
		Kind: parlor.KindGoogle, Subject: "sub-" + name, Email: name + "@example.com", EmailVerified: true, Name: name,
	}
}
