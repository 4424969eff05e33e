package parlor

// leave is what to do with an event of a calendar that Parlor leaves: its own link goes, also while it is paused. A link that
// the person wrote there by hand is theirs, and one to somebody else's room is none of ours.
func (c Case) leave() Action {
	link, present := c.OwnLink()
	if !present {
		return c.leaveUnlinked()
	}
	_, stamped := ParseStamp(c.Event.Stamp)
	unknown := c.known() == nil && !stamped
	switch {
	case unknown && c.Foreign:
		return Action{Do: Keep, Why: reasonOtherRoom}
	case unknown && link.Number == "":
		return Action{Do: Keep, Why: reasonByHand, Tell: true}
	case c.Event.Locked || !c.Event.Editable:
		return Action{Do: Keep, Why: reasonNotEditable, Tell: true}
	}
	return Action{Do: Remove, Why: reasonLeft, Tell: true}
}

// leaveUnlinked lets go of the number of an event that has no link, if it really has none: a list may be older than our own
// write.
func (c Case) leaveUnlinked() Action {
	held := c.Series == nil && c.Meeting != nil && c.Meeting.State == Scheduled
	return Action{Do: Keep, Why: reasonNotWanted, Unclaim: held, Reread: held && c.Meeting.Written != ""}
}
