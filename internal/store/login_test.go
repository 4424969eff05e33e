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

func TestAConnectionCanBeDroppedButTheFirst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		a, _, err := s.SignIn(ctx, parlor.Identity{Kind: parlor.KindGoogle, Subject: "1", Email: "ada@example.com"})
		if err != nil {
			t.Fatal(err)
		}
		err = s.SetConnection(ctx, a.ID, parlor.Connection{Kind: parlor.KindCalDAV, Email: "ada@elsewhere.example", State: parlor.Connected})
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range []parlor.Kind{parlor.KindCalDAV, parlor.KindGoogle} {
			if err := s.DropConnection(ctx, a.ID, kind); err != nil {
				t.Fatal(err)
			}
		}
		a, err = s.Account(ctx, a.ID)
		if err != nil || len(a.Connections) != 1 || a.Connections[0].Kind != parlor.KindGoogle || a.Email != "ada@example.com" {
			t.Errorf("%+v, %v", a, err)
		}
	})
}
