package parlor

// Room is a person's permanent room.
type Room struct {
	PMI             string     `json:"pmi"`           // 10 digits
	PersonalLink    string     `json:"personal_link"` // the name in /my/{name}, "" if none
	Passcode        string     `json:"passcode"`      // belongs to the room, never to one meeting
	PasscodeVersion int        `json:"passcode_version"`
	Secret          []byte     `json:"secret"` // 32 random bytes; the tokens in join links come from it
	Locked          bool       `json:"locked"`
	Status          RoomStatus `json:"status"`
	Address         string     `json:"address,omitempty"` // the video system's own, taken as it gave it; "" where Parlor makes it
}

// RoomStatus says whether a room can be used.
type RoomStatus string

// The states of a room.
const (
	RoomReady       RoomStatus = "ready"
	RoomUnavailable RoomStatus = "unavailable" // switched off or locked at the video system
)
