package door

import (
	"fmt"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

const (
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
	unused    closed = "unused" // an administrator has closed the account
	off       closed = "off"    // the room is switched off; meetings that were planned in it take place
	gone      closed = "gone"   // the room has another number, since long ago
)

// sitting is one use of the room.
type sitting struct {
	name  string      // of the session at the video system
	slot  parlor.Slot // its end is zero in the bare room
	round int         // how often the host ended it and began it anew
	begun *store.Hosting
}

// sittingFor finds which use of the room a link is for now. The bare room has one a day.
func (p place) sittingFor(link parlor.Link, now time.Time) (sitting, closed) {
	var slot parlor.Slot
	var why closed
	switch {
	case p.host.Disabled:
		return sitting{}, unused
	case p.room.Moved(link, now):
		return sitting{}, gone
	case p.meeting.Number == "" && p.expectsMeeting(link, now):
		return sitting{}, over
	case p.meeting.Number == "" && p.room.Status == parlor.RoomUnavailable:
		return sitting{}, off
	case p.meeting.Number == "":
		slot.Start = p.roomDay(now)
	case p.meeting.State == parlor.MeetingCancelled:
		return sitting{}, cancelled
	case p.meeting.State == parlor.LinkRemoved:
		return sitting{}, removed
	default:
		slot, why = current(p.meeting.Slots(now.Add(-lookBack), now.Add(lookAhead)), now, p.early(), p.overrun())
	}
	// A host who is there keeps the door open before and after the hours.
	for _, h := range p.hostings {
		if h.Number == p.meeting.Number && h.There(now) && (why != "" || slot.End.IsZero() || now.Before(slot.Start.Add(-p.early()))) {
			slot, why = h.Slot, ""
		}
	}
	if why != "" {
		return sitting{}, why
	}
	return p.named(slot), ""
}

// named gives a sitting its name, or the one that it was begun under.
func (p place) named(slot parlor.Slot) sitting {
	s := sitting{slot: slot}
	for i, h := range p.hostings {
		if h.Number != p.meeting.Number || !h.Slot.Start.Equal(slot.Start) {
			continue
		}
		if s.begun = &p.hostings[i]; !h.Ended {
			s.name, s.round = h.Name, h.Round
			return s
		}
		s.round = h.Round + 1
	}
	number := p.meeting.Number
	if number == "" {
		number = p.room.PMI
	}
	if s.round > 0 { // so that whoever is in the ended session still is not in this one
		number += fmt.Sprint(" round ", s.round)
	}
	s.name = p.room.SessionName(number, slot.Start)
	return s
}

// expectsMeeting tells a link that Parlor made for one meeting from a bare one. Any text may stand in a foreign omn.
func (p place) expectsMeeting(link parlor.Link, now time.Time) bool {
	return len(link.ID) == oneTimeDigits || link.Number != "" && p.opens(link, now)
}

func (p place) early() time.Duration {
	return time.Duration(p.settings.OpensEarlyMinutes) * time.Minute
}

// overrun is how long after its end a meeting still lets people in.
func (p place) overrun() time.Duration {
	return time.Duration(p.settings.ClosesAfterMinutes) * time.Minute
}

// current is the slot that is on, still overrunning, or next: the one whose door opens early takes over from one that overruns.
func current(slots []parlor.Slot, now time.Time, early, overrun time.Duration) (parlor.Slot, closed) {
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

// there says whether the host is in this sitting now.
func (s sitting) there(now time.Time) bool { return s.begun != nil && s.begun.There(now) }

// ended says whether the host has ended this sitting, and not begun it anew.
func (s sitting) ended() bool { return s.begun != nil && s.begun.Ended }

// elsewhere finds another sitting that the host is in.
func (p place) elsewhere(s sitting, now time.Time) *store.Hosting {
	for i, h := range p.hostings {
		if h.There(now) && h.Name != s.name {
			return &p.hostings[i]
		}
	}
	return nil
}
