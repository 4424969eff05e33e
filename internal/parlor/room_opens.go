package parlor

import (
	"slices"
	"strings"
	"time"
)

// Opens says whether a link's token opens the room, and whether it does so only because a change of the room is not long
// ago. m is the meeting that the link's number names, nil if there is none. In a grace a former PMI opens as it did; a
// former passcode opens meetings that are still to come, and never the bare room: who rotates a passcode wants the room to
// be closed to those who have its link.
func (r Room) Opens(link Link, now time.Time, m *Meeting) (opens, former bool) {
	retired := link.ofRoom() && link.ID != r.PMI
	if retired && !r.Numbered(link.ID, now) {
		return false, false
	}
	if r.TokenValid(link.Token, link.ID, link.omn()) {
		return true, retired
	}
	if m == nil || m.Number != link.Number || !m.ToCome(now) {
		return false, false
	}
	for _, f := range r.lasting(now) {
		old := r
		old.PasscodeVersion = f.PasscodeVersion
		if old.TokenValid(link.Token, link.ID, link.omn()) {
			return true, true
		}
	}
	return false, false
}

// Moved says that a link led here once, and shows it: its PMI was given up and its token is right. Whether the PMI was this
// room's the caller knows.
func (r Room) Moved(link Link, now time.Time) bool {
	return link.ofRoom() && !r.Numbered(link.ID, now) && r.TokenValid(link.Token, link.ID, link.omn())
}

// Numbered says whether these digits are the room's PMI, or were and still lead here.
func (r Room) Numbered(digits string, now time.Time) bool {
	return digits == r.PMI || slices.ContainsFunc(r.lasting(now), func(f Former) bool { return f.PMI == digits })
}

// Named says whether this is the room's personal link, or was and still leads here. Capitals do not count.
func (r Room) Named(name string, now time.Time) bool {
	name = strings.ToLower(name)
	was := func(f Former) bool { return f.PersonalLink == name }
	return name != "" && (name == r.PersonalLink || slices.ContainsFunc(r.lasting(now), was))
}

// ToCome says whether the meeting is on, and not over.
func (m Meeting) ToCome(now time.Time) bool {
	end, ends := LastEnd(Event{Start: m.Start, End: m.End, Recurrence: m.Recurrence})
	for _, o := range m.Overrides {
		if ends && o.Slot != nil && o.Slot.End.After(end) {
			end = o.Slot.End
		}
	}
	return m.State == Scheduled && (!ends || end.After(now))
}

// ofRoom: the link names a room by its PMI, not one meeting by its number.
func (l Link) ofRoom() bool { return l.ID != l.Number }

// omn is the number that the token of a link is bound to besides its id: none in a link to a one-time meeting.
func (l Link) omn() string {
	if l.ofRoom() {
		return l.Number
	}
	return ""
}
