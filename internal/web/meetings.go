package web

import (
	"net/http"
	"time"

	"parlor/internal/desk"
)

// horizon is how far ahead meetings are listed.
const horizon = 180 * 24 * time.Hour

func (s *site) meetings(v *visit) error {
	now := s.cfg.Now()
	views, next, err := s.desk.Meetings(v.ctx(), v.account.ID, now, now.Add(horizon), v.r.URL.Query().Get("cursor"))
	if err != nil {
		return err
	}
	page := newMeetingsPage(views, next, now, v.zone)
	if page.Zone != v.account.Zone {
		page.Home = v.account.Zone
	}
	if len(page.Days) == 0 {
		if page.Hint, err = s.hint(v); err != nil {
			return err
		}
	}
	return s.show(v, http.StatusOK, "meetings", "Upcoming meetings", page)
}

// roomPage is what room.html shows.
type roomPage struct {
	PMI, PersonalLink, Passcode, JoinURL string
	Unavailable                          bool
}

func (s *site) room(v *visit) error {
	room, err := s.desk.Room(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	return s.show(v, http.StatusOK, "room", "Personal Room", newRoomPage(room))
}

func newRoomPage(room desk.RoomView) roomPage {
	return roomPage{
		PMI: grouped(room.PMI), PersonalLink: room.PersonalLink, Passcode: room.Passcode, JoinURL: room.JoinURL,
		Unavailable: room.Locked || room.Status == "unavailable",
	}
}

// grouped writes a PMI as people read numbers aloud: 3-3-4 digits.
func grouped(pmi string) string {
	if len(pmi) != 10 {
		return pmi
	}
	return pmi[:3] + " " + pmi[3:6] + " " + pmi[6:]
}
