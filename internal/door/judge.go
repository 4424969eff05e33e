package door

import (
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// standing is how it stands between a guest and a meeting that is not over.
type standing string

const (
	tooEarly standing = "early"
	ended    standing = "ended" // by the host
	locked   standing = "locked"
	away     standing = "away" // turned away
	waits    standing = "wait" // until the host is there, or admits them
	mayEnter standing = "in"
	noMore   standing = "closed" // see closed
)

// judge decides whether a guest may go in, and into which session. It asks nobody and changes nothing.
func (p place) judge(s sitting, decided store.Decision, now time.Time) (standing, string) {
	let := decided.To != "" && (decided.To == s.name || p.hosts(decided.To, now))
	switch {
	case decided.Away:
		return away, ""
	case let:
		return mayEnter, decided.To
	case s.ended():
		return ended, ""
	case !s.there(now) && now.Before(p.doorOpens(s)):
		return tooEarly, ""
	case p.locked(s):
		return locked, ""
	case p.letsIn(s, now):
		return mayEnter, s.name
	}
	return waits, ""
}

// letsIn says whether guests need nobody to admit them.
func (p place) letsIn(s sitting, now time.Time) bool {
	if p.admitsOnly(s) {
		return false
	}
	return s.there(now) || p.beforeHost(s) > 0 && !s.slot.End.IsZero() && !now.Before(s.slot.Start.Add(-p.beforeHost(s)))
}

// admitsOnly says whether all guests of a sitting wait until they are admitted, though the host is there.
func (p place) admitsOnly(s sitting) bool {
	return p.settings.WaitingRoom || p.meeting.WaitsAt(s.slot) != nil
}

// beforeHost is how long before the start guests may enter without the host; 0: not at all. Where they have to be admitted
// there is nothing to enter without the host.
func (p place) beforeHost(s sitting) time.Duration {
	if !p.settings.JoinBeforeHost || p.admitsOnly(s) {
		return 0
	}
	return time.Duration(p.settings.JoinBeforeHostMinutes) * time.Minute
}

// doorOpens is when guests may come to the door, the zero time for the bare room.
func (p place) doorOpens(s sitting) time.Time {
	if s.slot.End.IsZero() {
		return time.Time{}
	}
	return s.slot.Start.Add(-max(p.early(), p.beforeHost(s)))
}

// locked says whether nobody new may come in: the room's lock holds for its own number, whatever the meeting.
func (p place) locked(s sitting) bool {
	inRoom := p.meeting.Number == "" || p.meeting.Kind == parlor.InRoom
	return p.room.Locked && inRoom || s.begun != nil && s.begun.Locked && !s.begun.Ended
}

// hosts says whether the host is in the session of that name.
func (p place) hosts(name string, now time.Time) bool {
	for _, h := range p.hostings {
		if h.Name == name && h.There(now) {
			return true
		}
	}
	return false
}
