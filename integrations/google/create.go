package google

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"

	"google.golang.org/api/calendar/v3"

	"parlor/internal/parlor"
)

const shortestKey = 16 // characters

// Create makes an event under an id that comes from the draft's key, so that Google refuses a second one and the first
// is returned. When the person has deleted that first one meanwhile its id stays taken: ErrConflict, and a new wish
// needs a new key. Guests get Google's invitation.
func (p *port) Create(ctx context.Context, cal parlor.CalendarID, d parlor.Draft) (parlor.Event, error) {
	if len(d.Key) < shortestKey {
		return parlor.Event{}, fmt.Errorf("create event: key too short: %w", parlor.ErrInvalid)
	}
	made, err := p.api.Events.Insert(string(cal), drafted(d)).SendUpdates(mailing(d)).Context(ctx).Do()
	if err = refusal(err); errors.Is(err, errDuplicate) {
		return p.existing(ctx, parlor.EventRef{Calendar: cal, ID: eventID(d.Key)})
	}
	if err != nil {
		return parlor.Event{}, fmt.Errorf("create event: %w", err)
	}
	if made.Id == "" {
		return parlor.Event{}, fmt.Errorf("create event: answer without an id: %w", errFault)
	}
	return event(cal, made), nil
}

func (p *port) existing(ctx context.Context, ref parlor.EventRef) (parlor.Event, error) {
	e, err := p.Event(ctx, ref)
	if errors.Is(err, parlor.ErrNotFound) {
		return parlor.Event{}, fmt.Errorf("create event: made before and deleted since: %w", parlor.ErrConflict)
	}
	if err != nil {
		return parlor.Event{}, fmt.Errorf("create event: made before: %w", err)
	}
	return e, nil
}

// eventID is the key's hash in the characters that Google takes: base32hex in lower case (RFC 4648, section 7).
func eventID(key string) string {
	sum := sha256.Sum256([]byte(key))
	return strings.ToLower(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:]))
}

func drafted(d parlor.Draft) *calendar.Event {
	e := &calendar.Event{
		Id:          eventID(d.Key),
		Summary:     d.Title,
		Description: d.Body,
		Location:    d.Location,
		Start:       stated(d.Start, len(d.Recurrence) > 0),
		End:         stated(d.End, len(d.Recurrence) > 0),
		Recurrence:  d.Recurrence,
	}
	for _, g := range d.Attendees {
		e.Attendees = append(e.Attendees, &calendar.EventAttendee{Email: g.Email, DisplayName: g.Name, Resource: g.Resource})
	}
	if d.Stamp != "" {
		e.ExtendedProperties = private(d.Stamp)
	}
	return e
}

// stated writes a moment in Google's form, which needs a zone when the event repeats.
func stated(m parlor.Moment, repeats bool) *calendar.EventDateTime {
	if m.AllDay {
		return &calendar.EventDateTime{Date: m.Time.UTC().Format(time.DateOnly)}
	}
	out := &calendar.EventDateTime{DateTime: m.Time.Format(time.RFC3339), TimeZone: m.Zone}
	if repeats {
		out.TimeZone = orElse(m.Zone, "UTC")
	}
	return out
}

func mailing(d parlor.Draft) string {
	if len(d.Attendees) > 0 {
		return "all"
	}
	return "none"
}
