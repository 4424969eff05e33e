package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

const (
	weekly = "abcdefghijklmnopqrstuvwx27"
	budget = "zyxwvutsrqponmlkjihgfedc27"
)

// guest is somebody at a sitting, known by a number.
func guest(sitting string, n int, since time.Time) store.Guest {
	return store.Guest{Ticket: store.TicketOf(sitting, fmt.Sprint(n)), Name: fmt.Sprint("Guest ", n), Since: since.UTC()}
}

func TestQueueKeepsItsOrder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
		first, second, other := guest(weekly, 1, monday), guest(weekly, 2, monday.Add(time.Second)), guest(budget, 3, monday.Add(-time.Second))
		for _, g := range []store.Guest{second, first, other, first} {
			if _, err := s.Wait(ctx, ada, g); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff([]store.Guest{other, first, second}, must(s.Waiting(ctx, ada))); diff != "" {
			t.Error(diff)
		}
		if q := must(s.Queue(ctx, ada, 1)); q.Total != 3 || len(q.Guests) != 1 {
			t.Errorf("the beginning of the list: %+v", q)
		}
		if got := must(s.Waiting(ctx, "bobbobbobbobbobb")); len(got) != 0 {
			t.Errorf("at another door: %v", got)
		}
	})
}

func TestDecisions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, func() time.Time { return monday }), t.Context()
		in, away, early, all := guest(weekly, 1, monday), guest(weekly, 2, monday), guest(budget, 3, monday), guest(weekly, 4, monday)
		for _, g := range []store.Guest{in, away, early, all} {
			must(s.Wait(ctx, ada, g))
		}
		if n := must(s.Admit(ctx, ada, weekly, in.Ticket, early.Ticket)); n != 2 {
			t.Errorf("%d were let in", n)
		}
		if n := must(s.Admit(ctx, ada, weekly, in.Ticket)); n != 0 {
			t.Error("who does not wait is let in again")
		}
		must(s.TurnAway(ctx, ada, away.Ticket))
		if n := must(s.AdmitAll(ctx, ada, weekly)); n != 1 {
			t.Errorf("%d of the rest were let in", n)
		}
		want := map[string]store.Decision{in.Ticket: {To: weekly}, away.Ticket: {Away: true}, all.Ticket: {To: weekly}}
		if diff := cmp.Diff(want, must(s.Decisions(ctx, ada, in.Ticket, away.Ticket, all.Ticket, guest(weekly, 9, monday).Ticket))); diff != "" {
			t.Error(diff)
		}
		if n := must(s.Wait(ctx, ada, away, in)); n != 0 || len(must(s.Waiting(ctx, ada))) != 0 {
			t.Error("who was decided about waits again")
		}
		if n := must(s.Wait(ctx, ada, early)); n != 1 {
			t.Error("who was let into another sitting cannot wait for their own")
		}
	})
}

func TestAllAreLetInButNotThoseOfAnotherSitting(t *testing.T) {
	s, ctx := storetest.Open(t, storetest.Redis(t), func() time.Time { return monday }), t.Context()
	var many []store.Guest
	for i := range 1200 {
		many = append(many, guest([]string{weekly, budget}[i%2], i, monday))
	}
	for _, sitting := range []string{weekly, budget} {
		var same []store.Guest
		for _, g := range many {
			if g.Sitting() == sitting {
				same = append(same, g)
			}
		}
		must(s.Wait(ctx, ada, same...))
	}
	if n := must(s.AdmitAll(ctx, ada, weekly)); n != 600 {
		t.Errorf("%d of 600 were let in", n)
	}
	if q := must(s.Queue(ctx, ada, 1)); q.Total != 600 || q.Guests[0].Sitting() != budget {
		t.Errorf("left: %+v", q)
	}
	must(s.Wait(ctx, ada, guest(weekly, 5000, monday)))
	if err := s.LeaveAll(ctx, ada, budget); err != nil {
		t.Fatal(err)
	}
	if q := must(s.Queue(ctx, ada, 1)); q.Total != 1 || q.Guests[0].Sitting() != weekly {
		t.Errorf("after the end: %+v", q)
	}
}

func TestWhoGivesNoSignIsOffTheList(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
		stays, goes, closes := guest(weekly, 1, monday), guest(weekly, 2, monday), guest(weekly, 3, monday)
		must(s.Wait(ctx, ada, stays, goes, closes))
		if err := s.Left(ctx, ada, closes.Ticket); err != nil {
			t.Fatal(err)
		}
		clock.Pass(20 * time.Second)
		if n := must(s.DropLeft(ctx, ada)); n != 1 {
			t.Errorf("%d pages were closed", n)
		}
		lost := must(s.StillWaiting(ctx, ada, stays.Ticket, closes.Ticket))
		if diff := cmp.Diff([]string{closes.Ticket}, lost); diff != "" {
			t.Error(diff)
		}
		clock.Pass(store.GuestLife - 10*time.Second)
		if diff := cmp.Diff([]store.Guest{stays}, must(s.Waiting(ctx, ada))); diff != "" {
			t.Error(diff)
		}
		if err := s.Leave(ctx, ada, stays.Ticket); err != nil || len(must(s.Waiting(ctx, ada))) != 0 {
			t.Errorf("after leaving: %v", err)
		}
	})
}

func TestDoorIsFullOnce(t *testing.T) {
	s, ctx := storetest.Open(t, storetest.Redis(t), func() time.Time { return monday }), t.Context()
	many := make([]store.Guest, store.MaxWaiting+1)
	for i := range many {
		many[i] = guest(weekly, i, monday)
	}
	if _, err := s.Wait(ctx, ada, many...); !errors.Is(err, store.ErrFull) {
		t.Errorf("one too many: %v", err)
	}
	if n, err := s.Wait(ctx, ada, many[0]); err != nil || n != 0 {
		t.Errorf("who waits keeps their place: %d, %v", n, err)
	}
	if q := must(s.Queue(ctx, ada, 1)); q.Total != store.MaxWaiting {
		t.Errorf("%d wait", q.Total)
	}
}

func TestNews(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s := storetest.Open(t, rdb, func() time.Time { return monday })
		ctx, stop := context.WithCancel(t.Context())
		news := s.Listen(ctx, ada)
		if first := <-news; !first.All {
			t.Errorf("the first news: %+v", first)
		}
		g := guest(weekly, 1, monday)
		must(s.Wait(ctx, ada, g))
		must(s.Admit(ctx, ada, weekly, g.Ticket))
		if err := s.Host(ctx, ada, store.Hosting{Name: weekly}); err != nil {
			t.Fatal(err)
		}
		for _, want := range []store.News{{}, {Tickets: []string{g.Ticket}}, {All: true}} {
			if diff := cmp.Diff(want, <-news); diff != "" {
				t.Error(diff)
			}
		}
		stop()
		if _, open := <-news; open {
			t.Error("news after the end")
		}
	})
}
