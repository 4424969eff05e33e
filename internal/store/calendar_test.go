package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

func TestCalendars(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		home := calendarNamed("ada@example.com", "Ada")
		home.Info.Primary, home.On = true, true
		team, odd := calendarNamed("team", "Aardvarks"), calendarNamed("a{b}:c d", "Odd")
		if err := s.SaveCalendars(ctx, ada, []store.CalendarState{odd, team, home}); err != nil {
			t.Fatal(err)
		}
		got, err := s.Calendars(ctx, ada)
		if diff := cmp.Diff([]store.CalendarState{home, team, odd}, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		if err := s.SwitchCalendar(ctx, ada, team.Info.ID, true); err != nil {
			t.Error(err)
		}
		team.Info.Name = "Badgers"
		if err := s.SaveCalendars(ctx, ada, []store.CalendarState{team}); err != nil {
			t.Error(err)
		}
		team.On = true
		one, err := s.Calendar(ctx, ada, team.Info.ID)
		if diff := cmp.Diff(team, one); err != nil || diff != "" {
			t.Errorf("a second list must not switch it off: %v %s", err, diff)
		}
		if err := s.DropCalendar(ctx, ada, team.Info.ID); err != nil {
			t.Error(err)
		}
		for name, err := range map[string]error{
			"switch":   s.SwitchCalendar(ctx, ada, team.Info.ID, true),
			"progress": s.Progress(ctx, ada, team.Info.ID, 7),
			"watch":    s.SetWatch(ctx, ada, team.Info.ID, parlor.Watch{}),
		} {
			if !errors.Is(err, parlor.ErrNotFound) {
				t.Errorf("%s of a dropped calendar: %v", name, err)
			}
		}
		if left := must(s.Calendars(ctx, ada)); len(left) != 2 {
			t.Errorf("%d calendars are left", len(left))
		}
	})
}

func TestFinishPassUnderItsLease(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		cal := calendarNamed("ada@example.com", "Ada")
		if err := s.SaveCalendars(ctx, ada, []store.CalendarState{cal}); err != nil {
			t.Fatal(err)
		}
		late := must(s.Lease(ctx, ada, "pass", time.Minute))
		if err := errors.Join(s.Progress(ctx, ada, cal.Info.ID, 250), late.Release(ctx)); err != nil {
			t.Fatal(err)
		}
		if c := must(s.Calendar(ctx, ada, cal.Info.ID)); !c.Listing || c.Listed != 250 {
			t.Errorf("progress: %+v", c)
		}
		l := must(s.Lease(ctx, ada, "pass", time.Minute))
		if err := s.FinishPass(ctx, l, cal.Info.ID, store.PassResult{Cursor: "new", At: monday}); err != nil {
			t.Fatal(err)
		}
		if err := s.FinishPass(ctx, late, cal.Info.ID, store.PassResult{Cursor: "old", At: monday}); !errors.Is(err, parlor.ErrStale) {
			t.Errorf("late worker: %v", err)
		}
		failed := store.PassResult{Cursor: "ignored", At: monday.Add(time.Hour), Error: "throttled", NextTry: monday.Add(2 * time.Hour)}
		if err := s.FinishPass(ctx, l, cal.Info.ID, failed); err != nil {
			t.Fatal(err)
		}
		want := cal
		want.Cursor, want.LastPass, want.Listed, want.Error, want.NextTry = "new", monday, 250, "throttled", monday.Add(2*time.Hour)
		if diff := cmp.Diff(want, must(s.Calendar(ctx, ada, cal.Info.ID))); diff != "" {
			t.Error(diff)
		}
		if err := s.FinishPass(ctx, l, "gone", store.PassResult{}); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("calendar that is gone: %v", err)
		}
		if err := s.ForgetCursor(ctx, ada, cal.Info.ID); err != nil || must(s.Calendar(ctx, ada, cal.Info.ID)).Cursor != "" {
			t.Errorf("cursor is still there, %v", err)
		}
	})
}

func TestWatches(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		w := store.WatchRecord{
			ID: "w1", Account: ada, Calendar: "c", Service: parlor.KindGoogle, SecretHash: store.HashSecret("psst"), Until: monday.Add(time.Hour),
		}
		if err := s.PutWatch(ctx, w); err != nil {
			t.Fatal(err)
		}
		found, err := s.WatchesByID(ctx, []string{"w0", "w1", ""})
		got := found["w1"]
		if diff := cmp.Diff(w, got); err != nil || diff != "" || len(found) != 1 || !got.SecretIs("psst") || got.SecretIs("") || got.SecretIs(w.SecretHash) {
			t.Errorf("%v %s", err, diff)
		}
		if life := rdb.TTL(ctx, "parlor:watch:w1").Val(); life < 24*time.Hour || life > 26*time.Hour {
			t.Errorf("is known for %s", life)
		}
		if err := s.DropWatch(ctx, "w1"); err != nil {
			t.Error(err)
		}
		if found := must(s.WatchesByID(ctx, []string{"w1"})); len(found) != 0 {
			t.Errorf("dropped: %v", found)
		}
		if found := must(s.WatchesByID(ctx, nil)); len(found) != 0 {
			t.Errorf("none asked for: %v", found)
		}
	})
}

func TestManyWatchesAreLookedUpTogether(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		var ids []string
		for i := range 1200 {
			ids = append(ids, fmt.Sprint("w", i))
			if i%2 == 0 {
				continue
			}
			if err := s.PutWatch(ctx, store.WatchRecord{ID: ids[i], Account: ada, Calendar: parlor.CalendarID(ids[i]), Until: monday}); err != nil {
				t.Fatal(err)
			}
		}
		found := must(s.WatchesByID(ctx, ids))
		if len(found) != 600 || found["w1199"].Calendar != "w1199" {
			t.Errorf("%d found, the last is %+v", len(found), found["w1199"])
		}
		rdb.Set(ctx, "parlor:watch:w1", "?", 0)
		if _, err := s.WatchesByID(ctx, ids); err == nil || errors.Is(err, store.ErrUnavailable) {
			t.Errorf("a broken record: %v", err)
		}
	})
}

func TestEndingWatch(t *testing.T) {
	s, ctx := storetest.Open(t, storetest.Redis(t), storetest.NewClock(monday).Now), t.Context()
	team := calendarNamed("team", "Team")
	if err := s.SaveCalendars(ctx, ada, []store.CalendarState{team}); err != nil {
		t.Fatal(err)
	}
	if err := s.EndWatch(ctx, ada, team.Info.ID, "w1"); err != nil || must(s.Calendar(ctx, ada, team.Info.ID)).WatchEnding != "w1" {
		t.Errorf("%v, %+v", err, must(s.Calendar(ctx, ada, team.Info.ID)))
	}
	if err := s.EndWatch(ctx, ada, "gone", "w1"); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("of a calendar that is gone: %v", err)
	}
}

func calendarNamed(id, name string) store.CalendarState {
	return store.CalendarState{
		Info: parlor.CalendarInfo{ID: parlor.CalendarID(id), Name: name, Zone: "Europe/London", Writable: true}, Service: parlor.KindGoogle,
	}
}
