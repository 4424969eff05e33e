package parlor

import "time"

// Room is a person's permanent room.
type Room struct {
	PMI             string     `json:"pmi"`           // 10 digits
	PersonalLink    string     `json:"personal_link"` // the name in /my/{name}, "" if none
	Passcode        string     `json:"passcode"`      // belongs to the room, never to one meeting
	PasscodeVersion int        `json:"passcode_version"`
	Drawn           int        `json:"drawn,omitempty"` // the highest version that any passcode of the room had
	Secret          []byte     `json:"secret"`          // 32 random bytes; the tokens in join links come from it
	Locked          bool       `json:"locked"`
	Status          RoomStatus `json:"status"`
	Address         string     `json:"address,omitempty"` // the video system's own, taken as it gave it; "" where Parlor makes it
	Direct          string     `json:"direct,omitempty"`  // by this name the address stands in invitations, too; "" where it does not
	Told            bool       `json:"told,omitempty"`    // the video system has said what the number is; it does so where it owns rooms
	Ref             string     `json:"ref,omitempty"`     // the video system's id of a one-time meeting, "" for the room

	Former     []Former  `json:"former,omitempty"`     // what it was reached by before, the latest change last
	Changed    Changed   `json:"changed,omitzero"`     // the latest change
	QuietUntil time.Time `json:"quiet_until,omitzero"` // no guest is mailed about a change before, as long as their link leads here
	Applying   *Applying `json:"applying,omitempty"`   // future meetings are being moved into the room, or out of it
}

// RoomStatus says whether a room can be used.
type RoomStatus string

// The states of a room.
const (
	RoomReady       RoomStatus = "ready"
	RoomUnavailable RoomStatus = "unavailable" // switched off or locked at the video system
)

// Former is what a room was reached by before a change; in the grace that follows it still leads there.
type Former struct {
	PMI             string    `json:"pmi"`
	PersonalLink    string    `json:"personal_link,omitempty"`
	Passcode        string    `json:"passcode,omitempty"` // opens nothing; undo puts it back
	PasscodeVersion int       `json:"passcode_version"`
	Until           time.Time `json:"until"` // the end of the grace
}

// Changed is the latest change of what a room is, or of which meetings take place in it.
type Changed struct {
	What  RoomPart  `json:"what"`
	At    time.Time `json:"at"`
	Until time.Time `json:"until,omitzero"` // it can be undone before; zero: it cannot be undone
	Done  time.Time `json:"done,omitzero"`  // when every coming event was brought in line; zero: not yet

	Applied *Applying `json:"applied,omitempty"` // of an Apply: what undoing it takes back
}

// RoomPart names what a change of a room was about.
type RoomPart string

// What a change can be about.
const (
	PartPMI          RoomPart = "pmi"
	PartPersonalLink RoomPart = "personal_link"
	PartPasscode     RoomPart = "passcode"
	PartSeveral      RoomPart = "several"
	PartMeetings     RoomPart = "meetings" // one-time or in the room, see Applying
	PartUndone       RoomPart = "undone"   // the change before was taken back
	PartTold         RoomPart = "told"     // the video system said for the first time what the room is
)

// Applying is a person's wish about the meetings they have already.
type Applying struct {
	InRoom bool      `json:"in_room"` // into the room; else out of it
	Back   bool      `json:"back,omitempty"`
	At     time.Time `json:"at"`
}
