package syncer_test

import (
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
)

const (
	eve     = "eve@other.example"
	unmet   = "Guests wait in the waiting room, because eve@other.example has not met you here before."
	instead = "A one-time number, because eve@other.example has not met you here before."
)

// guarded is a rig whose person schedules in the room, with a rule about unfamiliar guests.
func guarded(t *testing.T, rule parlor.GuardRule) *rig {
	t.Helper()
	r := newRig(t)
	r.settings(func(s *parlor.Settings) { s.UsePMIForScheduled, s.Guard.Unfamiliar = true, rule })
	return r
}

func (r *rig) waits(id, want string) {
	r.t.Helper()
	got := ""
	if m := r.meeting(id); m.Waits != nil {
		got = m.Waits.Text
	}
	if got != want {
		r.t.Errorf("%s: %q, want %q", id, got, want)
	}
}

func (r *rig) kind(id string, want parlor.MeetingKind, why string) {
	r.t.Helper()
	if m := r.meeting(id); m.Kind != want || m.Why.Text != why {
		r.t.Errorf("%s is %s: %q, want %s: %q", id, m.Kind, m.Why.Text, want, why)
	}
}

func (r *rig) activity() []string {
	r.t.Helper()
	entries, _, err := r.st.Activity(r.t.Context(), r.acct, "", 100)
	r.must(err)
	var texts []string
	for _, e := range entries {
		texts = append(texts, e.Text)
	}
	return texts
}

func TestAStrangerWaits(t *testing.T) {
	r := guarded(t, parlor.GuardWaitingRoom)
	r.book.put(r.event("e1", "Talk #meet", "bob@example.com", eve), r.event("e2", "Team #meet", "bob@example.com"))
	second := r.book.kept["e2"]
	second.Start.Time, second.End.Time = second.Start.Time.AddDate(0, 0, 1), second.End.Time.AddDate(0, 0, 1)
	r.book.put(second)
	r.pass()
	r.kind("e1", parlor.InRoom, parlor.ReasonRoomBySetting.Text)
	r.waits("e1", unmet)
	r.waits("e2", "")
	if told := r.activity(); !strings.Contains(strings.Join(told, "\n"), unmet) {
		t.Errorf("told %q", told)
	}
}

func TestAStrangerGetsAOneTimeNumber(t *testing.T) {
	r := guarded(t, parlor.GuardOneTime)
	r.book.put(r.event("e1", "Talk #meet", eve))
	r.pass()
	r.kind("e1", parlor.OneTime, instead)
	r.waits("e1", "")
}

func TestAStrangerIsAllowed(t *testing.T) {
	r := guarded(t, parlor.GuardAllow)
	r.book.put(r.event("e1", "Talk #meet", eve))
	r.pass()
	r.kind("e1", parlor.InRoom, parlor.ReasonRoomBySetting.Text)
	r.waits("e1", "")
}

func TestWhoWaitsFollowsTheGuests(t *testing.T) {
	for _, rule := range []parlor.GuardRule{parlor.GuardWaitingRoom, parlor.GuardOneTime} {
		t.Run(string(rule), func(t *testing.T) {
			r := guarded(t, rule)
			r.book.put(r.event("e1", "Talk #meet", "bob@example.com"))
			r.pass()
			r.waits("e1", "")
			e := r.book.kept["e1"]
			e.Attendees = append(e.Attendees, parlor.Person{Email: eve})
			r.book.put(e)
			r.pass()
			r.kind("e1", parlor.InRoom, parlor.ReasonRoomBySetting.Text)
			r.waits("e1", unmet)
			if told := r.activity(); told[0] != unmet {
				t.Errorf("told %q", told)
			}
			e = r.book.kept["e1"]
			e.Attendees = e.Attendees[:1]
			r.book.put(e)
			r.pass()
			r.waits("e1", "")
		})
	}
}

func TestTheKindIsDecidedOnce(t *testing.T) {
	r := guarded(t, parlor.GuardOneTime)
	r.book.put(r.event("e1", "Talk #meet", eve))
	r.pass()
	e := r.book.kept["e1"]
	e.Attendees, e.Title = nil, "Talk, just us #meet"
	r.book.put(e)
	r.pass()
	r.kind("e1", parlor.OneTime, instead)
}

