package jobs

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

// crowd is a line with so many accounts, each with a calendar that is on, and a clock of its own.
func crowd(t *testing.T, rdb redis.UniversalClient, n int) (*Line, *store.Store, *storetest.Clock, []parlor.AccountID) {
	t.Helper()
	clock := storetest.NewClock(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	st := storetest.Open(t, rdb, clock.Now)
	var ids []parlor.AccountID
	for i := range n {
		who := parlor.Identity{Kind: parlor.KindGoogle, Subject: fmt.Sprint(i), Email: fmt.Sprintf("p%d@example.com", i), EmailVerified: true}
		a, _, err := st.SignIn(t.Context(), who)
		if err == nil {
			err = st.SaveCalendars(t.Context(), a.ID, []store.CalendarState{{Info: parlor.CalendarInfo{ID: "main"}, Service: parlor.KindGoogle, On: true}})
		}
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, a.ID)
	}
	return New(st, nil, Config{}, clock.Now), st, clock, ids
}

func begin(t *testing.T, st *store.Store, after parlor.Policy) {
	t.Helper()
	before, _, err := st.Policy(t.Context())
	rev, errRev := store.PolicyRevision(after)
	err = errors.Join(err, errRev, st.BeginSpread(t.Context(), store.Spread{Revision: rev, Before: before, After: after}))
	if err != nil {
		t.Fatal(err)
	}
}

func save(t *testing.T, st *store.Store, p parlor.Policy) {
	t.Helper()
	_, rev, err := st.Policy(t.Context())
	if err == nil {
		_, err = st.PutPolicy(t.Context(), rev, p)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// turns works until there is no more to do, a second a turn, and says how often it was put off.
func turns(t *testing.T, l *Line, clock *storetest.Clock) int {
	t.Helper()
	for n := range 1000 {
		err := l.spread(t.Context(), nil)
		if err == nil {
			return n
		}
		if !errors.Is(err, parlor.ErrBusy) {
			t.Fatal(err)
		}
		clock.Pass(time.Second)
	}
	t.Fatal("it never ends")
	return 0
}

// asked counts the accounts of which a full pass is owed.
func asked(t *testing.T, st *store.Store, ids []parlor.AccountID) int {
	t.Helper()
	n := 0
	for _, id := range ids {
		c, err := st.Calendar(context.Background(), id, "main")
		if err != nil {
			t.Fatal(err)
		}
		if c.Resync > 0 {
			n++
		}
	}
	return n
}

func footer(text string) parlor.Policy {
	return parlor.Policy{Rules: []parlor.Rule{}, Invitation: parlor.Wording{Footer: text}}
}

func eachRedis(t *testing.T, test func(t *testing.T, rdb redis.UniversalClient)) {
	t.Run("miniredis", func(t *testing.T) { rdb, _ := storetest.Mini(t); test(t, rdb) })
	t.Run("redis", func(t *testing.T) { test(t, storetest.Redis(t)) })
}

func TestAPolicyReachesWhomItTouches(t *testing.T) {
	eachRedis(t, func(t *testing.T, rdb redis.UniversalClient) {
		l, st, clock, ids := crowd(t, rdb, 45)
		_, err := st.UpdateAccount(t.Context(), ids[7], func(a *parlor.Account) { a.Disabled = true })
		if err != nil {
			t.Fatal(err)
		}
		_, tag, err := st.Settings(t.Context(), ids[8])
		if err != nil {
			t.Fatal(err)
		}
		paused := parlor.DefaultSettings()
		paused.Paused = true
		if _, err := st.PutSettings(t.Context(), ids[8], tag, paused); err != nil {
			t.Fatal(err)
		}
		p := footer("Example Ltd")
		begin(t, st, p)
		save(t, st, p)
		if n := turns(t, l, clock); n < 5+2 || n > 12 {
			t.Errorf("took %d turns: nobody may be met before every process knows the policy, and then 20 a second", n)
		}
		sp, err := st.Spread(t.Context())
		if err != nil || sp.Seen != 45 || sp.Touched != 43 || sp.Ended.IsZero() {
			t.Errorf("%+v, %v", sp, err)
		}
		if n := asked(t, st, ids); n != 43 {
			t.Errorf("%d calendars are read anew", n)
		}
		if n := turns(t, l, clock); n != 0 {
			t.Errorf("it went on for %d turns after its end", n)
		}
	})
}

func TestAPolicyThatTouchesNoEventReachesNobody(t *testing.T) {
	eachRedis(t, func(t *testing.T, rdb redis.UniversalClient) {
		l, st, clock, ids := crowd(t, rdb, 3)
		p := parlor.Policy{Rules: []parlor.Rule{{
			For: parlor.Scope{Kind: parlor.ForEveryone}, Rooms: parlor.RoomsUndecided,
			Settings: map[string]parlor.Held{"use_pmi_for_instant": {Value: true, Locked: true}},
		}}}.Tidy()
		begin(t, st, p)
		save(t, st, p)
		turns(t, l, clock)
		if n := asked(t, st, ids); n != 0 {
			t.Errorf("%d calendars are read anew", n)
		}
	})
}

func TestAPolicyThatWasNotStoredReachesNobody(t *testing.T) {
	eachRedis(t, func(t *testing.T, rdb redis.UniversalClient) {
		l, st, clock, ids := crowd(t, rdb, 3)
		begin(t, st, footer("never stored"))
		if n := turns(t, l, clock); n < 60 {
			t.Errorf("given up after %d s", n)
		}
		if n := asked(t, st, ids); n != 0 {
			t.Errorf("%d calendars are read anew", n)
		}
	})
}

// TestWhatOnePolicyHadNotDoneTheNextOneDoes interrupts a spread, once by a policy that is stored and once by one that is not.
func TestWhatOnePolicyHadNotDoneTheNextOneDoes(t *testing.T) {
	for name, stored := range map[string]bool{"stored": true, "not stored": false} {
		t.Run(name, func(t *testing.T) {
			eachRedis(t, func(t *testing.T, rdb redis.UniversalClient) {
				l, st, clock, ids := crowd(t, rdb, 30)
				first := footer("first")
				begin(t, st, first)
				save(t, st, first)
				for range 8 {
					if err := l.spread(t.Context(), nil); !errors.Is(err, parlor.ErrBusy) {
						t.Fatal(err)
					}
					clock.Pass(time.Second)
					if asked(t, st, ids) > 0 {
						break
					}
				}
				if n := asked(t, st, ids); n != spreadPage {
					t.Fatalf("%d met so far", n)
				}
				begin(t, st, parlor.Policy{}.Tidy())
				if stored {
					save(t, st, parlor.Policy{}.Tidy())
				}
				turns(t, l, clock)
				if n := asked(t, st, ids); n != 30 {
					t.Errorf("%d of 30 calendars are read anew", n)
				}
			})
		})
	}
}

func TestSweepPutsAPolicyBackIntoTheQueue(t *testing.T) {
	rdb := storetest.Redis(t)
	l, st, _, _ := crowd(t, rdb, 1)
	begin(t, st, footer("x"))
	if err := l.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := l.inspect.GetTaskInfo(queue, taskSpread); err != nil {
		t.Errorf("not in the queue: %v", err)
	}
	if err := l.Spread(t.Context()); err != nil {
		t.Errorf("once more: %v", err)
	}
}
