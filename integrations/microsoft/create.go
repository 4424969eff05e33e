package microsoft

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/google/uuid"
	"github.com/microsoftgraph/msgraph-sdk-go/models"
	"github.com/microsoftgraph/msgraph-sdk-go/users"

	"parlor/internal/parlor"
)

const (
	shortestKey = 16 // characters
	// keyProperty holds what the draft's key became, so that the event can be found by it.
	keyProperty = "String {6f1a7c1e-5d0a-4f0b-9a7e-2f4f5b0c9d31} Name parlor-key"
)

// keySpace is where the ids that come from drafts' keys live (RFC 9562, section 5.5).
var keySpace = uuid.MustParse("6f1a7c1e-5d0a-4f0b-9a7e-2f4f5b0c9d31")

// Create makes an event under a transaction id that comes from the draft's key: Graph drops a second one. What it answers
// then is not documented, so that a refusal makes us look for the first one by its key. When the person has deleted that
// meanwhile it is ErrConflict, and a new wish needs a new key. Guests get Outlook's invitation.
func (p *port) Create(ctx context.Context, cal parlor.CalendarID, d parlor.Draft) (parlor.Event, error) {
	if len(d.Key) < shortestKey {
		return parlor.Event{}, fmt.Errorf("create event: key too short: %w", parlor.ErrInvalid)
	}
	wish, err := p.drafted(d)
	if err != nil {
		return parlor.Event{}, fmt.Errorf("create event: %w", err)
	}
	made, err := answered(p.calendar(cal).Events().Post(ctx, wish, nil))
	if answer, ok := errors.AsType[*refused](err); ok && errors.Is(err, parlor.ErrConflict) {
		if answer.status != http.StatusConflict { // Outlook saves something else just now: 423 has been seen
			return parlor.Event{}, fmt.Errorf("create event: %w: %w", answer, errFault)
		}
		made, err = p.madeBefore(ctx, cal, d.Key)
	}
	if err != nil {
		return parlor.Event{}, fmt.Errorf("create event: %w", err)
	}
	return p.madeOf(cal, made, d), nil
}

// madeOf reads the answer, which leaves extended properties out unless they were asked for.
func (p *port) madeOf(cal parlor.CalendarID, made models.Eventable, d parlor.Draft) parlor.Event {
	out := event(cal, made)
	if made.GetSingleValueExtendedProperties() != nil {
		return p.stamped(out, made)
	}
	out.Stamp, out.StampRead = d.Stamp, true
	return out
}

// madeBefore finds the event of a key.
func (p *port) madeBefore(ctx context.Context, cal parlor.CalendarID, key string) (models.Eventable, error) {
	filter := fmt.Sprintf("singleValueExtendedProperties/Any(ep: ep/id eq '%s' and ep/value eq '%s')", keyProperty, transaction(key))
	got, err := p.calendar(cal).Events().Get(ctx, &users.ItemCalendarsItemEventsRequestBuilderGetRequestConfiguration{
		QueryParameters: &users.ItemCalendarsItemEventsRequestBuilderGetQueryParameters{Filter: &filter, Expand: []string{p.withProperty()}},
	})
	if err != nil {
		return nil, fmt.Errorf("find event made before: %w", refusal(err))
	}
	if got == nil || len(got.GetValue()) == 0 {
		return nil, fmt.Errorf("made before and deleted since: %w", parlor.ErrConflict)
	}
	return answered(got.GetValue()[0], nil)
}

func transaction(key string) string { return uuid.NewSHA1(keySpace, []byte(key)).String() }

func (p *port) drafted(d parlor.Draft) (models.Eventable, error) {
	e := models.NewEvent()
	e.SetTransactionId(new(transaction(d.Key)))
	e.SetSubject(&d.Title)
	e.SetBody(written(d.Body, d.Format))
	e.SetStart(stated(d.Start))
	e.SetEnd(stated(d.End))
	e.SetIsAllDay(&d.Start.AllDay)
	if d.Location != "" {
		place := models.NewLocation()
		place.SetDisplayName(&d.Location)
		e.SetLocation(place)
	}
	repeats, err := repetition(d)
	if err != nil {
		return nil, err
	}
	if repeats != nil {
		e.SetRecurrence(repeats)
	}
	e.SetAttendees(invited(d.Attendees))
	props := []models.SingleValueLegacyExtendedPropertyable{property(keyProperty, transaction(d.Key))}
	if d.Stamp != "" {
		stamp := models.NewEvent()
		if _, err := p.setStamp(stamp, stamp, d.Stamp); err != nil {
			return nil, err
		}
		props = append(props, stamp.GetSingleValueExtendedProperties()...)
	}
	e.SetSingleValueExtendedProperties(props)
	return e, nil
}

func invited(guests []parlor.Person) []models.Attendeeable {
	var out []models.Attendeeable
	for _, g := range guests {
		who := models.NewEmailAddress()
		who.SetAddress(&g.Email)
		if name := strings.TrimSpace(g.Name); name != "" {
			who.SetName(&name)
		}
		kind := models.REQUIRED_ATTENDEETYPE
		if g.Resource {
			kind = models.RESOURCE_ATTENDEETYPE
		}
		a := models.NewAttendee()
		a.SetEmailAddress(who)
		a.SetTypeEscaped(&kind)
		out = append(out, a)
	}
	return out
}
