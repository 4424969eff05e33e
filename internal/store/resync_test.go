package store_test

import (
	"testing"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

func TestResyncReachesCalendarsThatAreOffToo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		list := []store.CalendarState{
			{Info: parlor.CalendarInfo{ID: "on"}, On: true}, {Info: parlor.CalendarInfo{ID: "off"}},
		}
		if err := s.SaveCalendars(ctx, ada, list); err != nil {
			t.Fatal(err)
		}
		if on, err := s.RequestResync(ctx, ada); err != nil || len(on) != 1 || on[0] != "on" {
			t.Errorf("to be listed now: %v, %v", on, err)
		}
		if err := s.SwitchCalendar(ctx, ada, "off", true); err != nil {
			t.Fatal(err)
		}
		for _, id := range []parlor.CalendarID{"on", "off"} {
			if c, err := s.Calendar(ctx, ada, id); err != nil || c.Resync == c.Resynced {
				t.Errorf("%s: nothing is asked for (%d of %d), %v", id, c.Resynced, c.Resync, err)
			}
		}
	})
}
