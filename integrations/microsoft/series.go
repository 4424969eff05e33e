package microsoft

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/microsoftgraph/msgraph-sdk-go/models"
	"github.com/microsoftgraph/msgraph-sdk-go/users"

	"parlor/internal/parlor"
)

// fields are what we read of a series and of its exceptions: those show what was selected for their master, and the two
// lists of occurrences come only when they are named. Graph's model has no uid, which comes all the same where it comes.
// Source: https://learn.microsoft.com/en-us/graph/api/event-get
var fields = []string{
	"id", "changeKey", "iCalUId", "subject", "body", "start", "end", "isAllDay", "originalStart", "originalStartTimeZone",
	"location", "locations", "attendees", "organizer", "isOrganizer", "isDraft", "isCancelled", "showAs", "type", "seriesMasterId",
	"recurrence", "occurrenceId", "isOnlineMeeting", "onlineMeeting", "onlineMeetingProvider", "onlineMeetingUrl", "webLink",
	"createdDateTime", "lastModifiedDateTime", "cancelledOccurrences", "exceptionOccurrences",
}

// series gives a series as the port wants it: its master, its changed occurrences and its cancelled ones, as far as they
// lie in the window. listed are exceptions as the list brought them, which is all there is to a series of somebody else's
// of which the person got single occurrences.
func (r *round) series(ctx context.Context, id string, listed []parlor.Event) ([]parlor.Event, error) {
	ref := parlor.EventRef{Calendar: r.cal, ID: id}
	m, err := r.master(ctx, ref)
	told := !errors.Is(err, parlor.ErrInvalid)
	if !told { // a series of which Graph will not tell so much must not stop the others
		m, err = r.port.read(ctx, ref)
	}
	switch {
	case errors.Is(err, parlor.ErrNotFound), errors.Is(err, parlor.ErrForbidden):
		return listed, nil
	case err != nil:
		return nil, fmt.Errorf("read series %s: %w", id, err)
	}
	master := r.stamped(event(r.cal, m), m)
	if master.Cancelled || master.Recurrence == nil {
		return []parlor.Event{master}, nil
	}
	if !told {
		return append([]parlor.Event{master}, listed...), nil
	}
	others := append(changed(m, master), cancelled(m, master)...)
	master.Exceptions = starts(m, others)
	out := []parlor.Event{master}
	for _, e := range others {
		if !e.OriginalStart.Time.Before(r.window.from) || e.End.Time.After(r.window.from) {
			out = append(out, e)
		}
	}
	return out, nil
}

// master reads a series with all that is different about it, in one request.
func (p *port) master(ctx context.Context, ref parlor.EventRef) (models.Eventable, error) {
	return answered(p.item(ref).Get(ctx, &users.ItemCalendarsItemEventsEventItemRequestBuilderGetRequestConfiguration{
		QueryParameters: &users.ItemCalendarsItemEventsEventItemRequestBuilderGetQueryParameters{
			Select: fields, Expand: []string{"exceptionOccurrences", p.withProperty()},
		},
	}))
}

// changed are the occurrences that have something of their own.
func changed(m models.Eventable, master parlor.Event) []parlor.Event {
	var out []parlor.Event
	for _, x := range m.GetExceptionOccurrences() {
		if x == nil || val(x.GetId()) == "" {
			continue
		}
		e := event(master.Ref.Calendar, x)
		e.SeriesID, e.Recurrence = master.Ref.ID, nil
		if e.OriginalStart = original(x, master.Start); e.OriginalStart.Time.IsZero() {
			e.OriginalStart = occurrence(more(x, "occurrenceId"), master.Start)
		}
		out = append(out, e)
	}
	return out
}

// cancelled are the occurrences that are gone. Graph names them by the day they were on, and they have no id.
func cancelled(m models.Eventable, master parlor.Event) []parlor.Event {
	var out []parlor.Event
	for _, id := range m.GetCancelledOccurrences() {
		out = append(out, parlor.Event{
			Ref:       parlor.EventRef{Calendar: master.Ref.Calendar, ID: id},
			SeriesID:  master.Ref.ID,
			Cancelled: true, OriginalStart: occurrence(id, master.Start),
		})
	}
	return out
}

const cancelledMark = "OID."

// isCancelledOccurrence knows the references that cancelled gives: there is nothing to read behind them.
func isCancelledOccurrence(id string) bool { return strings.HasPrefix(id, cancelledMark) }

// occurrence is when a series has the occurrence with an id like "OID.<id of the series>.2026-05-21": on that day, at the
// time of the first one.
func occurrence(id string, first parlor.Moment) parlor.Moment {
	date, err := time.Parse(time.DateOnly, id[strings.LastIndex(id, ".")+1:])
	if err != nil {
		return parlor.Moment{}
	}
	if first.AllDay {
		return parlor.Moment{Time: date, AllDay: true}
	}
	wall := first.Time.In(location(first.Zone))
	at := time.Date(date.Year(), date.Month(), date.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, wall.Location())
	return parlor.Moment{Time: at.UTC(), Zone: first.Zone}
}

// starts lists the original starts of the occurrences that differ; nil when not all of them are known.
func starts(m models.Eventable, differing []parlor.Event) *[]time.Time {
	if more(m, "exceptionOccurrences@odata.nextLink") != "" {
		return nil
	}
	out := make([]time.Time, 0, len(differing))
	for _, e := range differing {
		if e.OriginalStart.Time.IsZero() {
			return nil
		}
		out = append(out, e.OriginalStart.Time)
	}
	return &out
}
