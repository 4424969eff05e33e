package link

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"parlor/internal/parlor"
)

// Template is a checked rule for addresses.
type Template struct {
	parts []part
	host  string // scheme and host, which no value can change
	fresh bool   // each session has an address of its own
}

// part is a piece of the template: text as it stands, or the name of what stands there.
type part struct{ text, name string }

// place says where in an address a name may stand, and what it tells apart.
type place struct {
	anywhere bool // drawn or checked by Parlor, so that it cannot leave its segment of the path
	tells    bool // it tells one person's room from another's
	value    func(parlor.Session, parlor.Person) string
}

// places are the names that a template may hold. What people type freely may stand in the query and the fragment alone.
var places = map[string]place{
	"session": {true, true, func(s parlor.Session, _ parlor.Person) string { return s.Name }},
	"pmi":     {true, true, func(s parlor.Session, _ parlor.Person) string { return s.PMI }},
	"link":    {true, true, func(s parlor.Session, _ parlor.Person) string { return s.PersonalLink }},
	"user":    {true, true, func(s parlor.Session, _ parlor.Person) string { return mailbox(s.Owner.Email) }},
	"number":  {true, false, func(s parlor.Session, _ parlor.Person) string { return s.Number }},
	"topic":   {false, false, func(s parlor.Session, _ parlor.Person) string { return s.Topic }},
	"name":    {false, false, func(_ parlor.Session, p parlor.Person) string { return p.Name }},
}

var named = regexp.MustCompile(`\{[^{}]*\}`)

// Parse checks a template like https://meet.example.com/{session}. Its scheme is https (http on loopback), its host holds
// no name, and at least one name tells people's rooms apart. The error, parlor.ErrInvalid, says what to change.
func Parse(raw string) (Template, error) {
	scheme, rest, _ := strings.Cut(raw, "://")
	authority := rest[:len(rest)-len(strings.TrimLeftFunc(rest, func(r rune) bool { return !strings.ContainsRune("/?#", r) }))]
	t := Template{host: scheme + "://" + authority}
	if strings.ContainsAny(authority, "{}@\\") || strings.ContainsAny(raw, " \t\r\n\\\"<>") {
		return Template{}, refuse("its host must stand there as it is, without names in braces, a user or spaces")
	}
	if err := t.split(raw); err != nil {
		return Template{}, err
	}
	tells := slices.ContainsFunc(t.parts, func(p part) bool { return places[p.name].tells })
	t.fresh = slices.ContainsFunc(t.parts, func(p part) bool { return p.name == "session" })
	u, err := url.Parse(named.ReplaceAllString(raw, "x"))
	switch {
	case err != nil || u.Hostname() == "":
		return Template{}, refuse("it must be an address like https://meet.example.com/{session}")
	case u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())):
		return Template{}, refuse("it must begin with https://; plain http is accepted on loopback only")
	case slices.ContainsFunc(strings.Split(u.Path, "/"), dots):
		return Template{}, refuse("its path must not hold . or .. as a part")
	case !tells:
		return Template{}, refuse("it leads everybody into one room; put {session}, {pmi}, {link} or {user} into it")
	}
	return t, nil
}

// split takes a template apart, and refuses what may not stand where it stands.
func (t *Template) split(raw string) error {
	path := strings.IndexAny(raw, "?#")
	if path < 0 {
		path = len(raw)
	}
	end := 0
	for _, at := range named.FindAllStringIndex(raw, -1) {
		name := raw[at[0]+1 : at[1]-1]
		p, known := places[name]
		switch {
		case !known:
			return refuse("{" + name + "} is none of {session}, {pmi}, {link}, {user}, {number}, {topic}, {name}")
		case at[0] < path && !p.anywhere:
			return refuse("{" + name + "} may stand behind ? or # only, because people write it")
		}
		t.parts = append(t.parts, part{text: raw[end:at[0]]}, part{name: name})
		end = at[1]
	}
	t.parts = append(t.parts, part{text: raw[end:]})
	for _, p := range t.parts {
		if strings.ContainsAny(p.text, "{}") {
			return refuse("it has a brace too many")
		}
	}
	return nil
}

func refuse(why string) error { return fmt.Errorf("the template: %s: %w", why, parlor.ErrInvalid) }

func dots(segment string) bool { return segment == "." || segment == ".." }

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

var plainMailbox = regexp.MustCompile(`^[a-z0-9][a-z0-9._+-]*$`)

// mailbox is what stands before the @, where it can stand in a path; "" otherwise.
func mailbox(email string) string {
	name, _, _ := strings.Cut(strings.ToLower(email), "@")
	if !plainMailbox.MatchString(name) {
		return ""
	}
	return name
}
