package google

import (
	"context"
	"fmt"

	"google.golang.org/api/calendar/v3"

	"parlor/internal/parlor"
)

// Patch changes what the patch names and nothing else, if the event still has the etag, and mails nobody. Conference
// data stays as it is because conferenceDataVersion is left at 0.
// Source: https://developers.google.com/workspace/calendar/api/guides/version-resources
func (p *port) Patch(ctx context.Context, ref parlor.EventRef, etag string, change parlor.Patch) error {
	if change.Body == nil && change.Location == nil && change.Stamp == nil {
		return nil
	}
	if etag == "" {
		return fmt.Errorf("patch event %s: no etag: %w", ref.ID, parlor.ErrInvalid)
	}
	call := p.api.Events.Patch(string(ref.Calendar), ref.ID, patched(change)).SendUpdates("none").Context(ctx)
	call.Header().Set("If-Match", etag)
	if _, err := call.Do(); err != nil {
		return fmt.Errorf("patch event %s: %w", ref.ID, refusal(err))
	}
	return nil
}

func patched(change parlor.Patch) *calendar.Event {
	e := &calendar.Event{}
	if change.Body != nil {
		e.Description = *change.Body
		e.ForceSendFields = append(e.ForceSendFields, "Description")
	}
	if change.Location != nil {
		e.Location = *change.Location
		e.ForceSendFields = append(e.ForceSendFields, "Location")
	}
	if change.Stamp != nil {
		e.ExtendedProperties = private(*change.Stamp)
	}
	return e
}

// private sets our property beside those of others; a null takes it off.
func private(stamp string) *calendar.EventExtendedProperties {
	if stamp == "" {
		return &calendar.EventExtendedProperties{
			ForceSendFields: []string{"Private"}, // or the SDK leaves the null out
			NullFields:      []string{"Private." + parlor.StampKey},
		}
	}
	return &calendar.EventExtendedProperties{Private: map[string]string{parlor.StampKey: stamp}}
}
