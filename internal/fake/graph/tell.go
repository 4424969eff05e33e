package graph

import (
	"net/http"
	"reflect"

	"parlor/internal/fake/calendar"
)

// told are the fields whose change is told to all guests.
var told = []string{"summary", "description", "location", "locations", "start", "end", "recurrence", "conferenceData"}

// tell sets whom an organiser's change mails: everybody when it changes what the invitation says, and once more for each
// changed occurrence of a series; those who came or went when it only changes the guests; nobody otherwise.
func tell(o *calendar.Write, old, change calendar.Fields) {
	next := calendar.Merge(old, change)
	for _, key := range told {
		if _, touched := change[key]; touched && !reflect.DeepEqual(old[key], next[key]) {
			o.Send, o.Instances = calendar.SendAll, true
			return
		}
	}
	before, after := addresses(old), addresses(next)
	o.To = []string{}
	for email := range before {
		if !after[email] {
			o.To = append(o.To, email)
		}
	}
	for email := range after {
		if !before[email] {
			o.To = append(o.To, email)
		}
	}
	if len(o.To) > 0 {
		o.Send = calendar.SendAll
	}
}

func addresses(f calendar.Fields) map[string]bool {
	out := map[string]bool{}
	for _, guest := range calendar.Maps(f, "attendees") {
		out[calendar.Text(guest, "email")] = true
	}
	return out
}

// respond is POST …/events/{id}/accept, tentativelyAccept and decline. A declined event leaves the calendar.
func (s *Server) respond(w http.ResponseWriter, r *http.Request, c caller) error {
	entry, e, err := s.locate(r, c)
	if err != nil {
		return err
	}
	if calendar.Text(e.Fields, "organizer", "email") == entry.ID {
		return fault("ErrorInvalidRequest", "Your request can't be completed. You can't respond to this meeting because you're the meeting organizer.")
	}
	o := calendar.Write{Actor: c.Email, Call: "POST " + lastSegment(r.URL.Path)}
	status := map[string]string{"accept": "accepted", "tentativelyAccept": "tentative"}[lastSegment(r.URL.Path)]
	if status == "" {
		err = s.world.Delete(entry.ID, e.ID, o)
	} else {
		for _, guest := range calendar.Maps(e.Fields, "attendees") {
			if calendar.Text(guest, "email") == entry.ID {
				guest["responseStatus"] = status
			}
		}
		_, err = s.world.Patch(entry.ID, e.ID, calendar.Fields{"attendees": e.Fields["attendees"]}, o)
	}
	if err == nil {
		w.WriteHeader(http.StatusAccepted)
	}
	return err
}

// cancel is POST …/events/{id}/cancel: only the organiser may, and the guests are told.
func (s *Server) cancel(w http.ResponseWriter, r *http.Request, c caller) error {
	entry, e, err := s.locate(r, c)
	if err != nil {
		return err
	}
	if calendar.Text(e.Fields, "organizer", "email") != entry.ID {
		return fault("ErrorInvalidRequest", "Your request can't be completed. You need to be an organizer to cancel a meeting.")
	}
	if err := s.world.Delete(entry.ID, e.ID, calendar.Write{Actor: c.Email, Send: calendar.SendAll, Call: "POST cancel"}); err != nil {
		return err
	}
	w.WriteHeader(http.StatusAccepted)
	return nil
}
