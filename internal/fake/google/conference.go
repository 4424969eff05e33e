package google

import (
	"crypto/rand"
	"strings"

	"parlor/internal/fake/calendar"
)

// ConferenceMode is what happens to conferenceData of type addOn; live reports disagree.
type ConferenceMode int

// The modes.
const (
	ConferenceRefused  ConferenceMode = iota // 400 "Invalid conference data"
	ConferenceAccepted                       // stored
	ConferenceIgnored                        // dropped without a word
)

// conference applies the rules of conferenceDataVersion to a body. Version 0 ignores conference data.
func (s *Server) conference(body calendar.Fields, version string) error {
	data, sent := body["conferenceData"]
	switch {
	case version != "" && version != "0" && version != "1":
		return param("conferenceDataVersion", "")
	case !sent || data == nil && version == "1":
		return nil
	case version != "1":
		delete(body, "conferenceData")
		return nil
	}
	m := calendar.Map(body, "conferenceData")
	if request := calendar.Map(m, "createRequest"); request != nil {
		return createMeet(body, request)
	}
	if calendar.Map(m, "conferenceSolution") == nil || len(calendar.Maps(m, "entryPoints")) == 0 {
		return fault("invalid", "Invalid conference data")
	}
	return s.foreignConference(body, calendar.Text(m, "conferenceSolution", "key", "type"))
}

// createMeet makes a Google Meet conference.
func createMeet(body, request calendar.Fields) error {
	kind := calendar.Text(request, "conferenceSolutionKey", "type")
	if kind != "" && kind != "hangoutsMeet" {
		return fault("invalid", "Invalid conference type value.")
	}
	body["conferenceData"] = Meet()
	return nil
}

func (s *Server) foreignConference(body calendar.Fields, kind string) error {
	switch {
	case kind == "hangoutsMeet":
		return nil
	case kind != "addOn":
		return fault("invalid", "Invalid conference type value.")
	case s.opt.Conference == ConferenceAccepted:
		return nil
	case s.opt.Conference == ConferenceIgnored:
		delete(body, "conferenceData")
		return nil
	}
	return fault("invalid", "Invalid conference data")
}

// Meet is a fresh Google Meet conference as events carry it.
func Meet() calendar.Fields {
	word := strings.ToLower(strings.NewReplacer("2", "x", "3", "y", "4", "z", "5", "q", "6", "w", "7", "v").Replace(rand.Text()))
	code := word[:3] + "-" + word[3:7] + "-" + word[7:10]
	return calendar.Fields{
		"conferenceId": code,
		"conferenceSolution": calendar.Fields{
			"name": "Google Meet", "key": calendar.Fields{"type": "hangoutsMeet"},
		},
		"entryPoints": calendar.List[any](calendar.Fields{
			"entryPointType": "video", "uri": "https://meet.google.com/" + code, "label": "meet.google.com/" + code,
		}),
	}
}
