package connect_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"parlor/internal/parlor"
)

// session is one that takes place in a meeting of its own.
func session(ends time.Time) parlor.Session {
	return parlor.Session{Name: "abcdefghijklmnopqrstuvwx27", Number: "12345678901", Topic: "Review", Ends: ends, OneTime: true}
}

// ready is a studio whose person has connected Zoom.
func ready(t *testing.T) *studio {
	t.Helper()
	s := newStudio(t)
	if _, err := s.connect(s.account, "ada@zoom.example"); err != nil {
		t.Fatal(err)
	}
	s.zoom.ResetCalls()
	return s
}

func (s *studio) enter(v parlor.Session) string {
	s.t.Helper()
	to, err := s.Enter(s.t.Context(), s.account, v, parlor.Person{})
	if err != nil {
		s.t.Fatal(err)
	}
	return to.String()
}

func (s *studio) made() int { return s.zoom.Count("POST", "/v2/users/me/meetings") }

func TestAOneTimeMeetingIsMadeOnceForAllWhoEnter(t *testing.T) {
	s := ready(t)
	v := session(monday.Add(time.Hour))
	seen := make([]string, 6)
	var all sync.WaitGroup
	for i := range seen {
		all.Go(func() { seen[i] = s.enter(v) })
	}
	all.Wait()
	for _, to := range seen {
		if to != seen[0] || !strings.HasPrefix(to, s.at+"/j/8") {
			t.Errorf("%s, and %s", to, seen[0])
		}
	}
	if s.made() != 1 {
		t.Errorf("%d meetings were made", s.made())
	}
	known, err := s.store.Sitting(t.Context(), v.Name)
	if err != nil || known.Address != seen[0] || known.Ref == "" || !known.Until.Equal(v.Ends) || known.Number != v.Number {
		t.Errorf("%+v %v", known, err)
	}
	v.Name = "zyxwvutsrqponmlkjihgfedc27" // the next week's
	if other := s.enter(v); other == seen[0] {
		t.Error("another session is at the same address")
	}
}

func TestTheRoomIsEnteredWithoutAskingZoom(t *testing.T) {
	s := ready(t)
	v := session(time.Time{})
	v.OneTime, v.Address = false, s.at+"/j/2345678901?pwd=x"
	s.zoom.Revoke("ada@zoom.example") // nor is the grant needed
	if to := s.enter(v); to != v.Address || len(s.zoom.Calls()) != 0 {
		t.Errorf("%s, %d calls", to, len(s.zoom.Calls()))
	}
}

func TestAMeetingThatWasDeletedAtZoomIsMadeAnew(t *testing.T) {
	s := ready(t)
	v := session(monday.Add(time.Hour))
	first := s.enter(v)
	known, err := s.store.Sitting(t.Context(), v.Name)
	if err != nil {
		t.Fatal(err)
	}
	s.zoom.Forget(known.Ref)
	v.Host = true
	second := s.enter(v)
	v.Host = false
	if second == first || s.enter(v) != second || s.made() != 2 {
		t.Errorf("%s then %s, %d made", first, second, s.made())
	}
}

func TestWhatKeepsPeopleOut(t *testing.T) {
	unconnected := newStudio(t)
	if to, err := unconnected.Enter(t.Context(), unconnected.account, session(monday), parlor.Person{}); !errors.Is(err, parlor.ErrRoomUnavailable) {
		t.Errorf("not connected: %v %v", to, err)
	}
	s := ready(t)
	s.zoom.SpendDay("ada@zoom.example", 0)
	_, err := s.Enter(t.Context(), s.account, session(monday.Add(time.Hour)), parlor.Person{})
	if throttled, ok := errors.AsType[*parlor.ThrottledError](err); !ok || throttled.After != 15*time.Hour {
		t.Errorf("the day is used up: %v", err)
	}
	s.clock.Pass(15 * time.Hour)
	if to := s.enter(session(monday.Add(16 * time.Hour))); to == "" {
		t.Error("the next day")
	}
	s.zoom.Revoke("ada@zoom.example")
	v := session(monday.Add(16 * time.Hour))
	v.Name = "zyxwvutsrqponmlkjihgfedc27"
	if to, err := s.Enter(t.Context(), s.account, v, parlor.Person{}); !errors.Is(err, parlor.ErrRoomUnavailable) {
		t.Errorf("revoked: %v %v", to, err)
	}
}
