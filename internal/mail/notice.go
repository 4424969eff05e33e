package mail

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Kind is what a notice is about.
type Kind string

// The notices. Each can be switched off by itself: see parlor.Notify.
const (
	Waiting   Kind = "waiting"   // somebody stands at the door and the host is not there
	Reconnect Kind = "reconnect" // a service no longer lets Parlor in
	Rewritten Kind = "rewritten" // every future event was brought in line
)

// Notice is one mail before it has words.
type Notice struct {
	Kind     Kind
	Language string         // of the person: one of parlor.Languages, else English
	Zone     *time.Location // the person's
	Origin   string         // of this installation

	Guests  []Guest // Waiting: those who wait now
	Meeting string  // Waiting: title of the meeting they came for, "" for the bare room
	Service string  // Reconnect: as people know it
	Events  int     // Rewritten: how many were brought in line
	Kept    int     // Rewritten: how many keep the old text, whose link still works
}

// MaxGuests is how many of those who wait one mail names.
const MaxGuests = 20

// Guest is somebody at the door. The name is what they typed.
type Guest struct {
	Name  string
	Since time.Time
}

// letter is a notice in words.
type letter struct {
	Language, Subject string
	Lines             []string // paragraphs
	List              []string
	Button, Link      string
	Why               string // it came, and how to stop it
	Settings          string // where
}

func (n Notice) letter() letter {
	w, known := words[n.Language]
	if !known {
		n.Language, w = "en", words["en"]
	}
	l := letter{Language: n.Language, Why: w.why, Settings: n.Origin + "/settings#mail"}
	switch n.Kind {
	case Waiting:
		l.Subject, l.Button, l.Link = w.waiting.subject, w.waiting.button, n.Origin+"/meetings"
		l.Lines = []string{w.waiting.bare}
		if n.Meeting != "" {
			l.Lines = []string{fmt.Sprintf(w.waiting.meeting, oneLine(n.Meeting))}
		}
		for _, g := range n.Guests {
			l.List = append(l.List, fmt.Sprintf(w.waiting.guest, nameOf(g, w), n.clock(g.Since)))
		}
		l.Why = w.waiting.why + " " + w.why
	case Reconnect:
		l.Subject, l.Button, l.Link = fmt.Sprintf(w.reconnect.subject, n.Service), w.reconnect.button, n.Origin+"/calendars"
		l.Lines = []string{fmt.Sprintf(w.reconnect.what, n.Service), w.reconnect.safe}
		l.Why = w.reconnect.why + " " + w.why
	case Rewritten:
		l.Subject, l.Button, l.Link = w.rewritten.subject, w.rewritten.button, n.Origin+"/meetings"
		l.Lines = []string{fmt.Sprintf(w.rewritten.what, n.Events)}
		if n.Kept > 0 {
			l.Lines = append(l.Lines, fmt.Sprintf(w.rewritten.kept, n.Kept))
		}
		l.Why = w.rewritten.why + " " + w.why
	}
	return l
}

// clock is a time of day with the zone that it is in.
func (n Notice) clock(at time.Time) string {
	zone := n.Zone
	if zone == nil {
		zone = time.UTC
	}
	return at.In(zone).Format("15:04") + " (" + zone.String() + ")"
}

func nameOf(g Guest, w wording) string {
	name := []rune(oneLine(g.Name))
	if len(name) == 0 {
		return w.waiting.somebody
	}
	return string(name[:min(len(name), longestName)])
}

// unprintable are the characters that a name has no use for: ends of lines and other controls, and marks of direction.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || unicode.IsSpace(r)
}

// text is the letter for those who read no HTML.
func (l letter) text() string {
	parts := slices.Clone(l.Lines)
	if len(l.List) > 0 {
		parts = append(parts, "- "+strings.Join(l.List, "\n- "))
	}
	parts = append(parts, l.Button+": "+l.Link, "-- \n"+l.Why+"\n"+l.Settings)
	return strings.Join(parts, "\n\n") + "\n"
}
