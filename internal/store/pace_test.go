package store_test

import (
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

// The quota of a service counts in a sliding window, so that no stretch of Per may hold more than Requests.
func TestPaceHoldsInEverySlidingWindow(t *testing.T) {
	for _, c := range []struct {
		rate parlor.Rate
		cost int
	}{
		{parlor.Rate{Requests: 1, Per: time.Second}, 1},
		{parlor.Rate{Requests: 2, Per: time.Second}, 1},
		{parlor.Rate{Requests: 10, Per: time.Second}, 1},
		{parlor.Rate{Requests: 100, Per: time.Second}, 3},
	} {
		rdb, m := storetest.Mini(t)
		s := storetest.Open(t, rdb, time.Now)
		var let []time.Duration
		for at := time.Duration(0); at < 5*time.Second; at += 7 * time.Millisecond {
			m.SetTime(monday.Add(at))
			if must(s.Pace(t.Context(), "k", c.rate, c.cost)) == 0 {
				let = append(let, at)
			}
		}
		for i, from := range let {
			n := 0
			for _, at := range let[i:] {
				if at < from+c.rate.Per {
					n += c.cost
				}
			}
			if n > c.rate.Requests {
				t.Fatalf("%+v: %d in the window from %s", c, n, from)
			}
		}
		if total := len(let) * c.cost; total < c.rate.Requests*2 {
			t.Errorf("%+v: only %d in 5 s", c, total)
		}
	}
}

func TestPaceSaysHowLong(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		rate := parlor.Rate{Requests: 2, Per: time.Minute}
		key := store.PaceKey(ada, parlor.KindGoogle)
		if wait := must(s.Pace(ctx, key, rate, 1)); wait != 0 {
			t.Errorf("the first waits %s", wait)
		}
		if wait := must(s.Pace(ctx, key, rate, 1)); wait < 30*time.Second || wait > time.Minute {
			t.Errorf("the second waits %s", wait)
		}
		if wait := must(s.Pace(ctx, store.ProjectPaceKey(parlor.KindGoogle), parlor.Rate{}, 1)); wait != 0 {
			t.Errorf("no rate waits %s", wait)
		}
	})
}

func TestAllow(t *testing.T) {
	s, ctx := storetest.Open(t, storetest.Redis(t), time.Now), t.Context()
	rate := parlor.Rate{Requests: 2, Per: time.Hour}
	first, _, err := s.Allow(ctx, "passcode:1.2.3.4", rate)
	if err != nil || !first {
		t.Errorf("first try: %v, %v", first, err)
	}
	again, wait, err := s.Allow(ctx, "passcode:1.2.3.4", rate)
	if err != nil || again || wait <= 0 {
		t.Errorf("second try: %v, wait %s, %v", again, wait, err)
	}
	if other, _, err := s.Allow(ctx, "passcode:5.6.7.8", rate); err != nil || !other {
		t.Errorf("somebody else: %v, %v", other, err)
	}
}

func TestThreeWritesAnHourToOneEvent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
		ref := parlor.EventRef{Calendar: "c", ID: "e"}
		var got []bool
		for range 9 {
			got = append(got, must(s.AllowWrite(ctx, ada, ref)))
			clock.Pass(15 * time.Minute)
		}
		for i, ok := range got {
			if want := i%4 != 3; ok != want {
				t.Errorf("write after %d minutes: %v", i*15, ok)
			}
		}
		if ok := must(s.AllowWrite(ctx, ada, parlor.EventRef{Calendar: "c", ID: "f"})); !ok {
			t.Error("another event is held up")
		}
	})
}
