package parlor

import "strings"

// Compose returns what to change on an event so that it carries the meeting's block, link and stamp. Fields that are
// right already are left out of it. On an event that has the link somewhere, only those places are refreshed.
func Compose(c Case, m Meeting) (Patch, Block) {
	block := Render(m, c.Room, c.Origin, c.Settings.Language, c.Settings.EmbedPasscode)
	_, _, inBody := Find(c.Event.Body, c.Origin)
	inLocation := ownLocation(c.Event.Location, c.Origin)

	var p Patch
	if inBody || !inLocation {
		p.setBody(c.Event, Replace(c.Event.Body, c.Origin, c.Event.Format, block))
	}
	fresh := !inBody && !inLocation
	if inLocation || fresh && c.Settings.PutLinkInLocation && strings.TrimSpace(c.Event.Location) == "" {
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
	if ownLocation(e.Location, origin) {
		p.setLocation(e, "")
	}
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

func ownLocation(location, origin string) bool {
	location = strings.TrimSpace(location)
	if strings.ContainsAny(location, " \t\n") {
		return false
	}
	_, ok := ParseLink(origin, location)
	return ok
}
