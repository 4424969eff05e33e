package api

import (
	"fmt"
	"testing"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

func TestLimiterForgetsTheIdle(t *testing.T) {
	clock := storetest.NewClock(testNow)
	l := newLimiter(parlor.Rate{Requests: 1, Per: time.Minute}, clock.Now)
	count := func() (n int) {
		for i := range l.shard {
			n += len(l.shard[i].buckets)
		}
		return n
	}
	for round := range 3 {
		for i := range shards * shardSize {
			l.take(fmt.Sprint(round, " ", i))
		}
		if n := count(); n > shards*shardSize {
			t.Fatalf("round %d: %d buckets", round, n)
		}
		clock.Pass(2 * time.Minute)
	}
	l.take("somebody")
	same(t, l.take("somebody"), time.Minute)
	clock.Pass(time.Minute)
	same(t, l.take("somebody"), time.Duration(0))
}

func TestNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.7": "192.0.2.7", "::ffff:192.0.2.7": "::ffff:192.0.2.7", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "": "",
	} {
		same(t, network(address), want)
	}
}

func TestAddressesOfStrangersAreNotBelieved(t *testing.T) {
	rdb := newMini(t)
	h := newHouse(t, rdb, Limits{Address: parlor.Rate{Requests: 1, Per: time.Minute}})
	same(t, h.call("GET", "/", "", "X-Forwarded-For: 198.51.100.1").Code, 200)
	same(t, h.call("GET", "/", "", "X-Forwarded-For: 198.51.100.2").Code, 429)
}
