package google

import (
	"context"
	"fmt"
	"time"

	"google.golang.org/api/calendar/v3"

	"parlor/internal/parlor"
)

const cancelled = "cancelled" // the status of deleted events and occurrences

// Event reads one event. Google keeps showing deleted ones for a while: they are gone too.
func (p *port) Event(ctx context.Context, ref parlor.EventRef) (parlor.Event, error) {
	e, err := p.api.Events.Get(string(ref.Calendar), ref.ID).Context(ctx).Do()
	if err != nil {
		return parlor.Event{}, fmt.Errorf("read event %s: %w", ref.ID, refusal(err))
	}
	if e.Id == "" {
		return parlor.Event{}, fmt.Errorf("read event %s: answer without an id: %w", ref.ID, errFault)
	}
	if e.Status == cancelled {
		return parlor.Event{}, fmt.Errorf("read event %s: %w", ref.ID, parlor.ErrNotFound)
	}
	return event(ref.Calendar, e), nil
}

func events(cal parlor.CalendarID, items []*calendar.Event) []parlor.Event {
	out := make([]parlor.Event, 0, len(items))
	for _, e := range items {
		out = append(out, event(cal, e))
	}
	return out
}

// event reads Google's form. Anything but the id may be missing, on cancelled entries nearly everything; an underscore
// in the id proves nothing, so whether it is an occurrence is only what Google says.
func event(cal parlor.CalendarID, e *calendar.Event) parlor.Event {
	organizer, creator := hosts(e)
	return parlor.Event{
		Ref:           parlor.EventRef{Calendar: cal, ID: e.Id},
		ETag:          e.Etag,
		UID:           e.ICalUID,
		Ordinary:      e.EventType == "" || e.EventType == "default",
		Cancelled:     e.Status == cancelled,
		Locked:        e.Locked,
		Title:         e.Summary,
		Location:      e.Location,
		Body:          e.Description,
		Format:        parlor.GuessFormat(e.Description),
		Start:         moment(e.Start),
		End:           moment(e.End),
		Organizer:     organizer,
		Creator:       creator,
		Attendees:     guests(e.Attendees),
		Editable:      (organizer.Self || e.GuestsCanModify) && !e.Locked,
		Recurrence:    e.Recurrence,
		SeriesID:      e.RecurringEventId,
		OriginalStart: moment(e.OriginalStartTime),
		Conference:    conference(e),
		Stamp:         stamp(e),
		StampRead:     e.Status != cancelled || e.ExtendedProperties != nil,
		HTMLLink:      e.HtmlLink,
		Created:       instant(e.Created),
		Updated:       instant(e.Updated),
	}
}

// moment leaves the time zero when it is missing or cannot be read.
func moment(m *calendar.EventDateTime) parlor.Moment {
	switch {
	case m == nil:
		return parlor.Moment{}
	case m.DateTime != "":
		return parlor.Moment{Time: instant(m.DateTime), Zone: m.TimeZone}
	}
	day, err := time.Parse(time.DateOnly, m.Date)
	return parlor.Moment{Time: day, Zone: m.TimeZone, AllDay: err == nil}
}

func instant(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

func stamp(e *calendar.Event) string {
	if e.ExtendedProperties == nil {
		return ""
	}
	return e.ExtendedProperties.Private[parlor.StampKey]
}
