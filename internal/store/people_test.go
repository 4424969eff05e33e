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

const (
	eve = "eve@other.example"
	kay = "kay@known.example"
)

// lunch is an hour with these people that begins at start.
func lunch(id string, start time.Time, people ...string) parlor.Encounter {
	return parlor.Encounter{
		Event: parlor.EventRef{Calendar: "work", ID: id}, People: people,
		Start: parlor.Moment{Time: start}, End: parlor.Moment{Time: start.Add(time.Hour)},
	}
}

// eachPeople runs a test with a store on every kind of Redis.
func eachPeople(t *testing.T, test func(*testing.T, *store.Store, *storetest.Clock)) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		test(t, storetest.Open(t, rdb, clock.Now), clock)
	})
}

func knows(t *testing.T, s *store.Store, address string) bool {
	t.Helper()
	known, err := s.Known(t.Context(), ada, []string{address})
	if err != nil {
		t.Fatal(err)
	}
	return known[address] || known[parlor.WholeDomain(address)]
}

func TestPeopleOnTheList(t *testing.T) {
	eachPeople(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		ctx := t.Context()
		if err := errors.Join(s.AddPerson(ctx, ada, eve), s.AddPerson(ctx, ada, "@known.example")); err != nil {
			t.Fatal(err)
		}
		if err := s.AddPerson(ctx, ada, eve); !errors.Is(err, parlor.ErrTaken) {
			t.Errorf("added twice: %v", err)
		}
		if !knows(t, s, eve) || !knows(t, s, kay) || knows(t, s, "mal@other.example") {
			t.Error("not those on the list are known")
		}
		want := []parlor.Acquaintance{{Address: "@known.example", Added: clock.Now()}, {Address: eve, Added: clock.Now()}}
		if diff := cmp.Diff(want, must(s.People(ctx, ada))); diff != "" {
			t.Error(diff)
		}
	})
}

func TestPeopleAreMetWhenTheMeetingIsOver(t *testing.T) {
	eachPeople(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		ctx := t.Context()
		past := lunch("past", monday.AddDate(0, -1, 0), kay)
		if err := s.Learn(ctx, ada, []parlor.Encounter{past, lunch("next", monday.Add(time.Hour), eve)}); err != nil {
			t.Fatal(err)
		}
		if !knows(t, s, kay) || knows(t, s, eve) {
			t.Error("before the meeting")
		}
		clock.Pass(90 * time.Minute)
		if knows(t, s, eve) {
			t.Error("known while the meeting lasts")
		}
		clock.Pass(31 * time.Minute)
		if !knows(t, s, eve) {
			t.Error("a stranger after the meeting")
		}
		want := []parlor.Acquaintance{{Address: eve, Met: monday.Add(2 * time.Hour)}, {Address: kay, Met: past.End.Time}}
		if diff := cmp.Diff(want, must(s.People(ctx, ada))); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAnEventThatDidNotTakePlaceMakesNobodyKnown(t *testing.T) {
	eachPeople(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		ctx, soon := t.Context(), monday.Add(time.Hour)
		err := errors.Join(
			s.Learn(ctx, ada, []parlor.Encounter{lunch("called-off", soon, eve), lunch("moved", soon, kay)}),
			s.Learn(ctx, ada, []parlor.Encounter{lunch("called-off", time.Time{}), lunch("moved", soon.AddDate(0, 0, 1), kay)}),
		)
		if err != nil {
			t.Fatal(err)
		}
		clock.Pass(3 * time.Hour)
		if knows(t, s, eve) || knows(t, s, kay) {
			t.Error("met without a meeting")
		}
		clock.Pass(24 * time.Hour)
		if knows(t, s, eve) || !knows(t, s, kay) {
			t.Error("after the day to which the meeting was moved")
		}
	})
}

func TestPeopleOfASeriesAreMetEachTime(t *testing.T) {
	eachPeople(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		weekly := lunch("weekly", monday, eve)
		weekly.Recurrence = []string{"RRULE:FREQ=WEEKLY"}
		if err := s.Learn(t.Context(), ada, []parlor.Encounter{weekly}); err != nil {
			t.Fatal(err)
		}
		for week := range 3 {
			clock.Pass(2 * time.Hour)
			want := []parlor.Acquaintance{{Address: eve, Met: monday.AddDate(0, 0, 7*week).Add(time.Hour)}}
			if diff := cmp.Diff(want, must(s.People(t.Context(), ada))); diff != "" {
				t.Error(diff)
			}
			clock.Pass(7*24*time.Hour - 2*time.Hour)
		}
	})
}

