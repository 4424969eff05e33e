package syncer

import (
	"context"
	"errors"
	"fmt"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// askTries is how often one event is read and written when it moves meanwhile.
const askTries = 3

// Ask gives one event a link because its person asks for it, whatever their settings say of other events; on an event that
// has its link, it brings it up to date. usePMI chooses the room or a one-time number, also for a link that is there.
// *parlor.RefusedError: the event cannot have one; parlor.ErrNotFound: no such calendar or event.
func (s *Syncer) Ask(ctx context.Context, acct parlor.AccountID, ref parlor.EventRef, usePMI *bool) (parlor.Meeting, error) {
	p, err := s.begin(ctx, acct, ref.Calendar)
	if err != nil {
		return parlor.Meeting{}, err
	}
	p.wish = usePMI
	for range askTries {
		m, err := p.ask(ctx, ref)
		if !errors.Is(err, parlor.ErrConflict) {
			return m, s.revoked(ctx, acct, p.state.Service, err)
		}
	}
	return parlor.Meeting{}, fmt.Errorf("event kept changing: %w", parlor.ErrBusy)
}

func (p *pass) ask(ctx context.Context, ref parlor.EventRef) (parlor.Meeting, error) {
	e, err := p.port.Event(ctx, ref)
	if err != nil {
		return parlor.Meeting{}, fmt.Errorf("read event: %w", err)
	}
	c, err := p.newCase(ctx, e)
	if err != nil {
		return parlor.Meeting{}, err
	}
	_, present := c.OwnLink()
	if why, closed := c.Closed(); closed && (!present || p.switches(c.Meeting)) {
		return parlor.Meeting{}, &parlor.RefusedError{Why: why}
	}
	if p.switches(c.Meeting) {
		after, err := p.desk.Switch(ctx, *c.Meeting, *p.wish, company(c.Event))
		if err != nil {
			return parlor.Meeting{}, err
		}
		c.Meeting = &after
	}
	if a := parlor.Asked(c); a.Do != parlor.Keep {
		if err := p.write(ctx, c, a); err != nil {
			return parlor.Meeting{}, err
		}
	}
	return p.asked(ctx, c)
}

// switches says whether the person asks for another kind than the event's meeting has.
func (p *pass) switches(m *parlor.Meeting) bool {
	return m != nil && p.wish != nil && *p.wish != (m.Kind == parlor.InRoom)
}

// asked is the meeting that the event has now, unless the write was one too many.
func (p *pass) asked(ctx context.Context, c parlor.Case) (parlor.Meeting, error) {
	if !p.later.IsZero() {
		return parlor.Meeting{}, &parlor.ThrottledError{After: store.EventStretch, Reason: parlor.ReasonWriteLimit.Code}
	}
	if c.Series != nil && !c.Orphan() {
		return *c.Series, nil
	}
	m, err := p.meetingOf(ctx, c.Event.Ref)
	switch {
	case err != nil:
		return parlor.Meeting{}, err
	case m == nil:
		return parlor.Meeting{}, &parlor.RefusedError{Why: parlor.ReasonNotYours}
	}
	return *m, nil
}
