package microsoft

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/microsoftgraph/msgraph-sdk-go/models"

	"parlor/internal/parlor"
)

// longestWatch is the documented life of a subscription to events; newer tenants grant more.
// Source: https://learn.microsoft.com/en-us/graph/api/resources/subscription
const longestWatch = 4230 * time.Minute

// Watch subscribes to the person's whole mailbox: Graph has no finer one, and none for calendars that others share. The
// handshake comes to the hook while we wait here. Channel id and secret travel in clientState, so that a push needs no look-up.
func (p *port) Watch(ctx context.Context, cal parlor.CalendarID, h parlor.Hook) (parlor.Watch, error) {
	c, err := p.calendar(cal).Get(ctx, nil)
	if err != nil {
		return parlor.Watch{}, fmt.Errorf("watch calendar: %w", refusal(err))
	}
	if c != nil && !val(c.GetIsDefaultCalendar()) && !val(c.GetCanShare()) {
		return parlor.Watch{}, fmt.Errorf("watch calendar: somebody else's: %w", parlor.ErrForbidden)
	}
	until := p.now().Add(longestWatch)
	if !h.Until.IsZero() && h.Until.Before(until) {
		until = h.Until
	}
	got, err := p.subscribe(ctx, h, until)
	if most, ok := shorter(err); ok {
		got, err = p.subscribe(ctx, h, p.now().Add(most))
	}
	if err != nil {
		return parlor.Watch{}, fmt.Errorf("watch calendar: %w", err)
	}
	return got, nil
}

func (p *port) subscribe(ctx context.Context, h parlor.Hook, until time.Time) (parlor.Watch, error) {
	wish := models.NewSubscription()
	wish.SetResource(new("me/events"))
	wish.SetChangeType(new("created,updated,deleted"))
	wish.SetNotificationUrl(&h.URL)
	wish.SetLifecycleNotificationUrl(new(h.URL + "/lifecycle"))
	wish.SetClientState(new(clientState(h)))
	wish.SetExpirationDateTime(new(until.UTC()))
	got, err := p.subscriptions.Post(ctx, wish, nil)
	if err != nil {
		return parlor.Watch{}, refusal(err)
	}
	if got == nil || val(got.GetId()) == "" {
		return parlor.Watch{}, fmt.Errorf("answer without an id: %w", errFault)
	}
	w := parlor.Watch{ID: h.ID, Resource: *got.GetId(), Until: until}
	if granted := val(got.GetExpirationDateTime()); !granted.IsZero() {
		w.Until = granted.UTC()
	}
	return w, nil
}

var minutes = regexp.MustCompile(`(\d+) minutes in the future`)

// shorter reads the limit out of Graph's refusal: "Subscription expiration can only be 4230 minutes in the future".
func shorter(err error) (time.Duration, bool) {
	answer, ok := errors.AsType[*refused](err)
	if !ok {
		return 0, false
	}
	found := minutes.FindStringSubmatch(answer.message)
	if found == nil {
		return 0, false
	}
	n, err := strconv.ParseUint(found[1], 10, 16)
	margin := time.Minute // clocks differ
	return time.Duration(n)*time.Minute - margin, err == nil && n > 1
}

// Unwatch ends a subscription; one that Graph no longer knows has ended already.
func (p *port) Unwatch(ctx context.Context, w parlor.Watch) error {
	err := p.subscriptions.BySubscriptionId(w.Resource).Delete(ctx, nil)
	if err = refusal(err); err != nil && !errors.Is(err, parlor.ErrNotFound) {
		return fmt.Errorf("stop watch %s: %w", w.ID, err)
	}
	return nil
}
