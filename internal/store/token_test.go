package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/oauth2"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

func TestTokensAreSealedToTheirPlace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		if _, err := s.Token(ctx, ada, parlor.KindGoogle); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("none yet: %v", err)
		}
		want := &oauth2.Token{AccessToken: "at-1", RefreshToken: "rt-1", TokenType: "Bearer", Expiry: monday}
		if err := s.PutToken(ctx, ada, parlor.KindGoogle, want); err != nil {
			t.Fatal(err)
		}
		got, err := s.Token(ctx, ada, parlor.KindGoogle)
		if err != nil || got.AccessToken != "at-1" || got.RefreshToken != "rt-1" || !got.Expiry.Equal(monday) {
			t.Errorf("%+v, %v", got, err)
		}
		sealed := rdb.Get(ctx, "parlor:{"+string(ada)+"}:token:google").Val()
		if strings.Contains(sealed, "t-1") {
			t.Error("it is not sealed")
		}
		rdb.Set(ctx, "parlor:{bob}:token:google", sealed, 0)
		rdb.Set(ctx, "parlor:{"+string(ada)+"}:token:zoom", sealed, 0)
		for name, err := range map[string]error{
			"another account": second(s.Token(ctx, "bob", parlor.KindGoogle)), "another service": second(s.Token(ctx, ada, parlor.KindZoom)),
		} {
			if err == nil || errors.Is(err, store.ErrUnavailable) || errors.Is(err, store.ErrUnknownKey) {
				t.Errorf("copied to %s: %v", name, err)
			}
		}
		if err := s.DropToken(ctx, ada, parlor.KindGoogle); err != nil {
			t.Error(err)
		}
		if _, err := s.Token(ctx, ada, parlor.KindGoogle); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("dropped: %v", err)
		}
	})
}

func second[T any](_ T, err error) error { return err }
