package store_test

import (
	"errors"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

func TestClaimMeeting(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		m, rev, err := s.ClaimMeeting(ctx, ada, 0, single("e1", time.Hour))
		if err != nil || rev != 1 || !regexp.MustCompile(`^[1-9][0-9]{10}$`).MatchString(m.Number) || !m.Created.Equal(monday) {
			t.Fatalf("%+v, revision %d, %v", m, rev, err)
		}
		for name, read := range map[string]func() (parlor.Meeting, error){
			"by number": func() (parlor.Meeting, error) { return s.Meeting(ctx, ada, m.Number) },
			"by event":  func() (parlor.Meeting, error) { return s.MeetingByEvent(ctx, ada, m.Event) },
		} {
			got, err := read()
			if diff := cmp.Diff(m, got); err != nil || diff != "" {
				t.Errorf("%s: %v %s", name, err, diff)
			}
		}
		if id, err := s.AccountByNumber(ctx, m.Number); err != nil || id != ada {
			t.Errorf("the number belongs to %q, %v", id, err)
		}
		existing, _, err := s.ClaimMeeting(ctx, ada, rev, single("e1", time.Hour))
		if !errors.Is(err, parlor.ErrTaken) || existing.Number != m.Number {
			t.Errorf("a second meeting for one event: %s, %v", existing.Number, err)
		}
		if again, same, err := s.ClaimMeeting(ctx, ada, 0, m); err != nil || same != rev || again.Number != m.Number {
			t.Errorf("the same claim again: revision %d, %v", same, err)
		}
		if n := claimed(t, rdb, "parlor:omn:"); n != 1 {
			t.Errorf("%d numbers stay claimed", n)
		}
	})
}

func TestOneSlotIsClaimedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		_, rev, err := s.Agenda(ctx, ada)
		if err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		won := 0
		together(20, func(i int) {
			_, newer, err := s.ClaimMeeting(ctx, ada, rev, single(string(rune('a'+i)), time.Hour))
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				won++
			case !errors.Is(err, parlor.ErrStale) || newer != rev+1:
				t.Errorf("revision %d, %v", newer, err)
			}
		})
		agenda, newer, err := s.Agenda(ctx, ada)
		if err != nil || won != 1 || len(agenda) != 1 || newer != rev+1 {
			t.Errorf("%d won, agenda of %d at %d, %v", won, len(agenda), newer, err)
		}
		if n := claimed(t, rdb, "parlor:omn:"); n != 1 {
			t.Errorf("%d numbers stay claimed", n)
		}
	})
}

func TestOneTimeMeetingsNeedNoRevision(t *testing.T) {
	s := storetest.Open(t, storetest.Redis(t), storetest.NewClock(monday).Now)
	ctx := t.Context()
	m := single("e1", time.Hour)
	m.Kind = parlor.OneTime
	if _, rev, err := s.ClaimMeeting(ctx, ada, 99, m); err != nil || rev != 0 {
		t.Errorf("revision %d, %v", rev, err)
	}
	if agenda := must2(s.Agenda(ctx, ada)); len(agenda) != 0 {
		t.Errorf("it occupies the room: %v", agenda)
	}
}

func TestAgendaFollowsTheMeeting(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		m, rev, err := s.ClaimMeeting(ctx, ada, 0, single("e1", time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		past := single("e0", -3*time.Hour)
		if _, rev, err = s.ClaimMeeting(ctx, ada, rev, past); err != nil {
			t.Fatal(err)
		}
		if agenda := must2(s.Agenda(ctx, ada)); len(agenda) != 1 || agenda[0].Number != m.Number {
			t.Errorf("agenda %v", agenda)
		}
		m.State = parlor.MeetingCancelled
		newer, err := s.UpdateMeeting(ctx, ada, -1, m)
		if err != nil || newer != rev+1 {
			t.Errorf("leaving the room: revision %d after %d, %v", newer, rev, err)
		}
		if agenda := must2(s.Agenda(ctx, ada)); len(agenda) != 0 {
			t.Errorf("a cancelled meeting occupies the room: %v", agenda)
		}
		m.State = parlor.Scheduled
		if _, err := s.UpdateMeeting(ctx, ada, rev, m); !errors.Is(err, parlor.ErrStale) {
			t.Errorf("coming back with an old revision: %v", err)
		}
		if _, err := s.UpdateMeeting(ctx, ada, newer, m); err != nil {
			t.Errorf("coming back: %v", err)
		}
		m.Number = "99999999999"
		m.Event.ID = "e9"
		if _, err := s.UpdateMeeting(ctx, ada, newer+1, m); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("a meeting that is not there: %v", err)
		}
	})
}

