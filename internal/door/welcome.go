package door

import (
	"net/http"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/web/look"
)

// meetingPage is what meeting.html shows.
type meetingPage struct {
	Host            bool // the reader is the host
	HostName, Topic string
	Number          string // as people read it
	When            *span  // nil: open-ended
	Action, Pass    string
}

type span struct {
	Day, Start, End look.When
	Zone            string
}

// noticePage is what notice.html shows.
type noticePage struct{ What, Topic, Next string }

// welcome shows what the link is for to somebody whom it admits.
func (d *door) welcome(k *knock, pass string) error {
	slot, why := k.sitting(k.link, d.cfg.Now())
	if why != "" {
		return d.sayClosed(k, why)
	}
	page := meetingPage{
		Host: k.byHost, HostName: hostName(k.host), Topic: k.topic(), Number: grouped(k.link.ID),
		Action: k.action(), Pass: pass,
	}
	if !slot.End.IsZero() {
		page.When = newSpan(slot, k.zone())
	}
	return d.show(k, http.StatusOK, "meeting", page.Topic, page)
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

func (k *knock) topic() string {
	switch {
	case k.meeting.Title != "":
		return k.meeting.Title
	case k.meeting.Number != "":
		return "Meeting"
	}
	return "Personal room of " + hostName(k.host)
}

var notices = map[closed]noticePage{
	cancelled: {What: "This meeting was cancelled", Next: "There is nothing to join. If that surprises you, ask the person who invited you."},
	removed:   {What: "This link is no longer in use", Next: "The host took it out of the invitation. Look there for the new place, or ask the host."},
	over:      {What: "This meeting has ended", Next: "If you expected it to be going on, ask the person who invited you for a new link."},
}

func (d *door) sayClosed(k *knock, why closed) error {
	page := notices[why]
	page.Topic = k.meeting.Title
	return d.show(k, http.StatusGone, "notice", page.What, page)
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
