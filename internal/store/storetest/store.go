package storetest

import (
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/store"
)

// Open makes a Store with a keyset of its own.
func Open(t testing.TB, rdb redis.UniversalClient, now func() time.Time) *store.Store {
	t.Helper()
	keyset, err := store.NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	seal, err := store.NewSealer(keyset)
	if err != nil {
		t.Fatal(err)
	}
	return store.Open(rdb, seal, now)
}

// Each runs a test on miniredis, on a redis-server and on a cluster.
func Each(t *testing.T, test func(t *testing.T, rdb redis.UniversalClient)) {
	t.Helper()
	t.Run("miniredis", func(t *testing.T) {
		rdb, _ := Mini(t)
		test(t, rdb)
	})
	t.Run("redis", func(t *testing.T) { test(t, Redis(t)) })
	t.Run("cluster", func(t *testing.T) { test(t, Cluster(t)) })
}

// Clock is a time that tests move by hand.
type Clock struct{ at time.Time }

// NewClock stands at a time.
func NewClock(at time.Time) *Clock { return &Clock{at} }

// Now is what it shows.
func (c *Clock) Now() time.Time { return c.at }

// Pass moves it on. Call it while nobody reads it.
func (c *Clock) Pass(d time.Duration) { c.at = c.at.Add(d) }
