package syncer_test

import (
	"errors"
	"testing"
	"time"

	"parlor/internal/parlor"
)

// pushless is a service that tells nothing by itself, and that lists what is changed in a series with it.
func pushless(s *parlor.Service) { s.Hear = nil }

func TestAServiceWithoutPushesIsNotWatched(t *testing.T) {
	r := newRig(t, pushless)
	if calls, missed := r.watch(); calls != nil || missed {
		t.Errorf("%v, %t", calls, missed)
	}
}

func TestAFailingServerIsLeftAloneForLonger(t *testing.T) {
	r := newRig(t, pushless)
	r.pass()
	r.book.fail = errors.New("no route to host")
	var waits []time.Duration
	for range 4 {
		r.clock.Pass(10 * time.Minute)
		_, err := r.Run(t.Context(), r.acct, work)
		if err == nil {
			t.Fatal("a list that fails is no pass")
		}
		if wait, asked := errors.AsType[*parlor.ThrottledError](err); asked {
			t.Fatalf("told to wait %s", wait.After)
		}
		waits = append(waits, r.state().NextTry.Sub(r.clock.Now()))
		if _, err := r.Run(t.Context(), r.acct, work); !waiting(err) {
			t.Errorf("asked again at once: %v", err)
		}
	}
	for i, want := range []time.Duration{150 * time.Second, 5 * time.Minute, 450 * time.Second, 10 * time.Minute} {
		if waits[i] != want {
			t.Errorf("waits %v; the one at %d should be %s", waits, i, want)
		}
	}
	r.clock.Pass(time.Hour)
	r.book.fail = nil
	r.pass()
	if next := r.state().NextTry; !next.IsZero() {
		t.Errorf("well again, and waits until %s", next)
	}
}

func waiting(err error) bool {
	_, ok := errors.AsType[*parlor.ThrottledError](err)
	return ok
}

func TestABrokenEventIsToldAndKeepsItsMeeting(t *testing.T) {
	r := newRig(t, pushless)
	r.book.put(r.event("e1", "Planning #meet"))
	r.pass()
	was := r.meeting("e1")
	bad := parlor.Event{Ref: was.Event, Broken: true, Ordinary: true, Title: "Planning #meet"}
	for range 2 {
		r.book.put(bad)
		r.same("broken", r.pass(), nil)
	}
	r.same("told once", r.told(), []string{"keep broken", "inject keyword"})
	if now := r.meeting("e1"); now.State != was.State || !now.Start.Time.Equal(was.Start.Time) {
		t.Errorf("the meeting became %+v", now)
	}
	if _, err := r.ask("e1", true); err == nil {
		t.Error("a link was put into it because the person asked")
	}
}

func TestOccurrencesThatCameAlongNeedNoFullList(t *testing.T) {
	r := newRig(t, pushless)
	r.pass()
	e := r.event("s1", "Weekly #meet")
	e.Recurrence, e.Created, e.Exceptions = []string{"RRULE:FREQ=WEEKLY;COUNT=6"}, r.clock.Now().Add(-24*time.Hour), &[]time.Time{}
	r.book.put(e)
	report, err := r.Run(t.Context(), r.acct, work)
	r.must(err)
	if report.Written != 1 || report.Again {
		t.Errorf("%+v", report)
	}
}
