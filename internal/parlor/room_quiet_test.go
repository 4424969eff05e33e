package parlor

import (
	"testing"
	"time"
)

// TestDecideAfterTheRoomChanged: what becomes of an event whose link is that of before.
func TestDecideAfterTheRoomChanged(t *testing.T) {
	bob := Person{Email: "bob@elsewhere.example"}
	moved, rotated := RoomChange{PMI: ptr("4815162342")}, RoomChange{Passcode: ptr("another")}
	quietly := func(c RoomChange) RoomChange { c.Quietly = true; return c }
	for name, c := range map[string]struct {
		change RoomChange
		mails  bool
		guests []Person
		wait   time.Duration
		want   Verb
		code   string
	}{
		"no mails":                   {moved, false, []Person{bob}, 0, Refresh, "stale"},
		"no mails, quietly":          {quietly(moved), false, []Person{bob}, 0, Refresh, "stale"},
		"mails":                      {moved, true, []Person{bob}, 0, Refresh, "stale"},
		"mails, quietly":             {quietly(moved), true, []Person{bob}, 0, Keep, "kept_unmailed"},
		"mails, passcode":            {rotated, true, []Person{bob}, 0, Refresh, "stale"},
		"mails, passcode, quietly":   {quietly(rotated), true, []Person{bob}, 0, Keep, "kept_unmailed"},
		"mails nobody, quietly":      {quietly(moved), true, nil, 0, Refresh, "stale"},
		"mails, quietly, grace over": {quietly(moved), true, []Person{bob}, 15 * 24 * time.Hour, Refresh, "stale"},
	} {
		e := injected(func(e *Case) {
			e.Mails, e.Event.Attendees = c.mails, c.guests
			e.Event.Start.Time, e.Event.End.Time = testNow.AddDate(0, 0, 30), testNow.AddDate(0, 0, 30).Add(time.Hour)
			e.Meeting.Start, e.Meeting.End = e.Event.Start, e.Event.End
			e.Room, _ = e.Room.With(c.change, testNow)
			e.Now = testNow.Add(c.wait)
		})
		got := Decide(e)
		if got.Do != c.want || got.Why.Code != c.code {
			t.Errorf("%s: %s (%s), want %s (%s)", name, got.Do, got.Why.Code, c.want, c.code)
		}
	}
}

func TestDecideWhenMeetingsFollowASetting(t *testing.T) {
	bob := Person{Email: "bob@elsewhere.example"}
	for name, c := range map[string]struct {
		quietly bool
		want    Verb
	}{"with mails": {false, Refresh}, "quietly": {true, Keep}} {
		e := injected(func(e *Case) {
			e.Mails, e.Event.Attendees = true, []Person{bob}
			e.Room = e.Room.WithApplying(false, c.quietly, testNow)
			e.Meeting.Kind = OneTime
		})
		if got := Decide(e); got.Do != c.want {
			t.Errorf("%s: %s (%s), want %s", name, got.Do, got.Why.Code, c.want)
		}
	}
}

func TestDecideWhenTheRoomIsSwitchedOff(t *testing.T) {
	e := injected(func(e *Case) { e.Room.Status = RoomUnavailable })
	if got := Decide(e); got.Do != Refresh || got.Why.Code != "room_unavailable" {
		t.Errorf("in the room: %s (%s)", got.Do, got.Why.Code)
	}
	e.Settings.Paused = true
	if got := Decide(e); got.Do != Keep {
		t.Errorf("paused: %s (%s)", got.Do, got.Why.Code)
	}
	e = injected(func(e *Case) {
		e.Room.Status, e.Meeting.Kind = RoomUnavailable, OneTime
		patch, block := Compose(*e, *e.Meeting)
		e.Event.Body, e.Event.Location, e.Meeting.Written = *patch.Body, *patch.Location, block.Hash()
	})
	if got := Decide(e); got.Do != Keep {
		t.Errorf("with a number of its own: %s (%s)", got.Do, got.Why.Code)
	}
}
