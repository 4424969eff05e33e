package parlor

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// How long what a room was reached by before a change still leads there, days. A PMI stays its person's for a year.
const (
	DefaultGraceDays = 14
	MaxGraceDays     = 365
)

// RoomChange is a wish to change what a room is reached by. What is nil stays as it is.
type RoomChange struct {
	Of           string // ETag of the room that the wish is about, "" is any
	PMI          *string
	PersonalLink *string // an empty one gives the name up
	Passcode     *string
	Rotate       bool // a new passcode is drawn; Passcode is not looked at
	GraceDays    *int // 0: what was before leads nowhere from now on; nil: DefaultGraceDays
	// Quietly leaves events alone that the calendar would mail their guests about, until the grace ends.
	Quietly bool
}

// Grace is how long what was before still leads to the room.
func (c RoomChange) Grace() time.Duration {
	days := DefaultGraceDays
	if c.GraceDays != nil {
		days = *c.GraceDays
	}
	return time.Duration(days) * 24 * time.Hour
}

// Faults is everything that is wrong with a change of this room and can be told without asking whose a name is.
func (c RoomChange) Faults(r Room) []FieldError {
	var faults []FieldError
	check := func(wish *string, now string, validate func(string) error) {
		if wish == nil || *wish == now {
			return
		}
		var fault FieldError
		if errors.As(validate(*wish), &fault) {
			faults = append(faults, fault)
		}
	}
	check(c.PMI, r.PMI, ValidatePMI)
	if c.PersonalLink != nil && *c.PersonalLink != "" {
		check(c.PersonalLink, r.PersonalLink, ValidatePersonalLink)
	}
	if !c.Rotate {
		known := len(faults)
		if check(c.Passcode, r.Passcode, ValidatePasscode); len(faults) == known {
			faults = append(faults, c.passcodeInPMI(r)...)
		}
	}
	if c.GraceDays != nil && (*c.GraceDays < 0 || *c.GraceDays > MaxGraceDays) {
		faults = append(faults, FieldError{Field: "grace_days", Message: "must be 0 to 365", Value: *c.GraceDays})
	}
	return faults
}

// passcodeInPMI refuses a passcode that is part of what every invitation shows.
func (c RoomChange) passcodeInPMI(r Room) []FieldError {
	pmi, passcode := r.PMI, r.Passcode
	if c.PMI != nil {
		pmi = *c.PMI
	}
	if c.Passcode != nil {
		passcode = *c.Passcode
	}
	if c.PMI == nil && c.Passcode == nil || passcode == "" || !strings.Contains(pmi, passcode) {
		return nil
	}
	return []FieldError{{Field: "passcode", Message: "must not be part of the Personal Meeting ID"}}
}

// With returns the room after a change, whose passcode has been drawn if it was to be, and false when nothing about it
// differs. Versions of the passcode are never given twice, or a link that was retired would open again.
func (r Room) With(c RoomChange, now time.Time) (Room, bool) {
	next := r
	if c.PMI != nil {
		next.PMI = *c.PMI
	}
	if c.PersonalLink != nil {
		next.PersonalLink = *c.PersonalLink
	}
	if c.Passcode != nil && *c.Passcode != r.Passcode {
		next.Passcode, next.PasscodeVersion = *c.Passcode, max(r.Drawn, r.PasscodeVersion)+1
		next.Drawn = next.PasscodeVersion
	}
	what := r.parted(next)
	if what == "" {
		return r, false
	}
	until := now.Add(c.Grace())
	next.Former = r.lasting(now)
	if until.After(now) {
		next.Former = append(next.Former, r.former(until))
	}
	next.noteChange(what, now, until)
	if what != PartPersonalLink { // which is in no event
		next.QuietUntil = time.Time{}
		if c.Quietly {
			next.QuietUntil = until
		}
	}
	return next, true
}

