package microsoft

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/microsoftgraph/msgraph-sdk-go/models"
	"github.com/microsoftgraph/msgraph-sdk-go/users"

	"parlor/internal/parlor"
)

// Event reads one event with our stamp. An event whose organiser cancelled it stays in a guest's calendar: it is gone too.
func (p *port) Event(ctx context.Context, ref parlor.EventRef) (parlor.Event, error) {
	if isCancelledOccurrence(ref.ID) {
		return parlor.Event{}, fmt.Errorf("read event %s: %w", ref.ID, parlor.ErrNotFound)
	}
	e, err := p.read(ctx, ref)
	if err != nil {
		return parlor.Event{}, fmt.Errorf("read event %s: %w", ref.ID, err)
	}
	if val(e.GetIsCancelled()) {
		return parlor.Event{}, fmt.Errorf("read event %s: %w", ref.ID, parlor.ErrNotFound)
	}
	return p.stamped(event(ref.Calendar, e), e), nil
}

// read asks for one event through its calendar: the shorter path knows no events of shared calendars.
func (p *port) read(ctx context.Context, ref parlor.EventRef) (models.Eventable, error) {
	if strings.Trim(ref.ID, ".") == "" || strings.ContainsAny(ref.ID, "/?#") { // would be the address of something else
		return nil, fmt.Errorf("no id of an event: %w", parlor.ErrNotFound)
	}
	return answered(p.item(ref).Get(ctx, &users.ItemCalendarsItemEventsEventItemRequestBuilderGetRequestConfiguration{
		QueryParameters: &users.ItemCalendarsItemEventsEventItemRequestBuilderGetQueryParameters{Expand: []string{p.withProperty()}},
	}))
}

func (p *port) item(ref parlor.EventRef) *users.ItemCalendarsItemEventsEventItemRequestBuilder {
	return p.calendar(ref.Calendar).Events().ByEventId(ref.ID)
}

// answered refuses an answer that is no event.
func answered(e models.Eventable, err error) (models.Eventable, error) {
	if err != nil {
		return nil, refusal(err)
	}
	if e == nil || val(e.GetId()) == "" {
		return nil, fmt.Errorf("answer without an id: %w", errFault)
	}
	return e, nil
}

// event reads Graph's form. Anything but the id may be missing. The stamp is read apart: a list cannot show it.
func event(cal parlor.CalendarID, e models.Eventable) parlor.Event {
	zone, allDay := zoneOf(e), val(e.GetIsAllDay())
	host := organizer(e)
	body, format := text(e.GetBody())
	start := moment(e.GetStart(), zone, allDay)
	out := parlor.Event{
		Ref:        parlor.EventRef{Calendar: cal, ID: val(e.GetId())},
		ETag:       etag(e),
		UID:        uid(e),
		Ordinary:   ordinary(e),
		Cancelled:  val(e.GetIsCancelled()) || removed(e),
		Title:      val(e.GetSubject()),
		Location:   place(e),
		Body:       body,
		Format:     format,
		Start:      start,
		End:        moment(e.GetEnd(), zone, allDay),
		Organizer:  host,
		Creator:    parlor.Person{Self: host.Self},
		Attendees:  guests(e.GetAttendees(), host),
		Editable:   host.Self,
		Recurrence: recurrence(e.GetRecurrence()),
		SeriesID:   val(e.GetSeriesMasterId()),
		Conference: conference(e),
		HTMLLink:   val(e.GetWebLink()),
		Created:    val(e.GetCreatedDateTime()).UTC(),
		Updated:    val(e.GetLastModifiedDateTime()).UTC(),
	}
	if out.SeriesID != "" {
		out.OriginalStart = original(e, start)
	}
	return out
}

// ordinary leaves out what is nobody's meeting: a draft that its author has not sent yet, and an absence without guests.
func ordinary(e models.Eventable) bool {
	show := val(e.GetShowAs())
	away := e.GetShowAs() != nil && (show == models.OOF_FREEBUSYSTATUS || show == models.WORKINGELSEWHERE_FREEBUSYSTATUS)
	return !val(e.GetIsDraft()) && (!away || len(e.GetAttendees()) > 0)
}

// etag is the version of an event. Graph leaves the annotation out of some answers; the change key is the same.
func etag(e models.Eventable) string {
	if tag := more(e, "@odata.etag"); tag != "" {
		return tag
	}
	if key := val(e.GetChangeKey()); key != "" {
		return `W/"` + key + `"`
	}
	return ""
}

// version is what of an etag names the version.
func version(etag string) string {
	return strings.Trim(strings.TrimPrefix(etag, "W/"), `"`)
}

// uid is one for a whole series, where iCalUId differs with each occurrence.
func uid(e models.Eventable) string { return orElse(more(e, "uid"), val(e.GetICalUId())) }

// more reads a field that the SDK's model does not know.
func more(e models.Eventable, name string) string {
	s, _ := e.GetAdditionalData()[name].(*string)
	return val(s)
}

func removed(e models.Eventable) bool {
	_, gone := e.GetAdditionalData()["@removed"]
	return gone
}

func text(b models.ItemBodyable) (string, parlor.Format) {
	if b == nil {
		return "", parlor.Text
	}
	if b.GetContentType() != nil && *b.GetContentType() == models.HTML_BODYTYPE {
		return val(b.GetContent()), parlor.HTML
	}
	return val(b.GetContent()), parlor.Text
}

// original is when the series had an occurrence, as far as Graph states it, in the zone of the moment beside it.
func original(e models.Eventable, beside parlor.Moment) parlor.Moment {
	at := val(e.GetOriginalStart())
	switch {
	case at.IsZero():
		return parlor.Moment{}
	case beside.AllDay:
		return parlor.Moment{Time: midnight(at), AllDay: true}
	}
	return parlor.Moment{Time: at.UTC().Truncate(time.Second), Zone: beside.Zone}
}
