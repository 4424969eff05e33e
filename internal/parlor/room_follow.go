package parlor

import "time"

// Follow returns the room after the video system was asked what it knows of it (Rooms.Room), and false when nothing about it
// differs. What the video system does not say stays as it is; what it has given another value leads here for the usual grace,
// and no guest is mailed about it, because nobody here asked for the change.
func (r Room) Follow(is Room, now time.Time) (Room, bool) {
	change := RoomChange{Quietly: true}
	if is.PMI != "" && is.PMI != r.PMI {
		change.PMI = &is.PMI
	}
	if is.PersonalLink != "" && is.PersonalLink != r.PersonalLink && ValidatePersonalLink(is.PersonalLink) == nil {
		change.PersonalLink = &is.PersonalLink
	}
	next, changed := r.With(change, now)
	if changed {
		next.Changed.Until = time.Time{} // not to be undone here: the next reading would do it again
	}
	if next.Address != is.Address || next.Direct != is.Direct || next.Status != is.Status {
		next.Address, next.Direct, next.Status, changed = is.Address, is.Direct, is.Status, true
	}
	if r.Awaited() && is.PMI != "" {
		next.Told, changed = true, true
		if !next.Changed.At.Equal(r.Changed.At) {
			next.Changed.What = PartTold
		}
	}
	if r.Address != "" && !r.Told { // read before this was noted
		next.Told, changed = true, true
	}
	return next, changed
}

// Awaited says whether a video system that owns rooms has never said what this one is, so that its number is a stand-in that
// nobody is to be told.
func (r Room) Awaited() bool { return !r.Told && r.Address == "" }
