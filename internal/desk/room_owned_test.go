package desk

import (
	"testing"

	"parlor/internal/connect"
	"parlor/internal/parlor"
)

func TestWhatIsTheVideoSystemsIsChangedThere(t *testing.T) {
	room := parlor.Room{PMI: "2468135790", PersonalLink: "ada.lovelace", Passcode: "Engine12"}
	for name, tt := range map[string]struct {
		change RoomChange
		owns   bool
		want   int
	}{
		"number and name":           {RoomChange{PMI: new("4815162342"), PersonalLink: new("countess")}, true, 2},
		"the same again":            {RoomChange{PMI: new(room.PMI), PersonalLink: new(room.PersonalLink)}, true, 0},
		"the passcode of our door":  {RoomChange{Passcode: new("Other123")}, true, 0},
		"a system without rooms":    {RoomChange{PMI: new("4815162342")}, false, 0},
		"a name that is given back": {RoomChange{PersonalLink: new("")}, true, 1},
	} {
		video := parlor.Service{Kind: parlor.KindZoom, Name: "Zoom", Owns: tt.owns}
		d := &Desk{cn: connect.New(nil, "https://rooms.example.com", nil, nil, video, nil)}
		if got := d.owned(room, tt.change); len(got) != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
