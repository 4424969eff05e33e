package parlor

import (
	"slices"
	"strings"
)

// Compose returns what to change on an event so that it carries the meeting's block, link and stamp. Fields that are
// right already are left out of it. On an event that has the link somewhere, only those places are refreshed.
func Compose(c Case, m Meeting) (Patch, Block) {
	block := c.Block(m)
	_, _, inBody := Find(c.Event.Body, c.Origin)
	inLocation := len(findMentions(c.Event.Location, c.Origin)) > 0

	var p Patch
	if inBody || !inLocation {
		p.setBody(c.Event, Replace(c.Event.Body, c.Origin, c.Event.Format, block))
	}
	fresh := !inBody && !inLocation
	switch {
	case inLocation:
		p.setLocation(c.Event, relink(c.Event.Location, c.Origin, block.Link))
	case fresh && c.Settings.PutLinkInLocation && strings.TrimSpace(c.Event.Location) == "":
		p.setLocation(c.Event, block.Link)
	}
	stamp := Stamp{Number: m.Number, Kind: m.Kind, Trigger: m.Trigger, Hash: block.Hash()}.String()
	if stamp != c.Event.Stamp {
		p.Stamp = &stamp
	}
	return p, block
}

// Decompose returns what to change on an event to take our block, link and stamp out, the text around untouched.
func Decompose(e Event, origin string) Patch {
	var p Patch
	p.setBody(e, Strip(e.Body, origin))
	p.setLocation(e, relink(e.Location, origin, ""))
	if e.Stamp != "" || !e.StampRead {
		none := ""
		p.Stamp = &none
	}
	return p
}

// Empty says that there is nothing people would see to change.
func (p Patch) Empty() bool { return p.Body == nil && p.Location == nil }

func (p *Patch) setBody(e Event, body string) {
	if body != e.Body {
		p.Body, p.Format = &body, e.Format
	}
}

func (p *Patch) setLocation(e Event, location string) {
	if location != e.Location {
		p.Location = &location
	}
}

// relink exchanges our link in a location, in which other words may stand; an empty one takes it out.
func relink(location, origin, link string) string {
	found := findMentions(location, origin)
	if len(found) == 1 && strings.TrimSpace(location) == location[found[0].From:found[0].To] {
		return link
	}
	for _, at := range slices.Backward(found) {
		before, after := location[:at.From], location[at.To:]
		if link == "" {
			before, after = parted(before, after)
		}
		location = before + link + after
	}
	return location
}

// parted takes out what Outlook joins places with, where one of two is gone.
func parted(before, after string) (string, string) {
	const joint = "; "
	if rest, found := strings.CutPrefix(after, joint); found {
		return before, rest
	}
	return strings.TrimSuffix(before, joint), after
}
