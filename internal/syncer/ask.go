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
	if c.Meeting, err = p.switched(ctx, c.Meeting); err != nil {
		return parlor.Meeting{}, err
	}
	a := parlor.Asked(c)
	_, present := c.OwnLink()
	switch {
	case a.Do == parlor.Keep && !present:
		return parlor.Meeting{}, &parlor.RefusedError{Why: a.Why}
	case a.Do != parlor.Keep:
		if err := p.write(ctx, c, a); err != nil {
			return parlor.Meeting{}, err
		}
	}
	return p.asked(ctx, c)
}

// switched gives the event's meeting the kind that the person asks for.
func (p *pass) switched(ctx context.Context, m *parlor.Meeting) (*parlor.Meeting, error) {
	if m == nil || p.wish == nil || *p.wish == (m.Kind == parlor.InRoom) {
		return m, nil
	}
	after, err := p.desk.Switch(ctx, *m, *p.wish)
	return &after, err
}

// asked is the meeting that the event has now; a write that was one too many has left it without.
func (p *pass) asked(ctx context.Context, c parlor.Case) (parlor.Meeting, error) {
	if c.Series != nil && !c.Orphan() {
		return *c.Series, nil
	}
	m, err := p.meetingOf(ctx, c.Event.Ref)
	switch {
	case err != nil:
		return parlor.Meeting{}, err
	case m == nil:
		return parlor.Meeting{}, &parlor.RefusedError{Why: parlor.ReasonNotYours}
	case !p.later.IsZero():
		return *m, &parlor.ThrottledError{After: store.EventStretch, Reason: parlor.ReasonWriteLimit.Code}
	}
	return *m, nil
}
