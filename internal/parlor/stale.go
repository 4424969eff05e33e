package parlor

// stale compares what is there with what should be. What we wrote is known by its hash, because services rewrite HTML.
func (c Case) stale(there Link, m *Meeting, s Stamp) bool {
	want := c.Block(*m)
	if wanted, ok := ParseLink(c.Origin, want.Link); !ok || wanted != there {
		return true
	}
	if c.Shows(want) {
		return false
	}
	written := m.Written
	if c.Series != nil {
		o, _ := m.Override(c.Event.OriginalStart.Time)
		written = o.Written
	}
	if written == "" {
		written = s.Hash
	}
	if written == "" { // a client wrote it; what people see is all there is to go by
		_, _, inBody := Find(c.Event.Body, c.Origin)
		return inBody && !want.Fresh(c.Event.Body, c.Origin)
	}
	return written != want.Hash()
}

// Block is the invitation as it should read now.
func (c Case) Block(m Meeting) Block {
	return Render(m, c.Room, c.Origin, c.Settings.Invitation(), c.Settings.EmbedPasscode)
}

// Shows says whether people see this very block in the event, and no other link of ours in its place.
func (c Case) Shows(b Block) bool {
	want, _ := ParseLink(c.Origin, b.Link)
	for _, at := range findMentions(c.Event.Location, c.Origin) {
		if at.link != want {
			return false
		}
	}
	return b.Fresh(c.Event.Body, c.Origin)
}

// works says whether a link still leads to the meeting, whatever the text around it says: a token that was retired does not,
// a link without one does, and the passcode is asked for. While the person wants no guest to be mailed about a change of the
// room, a link from before it does too.
func (c Case) works(there Link, m *Meeting) bool {
	want, ok := ParseLink(c.Origin, JoinLink(c.Origin, c.Room, *m, false))
	links := []Link{there}
	for _, at := range findMentions(c.Event.Location, c.Origin) {
		links = append(links, at.link)
	}
	for _, l := range links {
		right := l.ID == want.ID && (l.Token == "" || c.Room.TokenValid(l.Token, l.ID, l.omn()))
		if !ok || l.Number != m.Number || !right && !c.leadsQuietly(l, m) {
			return false
		}
	}
	return !c.deadDirect(m)
}

// deadDirect says whether the text carries a link of the video system's own that is not the room's any more: nothing leads
// on from there.
func (c Case) deadDirect(m *Meeting) bool {
	if c.Room.Direct == "" || m.Kind != InRoom {
		return false
	}
	there, found := FindConference("", c.Event.Body)
	return found && there.Provider == c.Room.Direct && there.URL != c.Room.Address
}

// leadsQuietly says whether a link that is not the one it should be leads to the meeting, and may stay for now.
func (c Case) leadsQuietly(l Link, m *Meeting) bool {
	if !c.Room.QuietUntil.After(c.Now) {
		return false
	}
	opens, _ := c.Room.Opens(l, c.Now, m)
	return opens || l.Token == "" && (!l.ofRoom() || c.Room.Numbered(l.ID, c.Now))
}

// Holds is the fingerprint of the block that a Keep leaves the event without, "" when it has it.
func (c Case) Holds(m Meeting, written string) string {
	if want := c.Block(m).Hash(); written != "" && want != written {
		return want
	}
	return ""
}
