package parlor

// TouchesEvents says whether more events would now get a link, the text of a block would be another one, or other guests
// would wait. Whether a meeting is in the room is decided once, so use_pmi_for_scheduled is not among the reasons.
func TouchesEvents(before, after Settings) bool {
	if after.Paused {
		return false
	}
	wider := after.AutoAdd != AddNever && (after.AutoAdd != before.AutoAdd || after.Keyword != before.Keyword)
	text := after.Language != before.Language || after.EmbedPasscode != before.EmbedPasscode ||
		after.PutLinkInLocation != before.PutLinkInLocation
	said := after.Wording.Footer != before.Wording.Footer || after.Wording.DialIn != before.Wording.DialIn
	return wider || text || said || before.Paused || after.Guard.Unfamiliar != before.Guard.Unfamiliar
}

// Turn is what a change of policy means for one person.
type Turn struct {
	Before, After Settings
	RoomBefore    RoomRule
	RoomAfter     RoomRule
}

// Turn says what holds for a person, who stored these choices, under this policy and under the one that follows it.
func (p Policy) Turn(next Policy, a Account, own []byte) (t Turn, err error) {
	was, is := p.Of(a), next.Of(a)
	if t.Before, err = was.Settings(own); err != nil {
		return t, err
	}
	t.After, err = is.Settings(own)
	t.RoomBefore, t.RoomAfter = was.Rooms, is.Rooms
	return t, err
}

// RoomCloses says whether the person's room is switched off by it.
func (t Turn) RoomCloses() bool { return t.RoomBefore != RoomsOff && t.RoomAfter == RoomsOff }

// TouchesEvents says whether the person's events may have to be written anew.
func (t Turn) TouchesEvents() bool {
	return TouchesEvents(t.Before, t.After) || !t.After.Paused && t.RoomCloses()
}
