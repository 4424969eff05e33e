package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"parlor/internal/desk"
	"parlor/internal/parlor"
	"parlor/internal/web/look"
)

// meetingPage is what meeting.html shows.
type meetingPage struct {
	meeting
	From       look.When // the start with its day
	Zone, Home string    // Home: the zone it was planned in, "" when it is the reader's
	PMI        string    // "" when it is not in the room
	Over       bool
	HasPage    bool   // the calendar can show the event
	Mails      string // who hears of a change
	Faults     []string
}

func (s *site) meeting(v *visit) error { return s.showMeeting(v, http.StatusOK, nil) }

func (s *site) showMeeting(v *visit, status int, faults desk.Faults) error {
	m, err := s.desk.Meeting(v.ctx(), v.account.ID, v.r.PathValue("number"))
	if err != nil {
		return err
	}
	in, err := s.names(v)
	if err != nil {
		return err
	}
	page := meetingPage{
		meeting: newMeeting(m.MeetingView, "time", v.zone, in), From: look.At(m.Start, "full", v.zone),
		Zone: v.zone.String(), Over: m.Over, HasPage: m.Service != parlor.KindCalDAV, Mails: mailed(m),
	}
	if m.Zone != page.Zone {
		page.Home = m.Zone
	}
	for _, f := range faults {
		page.Faults = append(page.Faults, sentence(f.Field+" "+f.Message))
	}
	if page.InRoom {
		room, err := s.desk.Room(v.ctx(), v.account.ID)
		if err != nil {
			return err
		}
		page.PMI = grouped(room.PMI)
	}
	return s.show(v, status, "meeting", page.Title, page)
}

// mailed says beforehand who hears of a new link.
func mailed(m desk.MeetingDetail) string {
	switch {
	case m.Mails && m.Guests.Invited > 0:
		return "Your calendar will mail " + people(m.Guests.Invited, "guest") + " about the change."
	case m.Guests.Outside > 0:
		return capital(people(m.Guests.Outside, "guest")) + " outside your organisation may go on seeing the text they were sent. Its link still works."
	}
	return ""
}

// people counts: one guest, 5 guests.
func people(n int, what string) string {
	if n == 1 {
		return "one " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func (s *site) switchMeeting(v *visit) error {
	number := v.r.PathValue("number")
	wish := v.r.PostForm.Get("use_pmi") == "true"
	link, err := s.desk.SwitchMeeting(v.ctx(), v.account.ID, number, wish)
	if faults, ok := errors.AsType[desk.Faults](err); ok {
		return s.showMeeting(v, http.StatusUnprocessableEntity, faults)
	}
	if refused, ok := errors.AsType[*parlor.RefusedError](err); ok {
		return s.showMeeting(v, http.StatusConflict, desk.Faults{{Message: refused.Error()}})
	}
	if err != nil {
		return err
	}
	done := "switched"
	if wish != (link.Kind == parlor.InRoom) {
		done = "guarded"
	}
	return v.leave("/meetings/" + number + "?done=" + done)
}

// openEvent leads on to the event in the calendar's own pages.
func (s *site) openEvent(v *visit) error {
	to, err := s.desk.EventPage(v.ctx(), v.account.ID, v.r.PathValue("number"))
	if err != nil {
		return err
	}
	at, err := url.Parse(to)
	if err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http" {
		return parlor.ErrNotFound
	}
	return v.leave(to)
}