func TestRemovedPeopleStayStrangers(t *testing.T) {
	eachPeople(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		ctx := t.Context()
		met := lunch("past", monday.AddDate(0, -1, 0), eve)
		if err := errors.Join(s.Learn(ctx, ada, []parlor.Encounter{met}), s.AddPerson(ctx, ada, kay)); err != nil {
			t.Fatal(err)
		}
		before := must(s.People(ctx, ada))
		if err := errors.Join(s.RemovePerson(ctx, ada, eve), s.RemovePerson(ctx, ada, kay)); err != nil {
			t.Fatal(err)
		}
		if err := s.RemovePerson(ctx, ada, eve); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("removed twice: %v", err)
		}
		if err := s.Learn(ctx, ada, []parlor.Encounter{met}); err != nil { // a full list shows the event again
			t.Fatal(err)
		}
		if left := must(s.People(ctx, ada)); len(left) > 0 || knows(t, s, eve) || knows(t, s, kay) {
			t.Errorf("still known: %+v", left)
		}
		if err := errors.Join(s.RestorePerson(ctx, ada, eve), s.RestorePerson(ctx, ada, kay)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, must(s.People(ctx, ada))); diff != "" {
			t.Errorf("taken back: %s", diff)
		}
		if err := s.RestorePerson(ctx, ada, kay); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("taken back twice: %v", err)
		}
		if err := errors.Join(s.RemovePerson(ctx, ada, eve), s.AddPerson(ctx, ada, eve)); err != nil || !knows(t, s, eve) {
			t.Errorf("put on the list again: %v", err)
		}
		clock.Pass(parlor.Remembered)
		if !knows(t, s, eve) {
			t.Error("whom the person listed was forgotten")
		}
	})
}

func TestPeopleAreForgottenAfterAYear(t *testing.T) {
	eachPeople(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		ctx := t.Context()
		met := []parlor.Encounter{lunch("a", monday.Add(-2*time.Hour), eve), lunch("b", monday.Add(-2*time.Hour), kay)}
		if err := errors.Join(s.Learn(ctx, ada, met), s.RemovePerson(ctx, ada, kay), s.AddPerson(ctx, ada, "@listed.example")); err != nil {
			t.Fatal(err)
		}
		clock.Pass(parlor.Remembered)
		if knows(t, s, eve) {
			t.Error("known after a year")
		}
		clock.Pass(time.Hour)
		if err := s.PurgePeople(ctx, ada); err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]int64{"met": 0, "people": 1, "encounters": 0, "encounters-due": 0} {
			if got := kept(t, s, name); got != want {
				t.Errorf("%s holds %d, want %d", name, got, want)
			}
		}
	})
}

// kept counts what a key of Ada's holds.
func kept(t *testing.T, s *store.Store, name string) int64 {
	t.Helper()
	key, rdb, ctx := "parlor:{"+string(ada)+"}:"+name, s.Client(), t.Context()
	switch must(rdb.Type(ctx, key).Result()) {
	case "hash":
		return must(rdb.HLen(ctx, key).Result())
	case "zset":
		return must(rdb.ZCard(ctx, key).Result())
	}
	return 0
}

func TestPeopleAreBounded(t *testing.T) {
	eachPeople(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		ctx := t.Context()
		var coming []parlor.Encounter
		for i := range 1100 {
			coming = append(coming, lunch(fmt.Sprint(i), monday.Add(time.Duration(i)*time.Hour), fmt.Sprintf("g%d@other.example", i)))
		}
		if err := s.Learn(ctx, ada, coming); err != nil {
			t.Fatal(err)
		}
		if events, due := kept(t, s, "encounters"), kept(t, s, "encounters-due"); events != 1000 || due != 1000 {
			t.Errorf("%d and %d encounters are kept", events, due)
		}
		clock.Pass(1200 * time.Hour)
		if list := must(s.People(ctx, ada)); len(list) != 1000 || kept(t, s, "encounters") != 0 {
			t.Errorf("%d were met, %d events left", len(list), kept(t, s, "encounters"))
		}
		fill := make([]any, 0, 2*store.MaxPeople)
		for i := range store.MaxPeople {
			fill = append(fill, fmt.Sprintf("l%d@listed.example", i), `{"added":1}`)
		}
		if err := s.Client().HSet(ctx, "parlor:{"+string(ada)+"}:people", fill...).Err(); err != nil {
			t.Fatal(err)
		}
		if err := s.AddPerson(ctx, ada, "one@more.example"); !errors.Is(err, parlor.ErrInvalid) {
			t.Errorf("beyond the bound: %v", err)
		}
	})
}

func TestOccurrencesThatWereCalledOffMakeNobodyKnown(t *testing.T) {
	eachPeople(t, func(t *testing.T, s *store.Store, clock *storetest.Clock) {
		ctx, original := t.Context(), monday.Add(time.Hour)
		weekly := lunch("weekly", original, eve)
		weekly.Recurrence = []string{"RRULE:FREQ=WEEKLY"}
		calledOff := lunch("weekly_1", time.Time{})
		calledOff.Series, calledOff.Original = weekly.Event, original
		err := errors.Join(
			s.Learn(ctx, ada, []parlor.Encounter{weekly}), s.Learn(ctx, ada, []parlor.Encounter{calledOff}),
			s.Learn(ctx, ada, []parlor.Encounter{weekly}), // its title changed
		)
		if err != nil {
			t.Fatal(err)
		}
		clock.Pass(3 * time.Hour)
		if knows(t, s, eve) {
			t.Error("met where nobody met")
		}
		clock.Pass(7 * 24 * time.Hour)
		if !knows(t, s, eve) {
			t.Error("a stranger after the second")
		}
	})
}
