package web

import (
	"net/http"
)

// profilePage is what profile.html shows.
type profilePage struct {
	Name, Email string
	Room        roomPage
	Instant     bool   // always in the room
	InstantLock string // the administrator's reason, "" when it is the person's choice
	Rewriting   *rewriting
	Video       videoNote
	Feeds       []feedRow
}

func (s *site) profile(v *visit) error {
	room, err := s.desk.Room(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	settings, _, err := s.desk.Settings(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	page := profilePage{
		Name: nameOf(v.account), Email: v.account.Email, Room: newRoomPage(room),
		Instant: settings.UsePMIForInstant, InstantLock: sentence(settings.Locked[instantField]), Video: s.video(v.account).of(room),
	}
	if page.Room.Off, err = s.desk.RoomOff(v.ctx(), v.account.ID); err != nil {
		return err
	}
	if page.Rewriting, err = s.rewriting(v); err != nil {
		return err
	}
	if page.Feeds, err = s.feeds(v); err != nil {
		return err
	}
	return s.show(v, http.StatusOK, "profile", "Profile", page)
}

// instantField is the setting that stands beside the PMI, where people look for it.
const instantField = "use_pmi_for_instant"
