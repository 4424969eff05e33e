package web

import (
	"net/http"
	"net/url"
	"strconv"

	"parlor/internal/parlor"
)

// startPage is what start.html shows.
type startPage struct {
	UsePMI field
	Off    string // as in roomPage
	Video  videoNote
}

const alwaysInRoom = "On for every instant meeting, because you chose so on your Profile."

func (s *site) newMeeting(v *visit) error {
	settings, _, err := s.desk.Settings(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	room, err := s.desk.Room(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	page := startPage{
		UsePMI: field{
			Name: "use_pmi", Label: "Use Personal Meeting ID", Input: "switch", Value: strconv.FormatBool(settings.UsePMIForInstant),
			Hint: "Your own room, " + grouped(room.PMI) + ". Without it the meeting gets a one-time link.",
		},
	}
	page.UsePMI.lockOn(settings)
	if page.Off, err = s.desk.RoomOff(v.ctx(), v.account.ID); err != nil {
		return err
	}
	if page.Off != "" {
		page.UsePMI.Hint = "Your own room, once it can be used again."
	}
	page.Video = s.video(v.account)
	return s.show(v, http.StatusOK, "start", "New meeting", page)
}

// lockOn takes the choice of the room away where the setting for instant meetings is on, and says who holds it.
func (f *field) lockOn(s parlor.Settings) {
	if !s.UsePMIForInstant {
		return
	}
	if f.Lock = sentence(s.Locked[instantField]); f.Lock == "" {
		f.Always = alwaysInRoom
	}
}

func (s *site) start(v *visit) error {
	wish, chosen := last(v.r.PostForm, "use_pmi")
	var usePMI *bool
	if chosen {
		yes := wish == "true"
		usePMI = &yes
	}
	started, err := s.desk.Start(v.ctx(), v.account.ID, usePMI)
	if err != nil {
		return err
	}
	if started.Kind == parlor.OneTime {
		return v.leave("/start/" + started.Number)
	}
	door, err := url.Parse(started.JoinURL)
	if err != nil {
		return err
	}
	return v.leave(door.RequestURI())
}

// started shows the link of an instant meeting with a number of its own, before its host goes in.
func (s *site) started(v *visit) error {
	m, err := s.desk.Meeting(v.ctx(), v.account.ID, v.r.PathValue("number"))
	if err != nil {
		return err
	}
	return s.show(v, http.StatusOK, "started", "Your meeting is ready", newMeeting(m.MeetingView, "time", v.zone, nil))
}
