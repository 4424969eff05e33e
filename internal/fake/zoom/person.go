package zoom

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
)

// Person is a Zoom user and their personal room.
type Person struct {
	ID           string // "": made from the address
	Email        string
	Name         string
	PMI          int64
	PersonalLink string // the name in /my/{name}, "" if none
	Passcode     string // of the room, not of one meeting
	WaitingRoom  bool
	// UsePMI is the hidden default "Use Personal Meeting ID when scheduling": it decides where use_pmi is left out.
	UsePMI bool
	// Off: an administrator has switched personal meeting IDs off, and locked that.
	Off bool
	// NoPMI is what the API gives as the PMI of a room that is off: 0 or -1 were both seen.
	NoPMI int64
}

const account = "AccOuNtOfThEsTaNdIn000"

func (p Person) complete() *Person {
	if p.ID == "" {
		sum := sha256.Sum256([]byte(p.Email))
		p.ID = base64.RawURLEncoding.EncodeToString(sum[:])[:22]
	}
	return &p
}

// pmi is the number as the API gives it.
func (p *Person) pmi() int64 {
	if p.Off {
		return p.NoPMI
	}
	return p.PMI
}

// pwd is the encrypted passcode in a link; it changes with the passcode and cannot be told from it.
func pwd(id int64, passcode string) string {
	if passcode == "" {
		return ""
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", id, passcode))
	return base64.RawURLEncoding.EncodeToString(sum[:24]) + ".1"
}

// link is an address on the stand-in with its pwd.
func (s *Server) link(id int64, passcode string) string {
	address := fmt.Sprintf("%s/j/%d", s.Origin(), id)
	if passcode != "" {
		address += "?pwd=" + pwd(id, passcode)
	}
	return address
}

// People are the users as they are now.
func (s *Server) People() []Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Person
	for _, p := range s.people {
		all = append(all, *p)
	}
	return all
}

func (s *Server) find(email string) (Person, bool) {
	for _, p := range s.People() {
		if strings.EqualFold(p.Email, email) {
			return p, true
		}
	}
	return Person{}, false
}

// Change lets a person change their room by hand, and sends the events that this makes. false: no such person.
func (s *Server) Change(email string, change func(*Person)) bool {
	s.mu.Lock()
	at := slices.IndexFunc(s.people, func(p *Person) bool { return strings.EqualFold(p.Email, email) })
	if at < 0 {
		s.mu.Unlock()
		return false
	}
	was := *s.people[at]
	change(s.people[at])
	is := *s.people[at]
	s.mu.Unlock()
	if was.pmi() != is.pmi() || was.PersonalLink != is.PersonalLink || was.Name != is.Name {
		s.post.send(userUpdated(is, s.now()))
	}
	if was.Passcode != is.Passcode || was.Off != is.Off || was.UsePMI != is.UsePMI || was.WaitingRoom != is.WaitingRoom {
		s.post.send(settingsUpdated(is, s.now()))
	}
	return true
}
