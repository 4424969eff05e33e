package store_test

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
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
