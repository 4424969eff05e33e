package caldav

import (
	"strings"

	"parlor/internal/parlor"
)

// organizer reads who invites. An event without an organiser is the calendar owner's own (RFC 5545, section 3.8.4.3).
func (p *port) organizer(c component) parlor.Person {
	l, ok := c.line("ORGANIZER")
	if !ok {
		return parlor.Person{Self: true}
	}
	return p.person(l)
}

func (p *port) guests(c component) []parlor.Person {
	var out []parlor.Person
	for _, l := range c.all("ATTENDEE") {
		g := p.person(l)
		kind := strings.ToUpper(l.param("CUTYPE"))
		g.Resource = kind == "RESOURCE" || kind == "ROOM"
		out = append(out, g)
	}
	return out
}

// person reads a CAL-ADDRESS: mostly a mail address, on some servers the path of a principal with the address beside it.
func (p *port) person(l contentLine) parlor.Person {
	value := address(l.value)
	out := parlor.Person{Name: unescape(l.param("CN")), Email: value, Self: p.self[value]}
	if beside := address(l.param("EMAIL")); beside != "" && !strings.Contains(value, "@") {
		out.Email, out.Self = beside, out.Self || p.self[beside]
	}
	if !strings.Contains(out.Email, "@") {
		out.Email = ""
	}
	if strings.EqualFold(out.Name, out.Email) {
		out.Name = ""
	}
	return out
}

// address is a CAL-ADDRESS in the form in which addresses are compared.
func address(value string) string {
	value = strings.ToLower(strings.TrimSpace(value))
	return strings.TrimPrefix(value, "mailto:")
}
