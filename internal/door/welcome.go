package door

import (
	"time"

	"parlor/internal/parlor"
	"parlor/internal/web/look"
)

// invitation is what every page tells somebody who may know what is behind the door.
type invitation struct {
	Host            bool // the reader is the host
	HostName, Topic string
	Number          string // as people read it
	When            *span  // nil: open-ended
	Action, Pass    string // of the page's forms
}

// live is what the script needs to keep a page up to date; without one the page asks again by itself.
type live struct {
	Events   string // address of the stream, "" for a page that stays as it is
	Here     string // address of the page
	Standing string // how it stood when the page was written
}

type span struct {
	Day, Start, End look.When
	Zone            string
}

func (k *knock) invitation() invitation {
	inv := invitation{
		Host: k.byHost, HostName: hostName(k.host), Topic: topicOf(k.meeting.Title, k.meeting.Number, k.host),
		Number: grouped(k.link.ID), Action: k.here(), Pass: k.pass,
	}
	if !k.slot.End.IsZero() {
		inv.When = newSpan(k.slot, k.zone())
	}
	return inv
}

// live follows the page at part, "" for the link's own; marks tell its stream more.
func (k *knock) live(s standing, part string, marks ...string) live {
	return live{Events: k.at(atEvents, marks...), Here: k.at(part), Standing: string(s)}
}

// again makes a page come back by itself, seconds from now.
func (l live) again(seconds int) *look.Refresh { return &look.Refresh{Seconds: seconds, To: l.Here} }

// prolong exchanges the pass of a form, which is good for minutes, for one to wait with.
func (k *knock) prolong() {
	if k.pass != "" {
		k.pass = issuePass(k.room, k.link, k.now.Add(waitLife))
	}
}

// welcome shows what the link is for to somebody who may go in.
func (d *Door) welcome(k *knock, status int) error {
	inv := k.invitation()
	return d.page(k, status, "meeting", inv.Topic, inv, nil)
}

func newSpan(slot parlor.Slot, zone *time.Location) *span {
	end := "full"
	if slot.End.Sub(slot.Start) < 24*time.Hour {
		end = "time"
	}
	return &span{
		look.At(slot.Start, "date", zone), look.At(slot.Start, "time", zone), look.At(slot.End, end, zone), zone.String(),
	}
}

func hostName(a parlor.Account) string {
	if a.Name == "" {
		return a.Email
	}
	return a.Name
}

// topicOf is what a meeting, or the bare room, is called on the page.
func topicOf(title, number string, host parlor.Account) string {
	switch {
	case title != "":
		return title
	case number != "":
		return "Meeting"
	}
	return "Personal room of " + hostName(host)
}

// grouped writes a number as people read it aloud: 3-3-4 digits for a PMI, 3-4-4 for a meeting.
func grouped(id string) string {
	switch len(id) {
	case pmiDigits:
		return id[:3] + " " + id[3:6] + " " + id[6:]
	case oneTimeDigits:
		return id[:3] + " " + id[3:7] + " " + id[7:]
	}
	return id
}
