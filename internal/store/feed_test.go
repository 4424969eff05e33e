package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

func TestFeedsAreMadeRotatedAndEnded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		secret := func() string {
			feeds, err := s.Feeds(ctx, ada)
			if err != nil {
				t.Fatal(err)
			}
			return feeds[store.FeedBusy]
		}
		leads := func(secret string) bool {
			acct, kind, err := s.FeedOf(ctx, secret)
			if err != nil && !errors.Is(err, parlor.ErrNotFound) {
				t.Fatal(err)
			}
			return err == nil && acct == ada && kind == store.FeedBusy
		}
		if secret() != "" || leads("") {
			t.Error("there is one before it was made")
		}
		for range 2 {
			old := secret()
			if err := s.MakeFeed(ctx, ada, store.FeedBusy); err != nil {
				t.Fatal(err)
			}
			if now := secret(); len(now) < 26 || now == old || !leads(now) || leads(old) {
				t.Errorf("after %q came %q", old, now)
			}
		}
		for _, key := range rdb.Keys(ctx, "*").Val() {
			if strings.Contains(key, secret()) || strings.Contains(rdb.Get(ctx, key).Val(), secret()) {
				t.Errorf("%s tells the secret", key)
			}
		}
		last := secret()
		rdb.Rename(ctx, "parlor:{"+string(ada)+"}:feeds", "parlor:{"+string(ada)+"}:elsewhere")
		if leads(last) {
			t.Error("it leads to an account that does not know it")
		}
		rdb.Rename(ctx, "parlor:{"+string(ada)+"}:elsewhere", "parlor:{"+string(ada)+"}:feeds")
		if err := s.EndFeed(ctx, ada, store.FeedBusy); err != nil || leads(last) || secret() != "" {
			t.Errorf("ended: %v", err)
		}
	})
}
