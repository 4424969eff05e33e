package web

import (
	"net/http"

	"parlor/internal/desk"
)

// roomPage is what room.html shows.
type roomPage struct {
	PMI, PersonalURL, Passcode string
	JoinURL, Invitation        string
	Off                        string // who has switched the room off, "" when it can be used
	Locked                     bool
	Waiting                    waiting
	Video                      videoNote
}

func (s *site) room(v *visit) error {
	room, err := s.desk.Room(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	page := newRoomPage(room)
	page.Video = s.video(v.account).of(room)
	if page.Off, err = s.desk.RoomOff(v.ctx(), v.account.ID); err != nil {
		return err
	}
	if page.Waiting, err = s.waiting(v); err != nil {
		return err
	}
	return s.show(v, http.StatusOK, "room", "Personal Room", page)
}

func newRoomPage(room desk.RoomView) roomPage {
	return roomPage{
		PMI: grouped(room.PMI), PersonalURL: room.PersonalURL, Passcode: room.Passcode, JoinURL: room.JoinURL, Invitation: room.Invitation,
		Locked: room.Locked,
	}
}

func (s *site) lockRoom(v *visit) error {
	lock := v.r.PostForm.Get("locked") == "true"
	if _, err := s.desk.LockRoom(v.ctx(), v.account.ID, lock); err != nil {
		return err
	}
	if lock {
		return v.leave("/meetings/room?done=locked")
	}
	return v.leave("/meetings/room?done=unlocked")
}