func TestMeetingMovesToAnotherEvent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		unbound := single("", time.Hour)
		m, rev, err := s.ClaimMeeting(ctx, ada, 0, unbound)
		if err != nil {
			t.Fatal(err)
		}
		key := "parlor:{" + string(ada) + "}:meeting:" + m.Number
		if life := rdb.TTL(ctx, key).Val(); life <= 0 || life > 24*time.Hour {
			t.Errorf("an invitation that was never saved lives %s", life)
		}
		for _, event := range []string{"e1", "e2"} {
			m.Event = parlor.EventRef{Calendar: "c", ID: event}
			if rev, err = s.UpdateMeeting(ctx, ada, rev, m); err != nil {
				t.Fatal(err)
			}
		}
		if life := rdb.TTL(ctx, key).Val(); life != -1 {
			t.Errorf("a bound meeting lives %s", life)
		}
		if _, err := s.MeetingByEvent(ctx, ada, parlor.EventRef{Calendar: "c", ID: "e1"}); !errors.Is(err, parlor.ErrNotFound) {
			t.Errorf("the old event still finds it: %v", err)
		}
		if got, err := s.MeetingByEvent(ctx, ada, m.Event); err != nil || got.Number != m.Number {
			t.Errorf("the new event finds %q, %v", got.Number, err)
		}
		other, rev, err := s.ClaimMeeting(ctx, ada, rev, single("e3", 5*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		other.Event = m.Event
		if _, err := s.UpdateMeeting(ctx, ada, rev, other); !errors.Is(err, parlor.ErrTaken) {
			t.Errorf("two meetings for one event: %v", err)
		}
	})
}

func TestMeetingNeverLosesItsEvent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, storetest.NewClock(monday).Now), t.Context()
		m, rev, err := s.ClaimMeeting(ctx, ada, 0, single("", time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		bound := m
		bound.Event = parlor.EventRef{Calendar: "c", ID: "e1"}
		if rev, err = s.UpdateMeeting(ctx, ada, rev, bound); err != nil {
			t.Fatal(err)
		}
		if _, err := s.UpdateMeeting(ctx, ada, rev, m); !errors.Is(err, parlor.ErrTaken) {
			t.Errorf("what was read before it was bound: %v", err)
		}
		if got, err := s.MeetingByEvent(ctx, ada, bound.Event); err != nil || got.Number != m.Number {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

func TestClaimGivenNumber(t *testing.T) {
	rdb := storetest.Redis(t)
	s := storetest.Open(t, rdb, storetest.NewClock(monday).Now)
	ctx := t.Context()
	m := single("e1", time.Hour)
	m.Number = "12345678901"
	if _, _, err := s.ClaimMeeting(ctx, ada, 0, m); err != nil {
		t.Fatal(err)
	}
	if err := s.PurgeMeetings(ctx, ada, monday.Add(40*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.ClaimMeeting(ctx, ada, 2, m); err != nil {
		t.Errorf("a number of one's own that was retired: %v", err)
	}
	if life := rdb.TTL(ctx, "parlor:omn:"+m.Number).Val(); life != -1 {
		t.Errorf("it is retired again in %s", life)
	}
	if _, _, err := s.ClaimMeeting(ctx, "bobbobbobbobbobb", 0, m); !errors.Is(err, parlor.ErrTaken) {
		t.Errorf("somebody else's number: %v", err)
	}
}

// single is a meeting of one hour in the room, so long after monday; without an event id it is unbound.
func single(event string, after time.Duration) parlor.Meeting {
	at := func(d time.Duration) parlor.Moment { return parlor.Moment{Time: monday.Add(d), Zone: "Europe/London"} }
	m := parlor.Meeting{
		Kind: parlor.InRoom, State: parlor.Scheduled, Service: parlor.KindGoogle, Title: "Talk", Start: at(after), End: at(after + time.Hour),
	}
	if event != "" {
		m.Event = parlor.EventRef{Calendar: "c", ID: event}
	}
	return m
}

func must2[T, U any](v T, _ U, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
