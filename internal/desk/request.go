package desk

import (
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The bounds of a request.
const (
	maxTitle     = 1024
	maxAttendees = 200
	maxKey       = 200
	maxLength    = 31 * 24 * time.Hour
	firstYear    = 2000
	lastYear     = 2100
)

// faults checks everything in a request that can be checked without reading anything.
func (r Request) faults() Faults {
	var f Faults
	f.check(utf8.ValidString(r.Title) && utf8.RuneCountInString(r.Title) <= maxTitle, "title", nil,
		"must be at most 1024 characters")
	f.check(!strings.ContainsFunc(r.Title, unicode.IsControl), "title", nil, "must be one line without control characters")
	f.check(len(r.IdempotencyKey) <= maxKey, "idempotency_key", nil, "must be at most 200 characters")
	r.checkTimes(&f)
	r.checkAttendees(&f)
	checkRecurrence(&f, r.Recurrence)
	return f
}

func (r Request) checkTimes(f *Faults) {
	f.check(sane(r.Start.Time), "start", r.Start.Time, "must lie between the years 2000 and 2100")
	f.check(sane(r.End.Time), "end", r.End.Time, "must lie between the years 2000 and 2100")
	f.check(r.End.Time.After(r.Start.Time), "end", r.End.Time, "must be after the start")
	f.check(r.End.Time.Sub(r.Start.Time) <= maxLength, "end", r.End.Time, "must be at most 31 days after the start")
	f.check(knownZone(r.Start.Zone), "time_zone", r.Start.Zone, "must be an IANA time zone such as Europe/London")
}

func sane(t time.Time) bool {
	year := t.UTC().Year()
	return year >= firstYear && year <= lastYear
}

// knownZone refuses "Local" too: it would be the server's.
func knownZone(name string) bool {
	if name == "Local" {
		return false
	}
	_, err := time.LoadLocation(name)
	return err == nil
}

func (r Request) checkAttendees(f *Faults) {
	f.check(len(r.Attendees) <= maxAttendees, "attendees", len(r.Attendees), "must be at most 200 addresses")
	for _, a := range r.Attendees {
		f.check(isAddress(a.Email), "attendees", a.Email, "must be e-mail addresses: name@example.com")
	}
}

func isAddress(email string) bool {
	parsed, err := mail.ParseAddress(email)
	return err == nil && parsed.Address == email
}
