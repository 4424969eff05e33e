package store_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

func TestAccountsByEmail(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		found := func(email string, want ...parlor.AccountID) {
			t.Helper()
			if diff := cmp.Diff(want, must(s.AccountsByEmail(ctx, email))); diff != "" {
				t.Errorf("%s: %s", email, diff)
			}
		}
		a := signIn(t, s, "ada")
		found("ada@example.com", a.ID)
		found(" ADA@Example.COM", a.ID)
		found("bob@example.com")
		found("")

		work := parlor.Identity{Kind: parlor.KindMicrosoft, Subject: "tid/oid", Email: "Ada@Work.example"}
		must(s.Connect(ctx, a.ID, work))
		found("ada@work.example", a.ID)

		who := identity("ada")
		who.Email = "ada.king@example.com"
		if _, _, err := s.SignIn(ctx, who); err != nil {
			t.Fatal(err)
		}
		found("ada.king@example.com", a.ID)
		found("ada@example.com")
		found("ada@work.example", a.ID)
		if n := rdb.Exists(ctx, "parlor:mail:"+sha256Hex("ada@example.com")).Val(); n != 0 {
			t.Error("the old address is still in the index")
		}
	})
}

func TestAnAddressOfSeveralAccounts(t *testing.T) {
	s, ctx := storetest.Open(t, storetest.Redis(t), storetest.NewClock(monday).Now), t.Context()
	a := signIn(t, s, "ada")
	b, _, err := s.SignIn(ctx, parlor.Identity{Kind: parlor.KindMicrosoft, Subject: "tid/oid", Email: "ada@example.com"})
	if err != nil || len(must(s.AccountsByEmail(ctx, "ada@example.com"))) != 2 {
		t.Fatalf("%v, %v", b, err)
	}
	who := identity("ada")
	who.Email = ""
	if _, _, err := s.SignIn(ctx, who); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]parlor.AccountID{b.ID}, must(s.AccountsByEmail(ctx, "ada@example.com"))); diff != "" {
		t.Errorf("after %s gave it up: %s", a.ID, diff)
	}
}

func TestIndexOfAddressesIsNotBelieved(t *testing.T) {
	rdb := storetest.Redis(t)
	s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
	a := signIn(t, s, "ada")
	rdb.SAdd(ctx, "parlor:mail:"+sha256Hex("bob@example.com"), string(a.ID), "nobody")
	if got := must(s.AccountsByEmail(ctx, "bob@example.com")); got != nil {
		t.Errorf("found %v", got)
	}
}

func TestDelegates(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		for _, want := range [][]parlor.AccountID{nil, {"bob", "carol"}, {"bob"}, nil} {
			if err := s.SetDelegates(ctx, ada, want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, must(s.Delegates(ctx, ada))); diff != "" {
				t.Error(diff)
			}
		}
		if got := must(s.Delegates(ctx, "nobody")); got != nil {
			t.Errorf("nobody's: %v", got)
		}
	})
}

func sha256Hex(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
