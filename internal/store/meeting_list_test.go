package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

func TestMeetingsOfARange(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		day := 24 * time.Hour
		series := single("series", -30*day)
		series.Recurrence = []string{"RRULE:FREQ=WEEKLY"}
		over := single("over", -30*day)
		over.Recurrence = []string{"RRULE:FREQ=DAILY;COUNT=3"}
		cancelled := single("cancelled", 2*time.Hour)
		cancelled.State = parlor.MeetingCancelled
		for _, m := range []parlor.Meeting{series, over, cancelled, single("before", -time.Minute), single("first", 0), single("last", day-time.Second), single("next", day)} {
			m.Kind = parlor.OneTime
			claim(t, s, m)
		}
		got := titles(must(s.Meetings(ctx, ada, monday, monday.Add(day))))
		if diff := cmp.Diff([]string{"first", "last", "series"}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestPurgeMeetings(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
		day := 24 * time.Hour
		endless := single("endless", 0)
		endless.Recurrence = []string{"RRULE:FREQ=DAILY"}
		stopped := endless
		stopped.Event.ID, stopped.State = "stopped", parlor.LinkRemoved
		old := claim(t, s, single("old", 0))
		unsaved := claim(t, s, single("", 2*time.Hour))
		claim(t, s, single("later", 20*day))
		claim(t, s, endless)
		claim(t, s, stopped)

		purge := func(after time.Duration, want ...string) {
			t.Helper()
			clock.Pass(monday.Add(after).Sub(clock.Now()))
			if err := s.PurgeMeetings(ctx, ada, clock.Now()); err != nil {
				t.Fatal(err)
			}
			var left []string
			for _, event := range []string{"old", "later", "endless", "stopped"} {
				_, err := s.MeetingByEvent(ctx, ada, parlor.EventRef{Calendar: "c", ID: event})
				if err == nil {
					left = append(left, event)
				} else if !errors.Is(err, parlor.ErrNotFound) {
					t.Error(err)
				}
			}
			if diff := cmp.Diff(want, left); diff != "" {
				t.Errorf("after %s: %s", after, diff)
			}
		}
		purge(25*time.Hour, "old", "later", "endless", "stopped")
		if _, err := s.Meeting(ctx, ada, unsaved.Number); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("an invitation that was never saved: %v", err)
		}
		purge(29*day, "old", "later", "endless", "stopped")
		purge(31*day, "later", "endless")
		purge(60*day, "endless")

		if id, err := s.AccountByNumber(ctx, old.Number); err != nil || id != ada {
			t.Errorf("a retired number belongs to %q, %v", id, err)
		}
		if life := rdb.TTL(ctx, "parlor:omn:"+old.Number).Val(); life < 364*day || life > 365*day {
			t.Errorf("a number is retired for %s", life)
		}
	})
}

func claim(t *testing.T, s *store.Store, m parlor.Meeting) parlor.Meeting {
	t.Helper()
	_, rev, err := s.Agenda(t.Context(), ada)
	if err == nil {
		m.Title = m.Event.ID
		m, _, err = s.ClaimMeeting(t.Context(), ada, rev, m)
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func titles(ms []parlor.Meeting) []string {
	var out []string
	for _, m := range ms {
		out = append(out, m.Title)
	}
	slices.Sort(out)
	return out
}
