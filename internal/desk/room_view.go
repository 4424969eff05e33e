package desk

import (
	"time"

	"parlor/internal/parlor"
)

// RoomChange is a wish to change what the room is reached by.
type RoomChange = parlor.RoomChange

// RoomPreview is what a change of the room would do to events that are there already.
type RoomPreview struct {
	Faults     Faults          `json:"-"` // rules that the change breaks, a name that somebody has among them
	Events     int             `json:"events" doc:"Coming events whose text will be rewritten; a series is one, an occurrence with a text of its own another"`
	Mailed     int             `json:"mailed" doc:"Guests whom a calendar mails because of it"`
	Stale      int             `json:"stale" doc:"Guests outside who keep the text that they were sent; no mail goes out"`
	Kept       int             `json:"kept" doc:"Events that are left alone until the grace ends, because their guests would be mailed"`
	ByCalendar []CalendarCount `json:"by_calendar" nullable:"false"`
	GraceUntil time.Time       `json:"grace_until" doc:"Until then the present links lead to the room"`
}

// CalendarCount is the part of a preview that is about one calendar.
type CalendarCount struct {
	Calendar parlor.CalendarID `json:"calendar"`
	Service  parlor.Kind       `json:"service"`
	Name     string            `json:"name"`
	Mails    bool              `json:"mails" doc:"It mails the guests of every event that is rewritten"`
	Events   int               `json:"events"`
	Mailed   int               `json:"mailed"`
	Stale    int               `json:"stale"`
	Kept     int               `json:"kept"`
}

// Rewrite is how far a change of the room has come in the events that carry its links.
type Rewrite struct {
	What       parlor.RoomPart `json:"what" enum:"pmi,personal_link,passcode,several,meetings,undone,told"`
	Started    time.Time       `json:"started"`
	Total      int             `json:"total" doc:"Coming events that the change is about"`
	Left       int             `json:"left" doc:"Events still to be rewritten"`
	Kept       int             `json:"kept" doc:"Events that are left as they are, because they cannot be written or their guests would be mailed"`
	Undoable   bool            `json:"undoable"`
	GraceUntil time.Time       `json:"grace_until" doc:"Until then former links lead to the room; the zero time when none do"`
}

// ApplyPreview is what it would do to coming meetings to follow the present setting for the personal room.
type ApplyPreview struct {
	InRoom     bool            `json:"in_room" doc:"Into the personal room; else out of it"`
	Moves      int             `json:"moves" doc:"Meetings that change"`
	Events     int             `json:"events" doc:"Events whose text will be rewritten for it"`
	Mailed     int             `json:"mailed"`
	Stale      int             `json:"stale"`
	Kept       []KeptMeeting   `json:"kept" nullable:"false" doc:"Meetings that stay as they are, and why"`
	ByCalendar []CalendarCount `json:"by_calendar" nullable:"false"`
}

// KeptMeeting is a meeting that does not follow.
type KeptMeeting struct {
	Number string        `json:"meeting_number"`
	Title  string        `json:"title"`
	Start  time.Time     `json:"start"`
	Why    parlor.Reason `json:"why"`
}
