package parlor

import (
	"strings"
	"testing"
	"time"
)

func TestFollow(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	ours := Room{PMI: "2345678901", Passcode: "Engine12", PasscodeVersion: 3, Status: RoomReady}
	const at = "https://us02web.zoom.us/j/2468135790?pwd=a"
	theirs := Room{PMI: "2468135790", PersonalLink: "ada.lovelace", Address: at, Status: RoomReady}
	first, changed := ours.Follow(theirs, now)
	if !changed || first.PMI != theirs.PMI || first.PersonalLink != theirs.PersonalLink || first.Address != at || first.PasscodeVersion != 3 {
		t.Fatalf("%t %+v", changed, first)
	}
	if len(first.Former) != 1 || first.Former[0].PMI != ours.PMI || !first.QuietUntil.After(now) || first.Undoable(now) {
		t.Errorf("what was before leads nowhere, guests are mailed, or it can be undone: %+v", first)
	}
	if !ours.Awaited() || first.Awaited() || first.Changed.What != PartTold {
		t.Errorf("a number that was awaited has come: %+v", first.Changed)
	}
	if off, _ := ours.Follow(Room{Status: RoomUnavailable}, now); !off.Awaited() {
		t.Error("a room that was never read is no longer awaited")
	}
	if off, _ := first.Follow(Room{Status: RoomUnavailable}, now); off.Awaited() {
		t.Error("a room that worked and is off now has lost its number")
	}
	if again, _ := first.Follow(Room{PMI: "2468135791", Address: at, Status: RoomReady}, now); again.Changed.What == PartTold {
		t.Error("a number that was changed there later counts as the first one")
	}
	old := Room{PMI: theirs.PMI, PersonalLink: theirs.PersonalLink, Address: at, Status: RoomReady} // stored by an earlier version
	if off, _ := old.Follow(Room{Status: RoomUnavailable}, now); off.Awaited() {
		t.Error("a room of an earlier version that is off now has lost its number")
	}
	for name, tt := range map[string]struct {
		is      Room
		changed bool
		want    func(Room) bool
	}{
		"nothing new":                  {theirs, false, func(r Room) bool { return r.PMI == theirs.PMI && len(r.Former) == 1 }},
		"another passcode there":       {Room{PMI: theirs.PMI, Address: at + "b", Status: RoomReady}, true, func(r Room) bool { return r.Address == at+"b" && len(r.Former) == 1 }},
		"switched off":                 {Room{Status: RoomUnavailable}, true, func(r Room) bool { return r.Status == RoomUnavailable && r.PMI == theirs.PMI && r.Address == "" }},
		"a video system without rooms": {Room{Status: RoomReady}, true, func(r Room) bool { return r.PMI == theirs.PMI && r.Address == "" }},
		"its link in invitations":      {Room{PMI: theirs.PMI, Address: at, Direct: "Zoom", Status: RoomReady}, true, func(r Room) bool { return r.Direct == "Zoom" }},
		"a name that is none here":     {Room{PMI: theirs.PMI, PersonalLink: "x/y", Address: at, Status: RoomReady}, false, func(r Room) bool { return r.PersonalLink == "ada.lovelace" }},
	} {
		if got, changed := first.Follow(tt.is, now); changed != tt.changed || !tt.want(got) {
			t.Errorf("%s: %t %+v", name, changed, got)
		}
	}
}

func TestTheVideoSystemsOwnLinkInAnInvitation(t *testing.T) {
	const origin, at = "https://rooms.example.com", "https://us02web.zoom.us/j/2468135790?pwd=a"
	r := Room{PMI: "2468135790", PasscodeVersion: 1, Secret: []byte("secret"), Address: at, Direct: "Zoom"}
	m := Meeting{Number: "12345678901", Kind: InRoom}
	b := Render(m, r, origin, Wording{}, true)
	if b.Lines[1] != b.Link || b.Lines[3] != addedMark+" Zoom: "+at || !strings.HasPrefix(b.Link, origin) {
		t.Errorf("%q", b.Lines)
	}
	for what, lines := range map[string][]string{
		"without the key":        Render(m, r, origin, Wording{}, false).Lines,
		"one-time":               Render(Meeting{Number: "12345678901", Kind: OneTime}, r, origin, Wording{}, true).Lines,
		"the door's links alone": Render(m, Room{PMI: r.PMI, Secret: r.Secret, Address: at}, origin, Wording{}, true).Lines,
	} {
		if strings.Contains(strings.Join(lines, "\n"), "zoom.us") {
			t.Errorf("%s: %q", what, lines)
		}
	}
	for _, f := range []Format{Text, HTML} {
		body := Insert("Agenda", f, b, false)
		if _, link, ok := Find(body, origin); !ok || link.Number != m.Number || !b.Fresh(body, origin) || Strip(body, origin) != "Agenda" {
			t.Errorf("%s is not found again: %s", f, body)
		}
	}
	ahead := Ahead(InRoom, r, Wording{}, true)
	if ahead.Lines[1] != "(Your join link will be here.)" || ahead.Link != "" {
		t.Errorf("%q", ahead.Lines)
	}
}

// TestADeadLinkOfTheVideoSystem: where events mail their guests, one is rewritten only when nothing leads on from its text.
func TestADeadLinkOfTheVideoSystem(t *testing.T) {
	const origin, at = "https://rooms.example.com", "https://us02web.zoom.us/j/2468135790?pwd=a&x=1"
	before := Room{PMI: "2468135790", PasscodeVersion: 1, Secret: []byte("secret"), Address: at, Direct: "Zoom", Status: RoomReady}
	m := Meeting{Number: "12345678901", Kind: InRoom, State: Scheduled, Trigger: ByAlways}
	for _, f := range []Format{Text, HTML} {
		b := Render(m, before, origin, Wording{}, true)
		event := Event{Ordinary: true, Editable: true, Body: Insert("Agenda", f, b, false), Format: f, Attendees: []Person{{Email: "eve@example.com"}}}
		event.Start.Time, event.End.Time = time.Unix(2e9, 0), time.Unix(2e9+3600, 0)
		event.Organizer.Self = true
		m.Written = b.Hash()
		decide := func(r Room) Verb {
			s := DefaultSettings()
			s.AutoAdd = AddAlways
			return Decide(Case{Event: event, Settings: s, Room: r, Origin: origin, Now: time.Unix(1e9, 0), Meeting: &m, Mails: true}).Do
		}
		after := before
		after.Address = "https://us02web.zoom.us/j/2468135790?pwd=b"
		if got := decide(before); got != Keep {
			t.Errorf("%s: what is right is touched: %s", f, got)
		}
		if got := decide(after); got != Refresh {
			t.Errorf("%s: a dead link stays: %s", f, got)
		}
		door := after
		door.Direct = ""
		if got := decide(door); got != Keep {
			t.Errorf("%s: a link that works makes mail: %s", f, got)
		}
	}
}
