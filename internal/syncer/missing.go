package syncer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parlor/internal/parlor"
)

// farAhead is how long before its start a meeting is looked for when a list does not show its event.
const farAhead = 20 * 365 * 24 * time.Hour

// missing looks after the meetings whose events a full list did not show. A list from the beginning tells nothing of what
// was deleted before it, so each event is read by itself: only the calendar's word that it is gone counts.
func (p *pass) missing(ctx context.Context) error {
	if !p.report.Full {
		return nil
	}
	meetings, err := p.st.Meetings(ctx, p.acct, p.now(), p.now().Add(farAhead))
	if err != nil {
		return fmt.Errorf("read meetings: %w", err)
	}
	for _, m := range meetings {
		if m.Event.Calendar != p.cal || m.Service != p.state.Service || p.met[m.Number] {
			continue
		}
		if err := p.search(ctx, m.Event); err != nil {
			return err
		}
	}
	return nil
}

func (p *pass) search(ctx context.Context, ref parlor.EventRef) error {
	e, err := p.port.Event(ctx, ref)
	if errors.Is(err, parlor.ErrNotFound) {
		e, err = parlor.Event{Ref: ref, Cancelled: true}, nil
	}
	if err != nil {
		return fmt.Errorf("look for event %s: %w", ref.ID, err)
	}
	return p.event(ctx, e)
}
