package door

import (
	"time"

	"parlor/internal/parlor"
)

const (
	overrun   = time.Hour        // how long after its end a meeting still lets people back in
	early     = 15 * time.Minute // how long before its start an occurrence takes over from the one that overruns
	lookAhead = 366 * 24 * time.Hour
	lookBack  = 31 * 24 * time.Hour // a meeting may have begun that long ago
	dayBegins = 4 * time.Hour       // when the bare room begins a new sitting, after midnight at the host's
)

// closed is why nobody can go in; "" when somebody can.
type closed string

const (
	cancelled closed = "cancelled"
	removed   closed = "removed"
	over      closed = "over"
)

// sitting finds which use of the room a link is for now. The bare room has one a day.
func (p place) sitting(link parlor.Link, now time.Time) (parlor.Slot, closed) {
	switch {
	case p.meeting.Number == "" && p.expectsMeeting(link):
		return parlor.Slot{}, over
	case p.meeting.Number == "":
		return parlor.Slot{Start: p.roomDay(now)}, ""
	case p.meeting.State == parlor.MeetingCancelled:
		return parlor.Slot{}, cancelled
	case p.meeting.State == parlor.LinkRemoved:
		return parlor.Slot{}, removed
	}
	return current(p.meeting.Slots(now.Add(-lookBack), now.Add(lookAhead)), now)
}

// expectsMeeting tells a link that Parlor made for one meeting from a bare one. Any text may stand in a foreign omn.
func (p place) expectsMeeting(link parlor.Link) bool {
	ours := link.Number != "" && p.room.TokenValid(link.Token, link.ID, link.Number)
	return len(link.ID) == oneTimeDigits || ours
}

// current is the slot that is on, still overrunning, or next.
func current(slots []parlor.Slot, now time.Time) (parlor.Slot, closed) {
	var last parlor.Slot
	for _, slot := range slots {
		if slot.End.After(now) {
			if !last.End.IsZero() && slot.Start.Add(-early).After(now) {
				return last, ""
			}
			return slot, ""
		}
		if slot.End.Add(overrun).After(now) {
			last = slot
		}
	}
	if last.End.IsZero() {
		return parlor.Slot{}, over
	}
	return last, ""
}

func (p place) roomDay(now time.Time) time.Time {
	local := now.In(p.zone()).Add(-dayBegins)
	return time.Date(local.Year(), local.Month(), local.Day(), int(dayBegins.Hours()), 0, 0, 0, p.zone())
}

// session is the sitting as the video system needs to know it.
func (k *knock) session(slot parlor.Slot) parlor.Session {
	number := k.meeting.Number
	if number == "" {
		number = k.room.PMI
	}
	var ends time.Time
	if !slot.End.IsZero() {
		ends = slot.End.Add(overrun)
	}
	return parlor.Session{
		Name: k.room.SessionName(number, slot.Start), PMI: k.room.PMI, PersonalLink: k.room.PersonalLink,
		Number: k.meeting.Number, Topic: k.meeting.Title, Ends: ends, Host: k.byHost,
		Owner:   parlor.Person{Name: k.host.Name, Email: k.host.Email},
		OneTime: k.meeting.Kind == parlor.OneTime, Address: k.room.Address,
	}
}

// person is who goes in: a guest says who they are at the video system.
func (k *knock) person() parlor.Person {
	if !k.byHost {
		return parlor.Person{}
	}
	return parlor.Person{Name: k.host.Name, Email: k.host.Email, Self: true}
}
