// Package desk is what a signed-in person can ask for: one function for each thing, used by the API and by the portal's
// pages, so that neither repeats the other. It speaks no HTTP and renders nothing.
//
// Start reading at Desk.
package desk

import (
	"time"

	"parlor/internal/parlor"
)

// RoomView is a person's room as clients see it.
type RoomView struct {
	PMI          string            `json:"pmi"`
	PersonalLink string            `json:"personal_link"`
	Passcode     string            `json:"passcode"`
	JoinURL      string            `json:"join_url"`
	Locked       bool              `json:"locked"`
	Status       parlor.RoomStatus `json:"status" enum:"ready,unavailable"`
	Invitation   string            `json:"invitation" doc:"Text for guests"`
	PersonalURL  string            `json:"personal_url" doc:"The address with the personal link; empty without one"`
	Awaited      bool              `json:"awaited" doc:"The number is the video system's, which has not told it yet: pmi and the links are stand-ins, not to be given to anybody"`
	Undoable     bool              `json:"undoable" doc:"The latest change can be taken back"`
	GraceUntil   *time.Time        `json:"grace_until,omitempty" doc:"Until then links from before a change lead to the room"`

	ETag string `json:"-"`
}

// MeetingView is one coming use of a number; a series is listed with its next occurrence.
type MeetingView struct {
	Number   string             `json:"meeting_number"`
	Kind     parlor.MeetingKind `json:"kind" enum:"pmi,one_time"`
	Title    string             `json:"title"`
	Start    time.Time          `json:"start"`
	End      time.Time          `json:"end"`
	Repeats  bool               `json:"repeats"`
	JoinURL  string             `json:"join_url"`
	EventID  string             `json:"event_id" doc:"Empty for a meeting that is in no calendar"`
	Calendar parlor.CalendarID  `json:"calendar"`
	Why      parlor.Reason      `json:"why"`
	Conflict *parlor.Reason     `json:"conflict,omitempty"`
	Waits    *parlor.Reason     `json:"waits,omitempty" doc:"Guests wait until they are let in, whatever the settings say, because of some whom you do not know"`

	Invitation string `json:"invitation" doc:"Text for guests"`

	Service    parlor.Kind `json:"-"` // whose calendar it is
	Standalone bool        `json:"-"` // in no calendar
}

// CalendarView is one calendar and how its sync stands.
type CalendarView struct {
	ID        parlor.CalendarID `json:"id"`
	Service   parlor.Kind       `json:"service"`
	Name      string            `json:"name"`
	Primary   bool              `json:"primary"`
	On        bool              `json:"on"`
	Writable  bool              `json:"writable"` // only such calendars can be switched on
	State     CalendarState     `json:"state" enum:"syncing,ok,reconnect,off"`
	Listed    int               `json:"listed,omitempty"` // events read so far by the list under way
	LastPass  *time.Time        `json:"last_pass"`        // nil: never
	PollEvery string            `json:"poll_every,omitempty"`
	Push      bool              `json:"push"`  // a live push channel
	Error     string            `json:"error"` // in words, "" when all is well
}

// CalendarState is how a calendar's sync stands.
type CalendarState string

// The states of a calendar.
const (
	CalendarSyncing   CalendarState = "syncing"
	CalendarOK        CalendarState = "ok"
	CalendarReconnect CalendarState = "reconnect"
	CalendarOff       CalendarState = "off"
)

// Request is a meeting that a person wants to schedule.
type Request struct {
	Title          string
	Start          parlor.Moment
	End            parlor.Moment // zero: after the usual length of the settings
	Attendees      []parlor.Person
	Recurrence     []string
	Calendar       parlor.CalendarID // "" is the primary one
	UsePMI         *bool             // nil: as in the settings
	IdempotencyKey string
}

// Scheduled is the meeting that came of a request.
type Scheduled struct {
	EventID  string             `json:"event_id" doc:"Empty where no calendar is connected: the meeting is kept in Parlor alone"`
	HTMLLink string             `json:"html_link"`
	JoinURL  string             `json:"join_url"`
	Number   string             `json:"meeting_number"`
	Kind     parlor.MeetingKind `json:"kind" enum:"pmi,one_time"`
	Why      parlor.Reason      `json:"why"`
	Conflict *parlor.Reason     `json:"conflict,omitempty"`
	Waits    *parlor.Reason     `json:"waits,omitempty" doc:"Guests wait until they are let in, whatever the settings say, because of some whom you do not know"`

	Invitation string `json:"invitation" doc:"Text for guests, as it stands in the event"`
}