func TestWhoCameToAMeetingIsKnown(t *testing.T) {
	r := guarded(t, parlor.GuardWaitingRoom)
	r.book.put(r.event("e1", "First #meet", eve))
	r.pass()
	r.waits("e1", unmet)
	r.clock.Pass(24*time.Hour + 30*time.Minute)
	r.book.put(r.event("e2", "While it lasts #meet", eve))
	r.pass()
	r.waits("e2", unmet)
	r.clock.Pass(time.Hour)
	r.book.put(r.event("e3", "Afterwards #meet", eve))
	r.pass()
	r.waits("e3", "")
}

func TestAnInvitationFromAStrangerMakesNobodyKnown(t *testing.T) {
	r := guarded(t, parlor.GuardWaitingRoom)
	past := r.event("e1", "An offer", "ada@example.com")
	past.Organizer, past.Creator = parlor.Person{Email: eve}, parlor.Person{Email: eve}
	past.Start.Time, past.End.Time = monday.Add(-2*time.Hour), monday.Add(-time.Hour)
	r.book.put(past, r.event("e2", "Talk #meet", eve))
	r.pass()
	r.waits("e2", unmet)
}

func TestPastEventsOfAListMakeKnown(t *testing.T) {
	r := guarded(t, parlor.GuardWaitingRoom)
	past := r.event("e1", "Lunch", eve)
	past.Start.Time, past.End.Time = monday.Add(-2*time.Hour), monday.Add(-time.Hour)
	r.book.put(r.event("e2", "Talk #meet", eve), past)
	r.pass()
	r.waits("e2", "")
}

func TestAGuestOfOneOccurrenceWaitsThere(t *testing.T) {
	r := guarded(t, parlor.GuardWaitingRoom)
	weekly := r.event("s", "Weekly #meet", "bob@example.com")
	weekly.Recurrence = []string{"RRULE:FREQ=WEEKLY"}
	r.book.put(weekly)
	r.pass()
	weekly = r.book.kept["s"]
	second := weekly
	second.Ref.ID, second.SeriesID, second.Recurrence = "s_2", "s", nil
	second.Start.Time, second.End.Time = weekly.Start.Time.AddDate(0, 0, 7), weekly.End.Time.AddDate(0, 0, 7)
	second.OriginalStart = second.Start
	second.Attendees = append(second.Attendees, parlor.Person{Email: eve})
	r.book.put(second)
	r.pass()
	m := r.meeting("s")
	slot := parlor.Slot{Start: second.Start.Time}
	if got := m.WaitsAt(slot); got == nil || got.Text != unmet {
		t.Errorf("at the occurrence: %+v", got)
	}
	if got := m.WaitsAt(parlor.Slot{Start: weekly.Start.Time}); got != nil {
		t.Errorf("at another one: %+v", got)
	}
}

func TestAskingForTheRoomAsksTheGuard(t *testing.T) {
	r := guarded(t, parlor.GuardOneTime)
	r.book.put(r.event("e1", "Talk", eve))
	yes, no := true, false
	_, err := r.Ask(t.Context(), r.acct, parlor.EventRef{Calendar: work, ID: "e1"}, &no)
	r.must(err)
	m, err := r.Ask(t.Context(), r.acct, parlor.EventRef{Calendar: work, ID: "e1"}, &yes)
	r.must(err)
	if m.Kind != parlor.OneTime || m.Why.Text != instead {
		t.Errorf("%s: %s", m.Kind, m.Why.Text)
	}
	r.must(r.st.AddPerson(t.Context(), r.acct, eve))
	m, err = r.Ask(t.Context(), r.acct, parlor.EventRef{Calendar: work, ID: "e1"}, &yes)
	r.must(err)
	if m.Kind != parlor.InRoom || m.Waits != nil {
		t.Errorf("once she is known: %s, waits %v", m.Kind, m.Waits)
	}
}
