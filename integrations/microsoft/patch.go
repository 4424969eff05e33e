package microsoft

import (
	"context"
	"fmt"

	kiota "github.com/microsoft/kiota-abstractions-go"
	"github.com/microsoftgraph/msgraph-sdk-go/models"
	"github.com/microsoftgraph/msgraph-sdk-go/users"

	"parlor/internal/parlor"
)

// Patch changes what the patch names and nothing else, in one request, so that guests get one mail. It reads the event
// first, for three reasons: Graph does not promise to heed If-Match, so the etag is compared here too and the rest is a
// matter of milliseconds; rooms and the add-in's other properties can only be kept by writing them again; and Graph lets a
// guest change their own copy, which is not ours to do.
// Source: https://learn.microsoft.com/en-us/graph/api/event-update
func (p *port) Patch(ctx context.Context, ref parlor.EventRef, tag string, change parlor.Patch) error {
	if change.Body == nil && change.Location == nil && change.Stamp == nil {
		return nil
	}
	if tag == "" {
		return fmt.Errorf("patch event %s: no etag: %w", ref.ID, parlor.ErrInvalid)
	}
	now, err := p.read(ctx, ref)
	if err != nil {
		return fmt.Errorf("patch event %s: %w", ref.ID, err)
	}
	write, err := p.patched(now, tag, change)
	if err != nil || write == nil {
		return wrap("patch event "+ref.ID, err)
	}
	cfg := &users.ItemCalendarsItemEventsEventItemRequestBuilderPatchRequestConfiguration{Headers: kiota.NewRequestHeaders()}
	cfg.Headers.Add("If-Match", etag(now))
	_, err = p.item(ref).Patch(ctx, write, cfg)
	return wrap("patch event "+ref.ID, refusal(err))
}

// patched is what to send, nil when the event is as it should be.
func (p *port) patched(now models.Eventable, tag string, change parlor.Patch) (models.Eventable, error) {
	switch {
	case version(tag) != version(etag(now)):
		return nil, fmt.Errorf("event is another version: %w", parlor.ErrConflict)
	case !val(now.GetIsOrganizer()):
		return nil, fmt.Errorf("somebody else's event: %w", parlor.ErrForbidden)
	}
	out, write := models.NewEvent(), false
	if change.Body != nil {
		if err := keepsBlob(now, *change.Body); err != nil {
			return nil, err
		}
		out.SetBody(written(*change.Body, change.Format))
		write = true
	}
	if change.Location != nil {
		setPlace(out, now, *change.Location)
		write = true
	}
	if change.Stamp != nil {
		changed, err := p.setStamp(out, now, *change.Stamp)
		if err != nil {
			return nil, err
		}
		write = write || changed
	}
	if !write {
		return nil, nil
	}
	return out, nil
}

func written(body string, f parlor.Format) models.ItemBodyable {
	kind := models.TEXT_BODYTYPE
	if f == parlor.HTML {
		kind = models.HTML_BODYTYPE
	}
	out := models.NewItemBody()
	out.SetContentType(&kind)
	out.SetContent(&body)
	return out
}

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
