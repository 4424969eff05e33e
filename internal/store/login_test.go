package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

func TestLoginsAreSealedToTheirPlace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		if _, err := s.Login(ctx, ada, parlor.KindCalDAV); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("none yet: %v", err)
		}
		want := parlor.Login{URL: "https://cloud.example.com/dav/", User: "ada", Password: "hunter2"}
		if err := s.PutLogin(ctx, ada, parlor.KindCalDAV, want); err != nil {
			t.Fatal(err)
		}
		got, err := s.Login(ctx, ada, parlor.KindCalDAV)
		if err != nil || got.Password != want.Password || got.URL != want.URL || got.User != want.User {
			t.Errorf("%+v, %v", got, err)
		}
		sealed := rdb.Get(ctx, "parlor:{"+string(ada)+"}:token:caldav").Val()
		if strings.Contains(sealed, "hunter2") || strings.Contains(sealed, "cloud.example.com") {
			t.Error("it is not sealed")
		}
		rdb.Set(ctx, "parlor:{bob}:token:caldav", sealed, 0)
		if _, err := s.Login(ctx, "bob", parlor.KindCalDAV); err == nil {
			t.Error("it opens for another account")
		}
	})
}

func TestATypedAddressLeadsToNobody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		a, _, err := s.SignIn(ctx, parlor.Identity{Kind: parlor.KindGoogle, Subject: "1", Email: "ada@example.com"})
		if err != nil {
			t.Fatal(err)
		}
		typed := parlor.Connection{Kind: parlor.KindCalDAV, Email: "boss@example.com", State: parlor.Connected}
		if err := s.SetConnection(ctx, a.ID, typed); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.SignIn(ctx, parlor.Identity{Kind: parlor.KindGoogle, Subject: "1", Email: "ada@example.com"}); err != nil {
			t.Fatal(err)
		}
		if found, err := s.AccountsByEmail(ctx, typed.Email); err != nil || len(found) != 0 {
			t.Errorf("%v, %v", found, err)
		}
	})
}

// TestAnAddressOfAServiceThatSignsNobodyInLeadsToNobody: it was connected without a look at whose address it is.
func TestAnAddressOfAServiceThatSignsNobodyInLeadsToNobody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		a := signIn(t, s, "ada")
		must(s.Connect(ctx, a.ID, parlor.Identity{Kind: parlor.KindZoom, Subject: "z", Email: "boss@example.com"}))
		must(s.Connect(ctx, a.ID, parlor.Identity{Kind: parlor.KindMicrosoft, Subject: "tid/oid", Email: "ada@work.example"}))
		nobody := func(when string) {
			t.Helper()
			if found, err := s.AccountsByEmail(ctx, "boss@example.com"); err != nil || len(found) != 0 {
				t.Errorf("%s: %v, %v", when, found, err)
			}
			if n := rdb.Exists(ctx, "parlor:mail:"+sha256Hex("boss@example.com")).Val(); n != 0 {
				t.Errorf("%s: it is in the index", when)
			}
		}
		nobody("connected")
		if err := s.Disconnect(ctx, a.ID, parlor.KindGoogle, false); err != nil {
			t.Fatal(err)
		}
		nobody("without the service that signed in first")
		if got := must(s.Account(ctx, a.ID)); got.Email != "ada@work.example" {
			t.Errorf("the account is named %s", got.Email)
		}
	})
}
