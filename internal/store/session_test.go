package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

func TestSessions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
		laptop := must(s.NewSession(ctx, ada, "Firefox \xff"+strings.Repeat("x", 400), "192.0.2.7"))
		clock.Pass(time.Minute)
		phone := must(s.NewSession(ctx, ada, "Safari", "192.0.2.8"))
		for _, key := range rdb.Keys(ctx, "*").Val() {
			if strings.Contains(key, laptop) {
				t.Errorf("the secret is in %s", key)
			}
		}
		rec, err := s.Session(ctx, laptop)
		if err != nil || rec.Account != ada || len(rec.UserAgent) > 300 || rec.Address != "192.0.2.7" {
			t.Errorf("%+v, %v", rec, err)
		}
		list := must(s.Sessions(ctx, ada))
		if len(list) != 2 || list[0].UserAgent != "Safari" {
			t.Errorf("sessions %+v", list)
		}
		if err := s.EndSession(ctx, "bobbobbobbobbobb", rec.ID); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("somebody else's session: %v", err)
		}
		if err := s.EndSession(ctx, ada, rec.ID); err != nil {
			t.Error(err)
		}
		if _, err := s.Session(ctx, laptop); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("after its end: %v", err)
		}
		if err := errors.Join(s.EndSessionToken(ctx, phone), s.EndSessionToken(ctx, phone)); err != nil {
			t.Error(err)
		}
		if left := must(s.Sessions(ctx, ada)); len(left) != 0 {
			t.Errorf("%d sessions are left", len(left))
		}
	})
}

func TestSessionSlides(t *testing.T) {
	rdb, clock := storetest.Redis(t), storetest.NewClock(monday)
	s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
	token := must(s.NewSession(ctx, ada, "", ""))
	seen := func(after time.Duration) time.Duration {
		clock.Pass(after)
		return must(s.Session(ctx, token)).LastSeen.Sub(monday)
	}
	day := 24 * time.Hour
	got := []time.Duration{seen(59 * time.Minute), seen(time.Minute), seen(29 * day), seen(29 * day)}
	if diff := cmp.Diff([]time.Duration{0, time.Hour, 29*day + time.Hour, 58*day + time.Hour}, got); diff != "" {
		t.Error(diff)
	}
	clock.Pass(30 * day)
	if _, err := s.Session(ctx, token); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("unseen for 30 days: %v", err)
	}
}

func TestSessionsForgetsExpiredOnes(t *testing.T) {
	rdb := storetest.Redis(t)
	s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
	must(s.NewSession(ctx, ada, "", ""))
	rdb.Del(ctx, rdb.Keys(ctx, "parlor:session:*").Val()...)
	if list, err := s.Sessions(ctx, ada); err != nil || len(list) != 0 {
		t.Errorf("%v, %v", list, err)
	}
	if n := rdb.SCard(ctx, "parlor:{"+string(ada)+"}:sessions").Val(); n != 0 {
		t.Errorf("%d are still listed", n)
	}
}

func TestSignInIsTakenOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		type begun struct{ Verifier string }
		if err := s.PutSignIn(ctx, "nonce", begun{"hush"}, time.Minute); err != nil {
			t.Fatal(err)
		}
		for _, key := range rdb.Keys(ctx, "parlor:signin:*").Val() {
			if strings.Contains(rdb.Get(ctx, key).Val(), "hush") {
				t.Error("it is not sealed")
			}
		}
		var got begun
		if err := s.TakeSignIn(ctx, "nonce", &got); err != nil || got.Verifier != "hush" {
			t.Errorf("%+v, %v", got, err)
		}
		if err := s.TakeSignIn(ctx, "nonce", &got); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("a second time: %v", err)
		}
	})
}