// Undone returns the room as it was before the latest change; what is undone leads there for the rest of the grace. It is
// false when that is not to be had any more.
func (r Room) Undone(now time.Time) (Room, bool) {
	switch {
	case !r.Undoable(now):
		return r, false
	case r.Changed.Applied != nil:
		return r.withoutApplied(now), true
	case len(r.Former) == 0:
		return r, false
	}
	next, last := r, r.Former[len(r.Former)-1]
	next.PMI, next.PersonalLink = last.PMI, last.PersonalLink
	next.Passcode, next.PasscodeVersion = last.Passcode, last.PasscodeVersion
	next.Former = append(slices.Clone(r.Former[:len(r.Former)-1]), r.former(last.Until))
	next.noteChange(PartUndone, now, last.Until)
	next.QuietUntil = last.Until // guests who were mailed have a link that works; they hear of it when it ends
	return next, true
}

// Undoable says whether the latest change can be taken back.
func (r Room) Undoable(now time.Time) bool { return r.Changed.Until.After(now) }

// WithoutGrace returns the room that is reached by what it is now and by nothing else.
func (r Room) WithoutGrace() Room {
	r.Former, r.QuietUntil, r.Changed.Until = nil, time.Time{}, time.Time{}
	return r
}

// WithoutFormer returns the room that a PMI which it had before leads to no more. If the latest change was of that PMI, it
// is not to be undone.
func (r Room) WithoutFormer(pmi string) Room {
	kept := slices.DeleteFunc(slices.Clone(r.Former), func(f Former) bool { return f.PMI == pmi })
	if n := len(r.Former); n > 0 && r.Former[n-1].PMI == pmi && r.Changed.Applied == nil {
		r.Changed.Until = time.Time{}
	}
	r.Former = kept
	return r
}

// GraceUntil is when the last of what was before stops leading here; zero when nothing does.
func (r Room) GraceUntil(now time.Time) time.Time {
	var end time.Time
	for _, f := range r.lasting(now) {
		if f.Until.After(end) {
			end = f.Until
		}
	}
	return end
}

// Leads says whether somebody who reads one of these rooms may write links as the other has them.
func (r Room) Leads(other Room) bool {
	return r.PMI == other.PMI && r.PasscodeVersion == other.PasscodeVersion && r.Status == other.Status &&
		r.Address == other.Address && r.Direct == other.Direct &&
		r.QuietUntil.Equal(other.QuietUntil)
}

func (r *Room) noteChange(what RoomPart, now, until time.Time) {
	pending := !r.Changed.At.IsZero() && r.Changed.Done.IsZero() && r.Changed.What != what
	if pending && what != PartUndone {
		what = PartSeveral
	}
	r.Changed = Changed{What: what, At: now}
	if what == PartPersonalLink { // which is in no event
		r.Changed.Done = now
	}
	if until.After(now) {
		r.Changed.Until = until
	}
}

// parted names what differs, "" for nothing.
func (r Room) parted(next Room) RoomPart {
	var parts []RoomPart
	if next.PMI != r.PMI {
		parts = append(parts, PartPMI)
	}
	if next.PersonalLink != r.PersonalLink {
		parts = append(parts, PartPersonalLink)
	}
	if next.PasscodeVersion != r.PasscodeVersion {
		parts = append(parts, PartPasscode)
	}
	switch len(parts) {
	case 0:
		return ""
	case 1:
		return parts[0]
	}
	return PartSeveral
}

func (r Room) former(until time.Time) Former {
	return Former{PMI: r.PMI, PersonalLink: r.PersonalLink, Passcode: r.Passcode, PasscodeVersion: r.PasscodeVersion, Until: until}
}

func (r Room) lasting(now time.Time) []Former {
	var lasting []Former
	for _, f := range r.Former {
		if f.Until.After(now) {
			lasting = append(lasting, f)
		}
	}
	return lasting
}

// TakenError says that somebody else has, or had within a year, what was asked for. It is ErrTaken.
type TakenError struct {
	Field string   // pmi or personal_link
	Free  []string // near it, and nobody's; may be empty
}

// Error says what is taken.
func (e *TakenError) Error() string { return e.Field + ": " + ErrTaken.Error() }

// Unwrap makes it ErrTaken.
func (e *TakenError) Unwrap() error { return ErrTaken }
