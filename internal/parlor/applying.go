package parlor

import "time"

// Asks says whether the wish is about a meeting. Those that are as wished already it is not about; what the person chose for
// one meeting stays, and kept says so.
func (a Applying) Asks(m Meeting) (follows bool, kept *Reason) {
	switch {
	case m.State != Scheduled || m.Event.ID == "" && !m.Standalone: // an invitation that may never be saved
		return false, nil
	case a.InRoom == (m.Kind == InRoom):
		return false, nil
	case a.Back:
		return oneOf(m.Why.Code, ReasonRoomApplied.Code, ReasonOneTimeApplied.Code), nil
	case oneOf(m.Why.Code, ReasonRoomAsked.Code, ReasonOneTimeAsked.Code):
		why := m.Why
		return false, &why
	}
	return true, nil
}

// Why is what a meeting that followed says of its kind.
func (a Applying) Why() Reason {
	switch {
	case a.Back && a.InRoom:
		return ReasonRoomBySetting
	case a.Back:
		return ReasonOneTimeBySetting
	case a.InRoom:
		return ReasonRoomApplied
	}
	return ReasonOneTimeApplied
}

// WithApplying returns the room with a wish about the meetings that are to come. It can be taken back for as long as a grace
// lasts. quietly: see RoomChange.
func (r Room) WithApplying(inRoom, quietly bool, now time.Time) Room {
	until := now.Add(RoomChange{}.Grace())
	r.Applying = &Applying{InRoom: inRoom, At: now}
	r.noteChange(PartMeetings, now, until)
	r.Changed.Applied = r.Applying
	r.QuietUntil = time.Time{}
	if quietly {
		r.QuietUntil = until
	}
	return r
}

// withoutApplied takes the latest Apply back, once.
func (r Room) withoutApplied(now time.Time) Room {
	r.Applying = &Applying{InRoom: !r.Changed.Applied.InRoom, Back: true, At: now}
	r.QuietUntil = r.Changed.Until
	r.noteChange(PartUndone, now, time.Time{})
	return r
}
