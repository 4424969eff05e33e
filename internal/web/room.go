package web

import (
	"net/http"

	"parlor/internal/desk"
)

// roomPage is what room.html shows.
type roomPage struct {
	PMI, PersonalURL, Passcode string
	JoinURL, Invitation        string
	Unavailable                bool
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
		PMI: grouped(room.PMI), PersonalURL: room.PersonalURL, Passcode: room.Passcode, JoinURL: room.JoinURL, Invitation: room.Invitation,
		Unavailable: unavailable(room),
	}
}

func unavailable(room desk.RoomView) bool { return room.Status == "unavailable" }
