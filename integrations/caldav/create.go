package caldav

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/mail"
	"strings"

	"parlor/internal/parlor"
)

const shortestKey = 16 // characters

// Create makes an event under a name that comes from the draft's key, if nothing is there by that name: the same key again
// finds the event made before, as it is now. A server that takes part in scheduling (RFC 6638) invites the guests.
func (p *port) Create(ctx context.Context, cal parlor.CalendarID, d parlor.Draft) (parlor.Event, error) {
	if len(d.Key) < shortestKey {
		return parlor.Event{}, fmt.Errorf("create event: key too short: %w", parlor.ErrInvalid)
	}
	if err := known(cal); err != nil {
		return parlor.Event{}, fmt.Errorf("create event: %w", err)
	}
	sum := sha256.Sum256([]byte(d.Key))
	id := hex.EncodeToString(sum[:16])
	text, err := p.drafted(id, d)
	if err != nil {
		return parlor.Event{}, fmt.Errorf("create event: %w", err)
	}
	name := id + ".ics"
	err = p.done(ctx, request{method: http.MethodPut, path: string(cal) + name, kind: icsType, body: text, fresh: true})
	switch code := status(err); {
	case code == http.StatusConflict: // the calendar itself is not there (RFC 4918, section 9.7.1)
		return parlor.Event{}, fmt.Errorf("create event: %w: %w", parlor.ErrNotFound, err)
	case err != nil && !errors.Is(err, parlor.ErrConflict):
		return parlor.Event{}, fmt.Errorf("create event: %w", err)
	}
	// Servers change what they store: only reading tells what it is now.
	return p.Event(ctx, parlor.EventRef{Calendar: cal, ID: name})
}

// drafted writes a draft as a calendar object.
func (p *port) drafted(id string, d parlor.Draft) (string, error) {
	now := p.now().UTC()
	w := &writer{}
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", "-//Parlor//Parlor//EN")
	last := d.End.Time
	if len(d.Recurrence) > 0 {
		last = last.AddDate(10, 0, 0)
	}
	w.zones(d.Start.Time, last, d.Start, d.End)
	w.line("BEGIN", "VEVENT")
	w.line("UID", id+"@parlor")
	w.line("DTSTAMP", now.Format(utcForm))
	w.line("CREATED", now.Format(utcForm))
	w.moment("DTSTART", d.Start)
	w.moment("DTEND", d.End)
	for _, rule := range d.Recurrence {
		if strings.ContainsAny(rule, "\r\n") {
			return "", fmt.Errorf("rule of two lines: %w", parlor.ErrInvalid)
		}
		head, value, _ := strings.Cut(rule, ":")
		w.line(head, value)
	}
	w.text("SUMMARY", d.Title)
	w.text("LOCATION", d.Location)
	w.text("DESCRIPTION", d.Body)
	if err := p.invite(w, d.Attendees); err != nil {
		return "", err
	}
	if own := link(p.origin, d.Body, d.Location); own != "" {
		w.line(conferenceHead, own)
	}
	w.text(stampName, d.Stamp)
	w.line("END", "VEVENT")
	w.line("END", "VCALENDAR")
	return w.String(), nil
}

// invite writes who is invited, and by whom: guests without an organiser are none (RFC 5545, section 3.8.4.3).
func (p *port) invite(w *writer, guests []parlor.Person) error {
	if len(guests) == 0 {
		return nil
	}
	if p.mail == "" {
		return fmt.Errorf("the calendar does not tell your mail address, so it cannot invite: %w", parlor.ErrInvalid)
	}
	w.line("ORGANIZER", "mailto:"+p.mail)
	for _, g := range guests {
		parsed, err := mail.ParseAddress(g.Email)
		if err != nil || parsed.Address != g.Email || strings.ContainsAny(g.Email, "\r\n \";:,") {
			return fmt.Errorf("no mail address: %w", parlor.ErrInvalid)
		}
		kind := "INDIVIDUAL"
		if g.Resource {
			kind = "RESOURCE"
		}
		head := "ATTENDEE;CUTYPE=" + kind + ";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
		if name := strings.Join(strings.FieldsFunc(g.Name, func(r rune) bool { return r < ' ' || r == '"' }), " "); name != "" {
			head += `;CN="` + name + `"`
		}
		w.line(head, "mailto:"+g.Email)
	}
	return nil
}
