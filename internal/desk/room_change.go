package desk

import (
	"context"
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
	What       parlor.RoomPart `json:"what" enum:"pmi,personal_link,passcode,several,meetings,undone"`
	Started    time.Time       `json:"started"`
	Total      int             `json:"total" doc:"Coming events with a text of ours"`
	Left       int             `json:"left" doc:"Events still to be rewritten"`
	Kept       int             `json:"kept" doc:"Events that are left as they are, because they cannot be written or their guests would be mailed"`
	Undoable   bool            `json:"undoable"`
	GraceUntil time.Time       `json:"grace_until" doc:"Until then former links lead to the room; the zero time when none do"`
}

// ApplyPreview is what it would do to coming meetings to follow the present setting for the personal room.
type ApplyPreview struct {
	InRoom     bool            `json:"in_room" doc:"Into the personal room; else out of it"`
	Moves      int             `json:"moves" doc:"Meetings that change"`
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

// TakenError says that somebody else has, or had within a year, what was asked for. It is parlor.ErrTaken.
type TakenError struct {
	Field string   // pmi or personal_link
	Free  []string // near it, and nobody's
}

// Error says what is taken.
func (e *TakenError) Error() string { return e.Field + ": " + parlor.ErrTaken.Error() }

// Unwrap makes it parlor.ErrTaken.
func (e *TakenError) Unwrap() error { return parlor.ErrTaken }

// PreviewRoom says what a change would do, and what is wrong with it. Nothing is stored.
func (d *Desk) PreviewRoom(ctx context.Context, acct parlor.AccountID, change RoomChange) (RoomPreview, error) {
	return RoomPreview{}, nil
}

// ChangeRoom changes PMI, personal link or passcode, and has every coming event rewritten. Faults: a rule is broken;
// *TakenError: the PMI or the name is somebody else's; parlor.ErrStale: the room is not the one that the change was about.
func (d *Desk) ChangeRoom(ctx context.Context, acct parlor.AccountID, change RoomChange) (RoomView, error) {
	return RoomView{}, nil
}

// SuggestPMIs draws PMIs that are free, as near to the given digits as they can be; any with "".
func (d *Desk) SuggestPMIs(ctx context.Context, acct parlor.AccountID, near string) ([]string, error) {
	return nil, nil
}

// SuggestLinks makes personal links that are free, out of the given name or, with "", of the person's own.
func (d *Desk) SuggestLinks(ctx context.Context, acct parlor.AccountID, near string) ([]string, error) {
	return nil, nil
}

// UndoRoom takes the latest change of the room back, or the latest Apply; what was undone leads to the room for the rest of
// the grace. parlor.ErrNotFound: there is nothing to take back any more.
func (d *Desk) UndoRoom(ctx context.Context, acct parlor.AccountID) error {
	return nil
}

// EndGrace makes everything that the room was reached by before lead nowhere, at once.
func (d *Desk) EndGrace(ctx context.Context, acct parlor.AccountID) error {
	return nil
}

// Rewriting says how far the latest change has come; false when there was none, or it is long over. It is counted anew each
// time, from what was written into which event: nothing is lost by a restart.
func (d *Desk) Rewriting(ctx context.Context, acct parlor.AccountID) (Rewrite, bool, error) {
	return Rewrite{}, false, nil
}

// PreviewApply says which coming meetings would follow the present setting “Use Personal Meeting ID for scheduled meetings”.
func (d *Desk) PreviewApply(ctx context.Context, acct parlor.AccountID) (ApplyPreview, error) {
	return ApplyPreview{}, nil
}

// Apply makes coming meetings follow that setting, as PreviewApply said: into the room where the guard agrees, or out of it.
// What a person chose for one meeting stays. quietly: see RoomChange.
func (d *Desk) Apply(ctx context.Context, acct parlor.AccountID, quietly bool) error {
	return nil
}
