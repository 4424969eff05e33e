package store_test

import (
	"encoding/json"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

func TestSettingsCompareAndSet(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		st, unset, err := s.Settings(ctx, ada)
		want := parlor.DefaultSettings()
		want.Locked = map[string]string{}
		if diff := cmp.Diff(want, st); err != nil || diff != "" {
			t.Fatalf("defaults: %v %s", err, diff)
		}
		st.UsePMIForScheduled = true
		etag := must(s.PutSettings(ctx, ada, unset, st))
		got, read, err := s.Settings(ctx, ada)
		if diff := cmp.Diff(st, got); err != nil || diff != "" || read != etag || read == unset {
			t.Errorf("read back with %s, written %s: %v %s", read, etag, err, diff)
		}
		if _, err := s.PutSettings(ctx, ada, unset, st); !errors.Is(err, parlor.ErrStale) {
			t.Errorf("stale etag: %v", err)
		}
	})
}

func TestSettingsOneWriterWins(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		_, etag, _ := s.Settings(ctx, ada)
		var won atomic.Int32
		together(20, func(i int) {
			st := parlor.DefaultSettings()
			st.DefaultDuration = 30 + i
			switch _, err := s.PutSettings(ctx, ada, etag, st); {
			case err == nil:
				won.Add(1)
			case !errors.Is(err, parlor.ErrStale):
				t.Error(err)
			}
		})
		if won.Load() != 1 {
			t.Errorf("%d writers won", won.Load())
		}
	})
}

func TestSettingsOfAnOlderVersionGetDefaults(t *testing.T) {
	rdb := storetest.Redis(t)
	s := storetest.Open(t, rdb, time.Now)
	rdb.Set(t.Context(), "parlor:{"+string(ada)+"}:settings", `{"keyword":"#zap","gone":1,"guard":{"buffer_minutes":0}}`, 0)
	got, _, err := s.Settings(t.Context(), ada)
	want := parlor.DefaultSettings()
	want.Keyword, want.Guard.BufferMinutes, want.Locked = "#zap", 0, map[string]string{}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

func TestPolicyHoldsAndLetsGo(t *testing.T) {
	rdb, clock := storetest.Redis(t), storetest.NewClock(monday)
	s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
	st, etag, _ := s.Settings(ctx, ada)
	st.UsePMIForInstant, st.Guard.Overlap = true, parlor.GuardAllow
	etag = must(s.PutSettings(ctx, ada, etag, st))

	rdb.Set(ctx, "parlor:policy", `{"locked":{"guard.overlap":"house rule"},"values":{"guard.overlap":"warn","use_pmi_for_instant":false}}`, 0)
	if st, _, _ = s.Settings(ctx, ada); st.Guard.Overlap != parlor.GuardAllow {
		t.Error("the policy was read twice within five seconds")
	}
	clock.Pass(6 * time.Second)
	st, same, err := s.Settings(ctx, ada)
	if err != nil || st.Guard.Overlap != parlor.GuardWarn || st.UsePMIForInstant || st.Locked["guard.overlap"] != "house rule" || same != etag {
		t.Errorf("under the policy: %+v, %v", st, err)
	}
	if st.Guard.BufferMinutes != 5 {
		t.Error("a neighbour of the forced field changed")
	}
	st.Keyword = "#zap"
	must(s.PutSettings(ctx, ada, etag, st))

	rdb.Del(ctx, "parlor:policy")
	clock.Pass(6 * time.Second)
	st, _, err = s.Settings(ctx, ada)
	if err != nil || st.Guard.Overlap != parlor.GuardAllow || !st.UsePMIForInstant || st.Keyword != "#zap" || len(st.Locked) != 0 {
		t.Errorf("after the policy: %+v, %v", st, err)
	}
}

func TestPolicyThatDoesNotFitIsAnError(t *testing.T) {
	p := store.Policy{Values: map[string]json.RawMessage{"guard.buffer_minutes": json.RawMessage(`"many"`)}}
	if _, err := p.Apply(parlor.DefaultSettings()); err == nil {
		t.Error("a text was accepted as a number")
	}
}
