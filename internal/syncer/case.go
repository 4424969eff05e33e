package syncer

import (
	"context"
	"errors"
	"fmt"

	"parlor/internal/parlor"
)

// newCase gathers what Decide looks at.
func (p *pass) newCase(ctx context.Context, e parlor.Event) (parlor.Case, error) {
	c := parlor.Case{Event: e, Settings: p.settings, Room: p.room, Origin: p.cfg.Origin, Now: p.now(), Mails: p.cn.Mails(p.state.Service), Leaving: p.leaving()}
	var err error
	if e.SeriesID != "" {
		if c.Series, err = p.series(ctx, e); err != nil {
			return c, err
		}
	}
	if c.Meeting, err = p.meetingOf(ctx, e.Ref); err != nil || e.Cancelled && c.Series == nil {
		return c, err
	}
	if c.Meeting != nil { // an occurrence may have a number of its own: guests have that one
		c.Series = nil
	}
	if c.Meeting != nil || c.Series != nil && !c.Orphan() || e.Cancelled {
		return c, nil
	}
	link, present := c.OwnLink()
	if !present {
		return c, nil
	}
	err = p.adopt(ctx, &c, link)
	return c, err
}

func (p *pass) meetingOf(ctx context.Context, ref parlor.EventRef) (*parlor.Meeting, error) {
	m, err := p.st.MeetingByEvent(ctx, p.acct, ref)
	if errors.Is(err, parlor.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find meeting: %w", err)
	}
	p.met[m.Number] = true
	return &m, nil
}

// series finds the meeting of the series that an occurrence belongs to. The occurrence may be listed before its master;
// then the master is read and handled first, so that both get the same number.
func (p *pass) series(ctx context.Context, e parlor.Event) (*parlor.Meeting, error) {
	ref := parlor.EventRef{Calendar: e.Ref.Calendar, ID: e.SeriesID}
	m, err := p.meetingOf(ctx, ref)
	if err != nil || m != nil || e.Cancelled || p.handled[ref.ID] || p.listed[ref.ID] {
		return m, err
	}
	p.handled[ref.ID] = true
	master, err := p.port.Event(ctx, ref)
	if errors.Is(err, parlor.ErrNotFound) || errors.Is(err, parlor.ErrForbidden) {
		return nil, nil // invited to one occurrence only
	}
	if err != nil {
		return nil, fmt.Errorf("read series: %w", err)
	}
	if err := p.event(ctx, master); err != nil {
		return nil, err
	}
	return p.meetingOf(ctx, ref)
}

// adopt finds out whose number an event carries that we do not remember: an invitation that a client wrote and the
// person saved just now, a copy of another event, or somebody else's room.
func (p *pass) adopt(ctx context.Context, c *parlor.Case, link parlor.Link) error {
	owner, err := p.owner(ctx, link)
	if err != nil {
		return err
	}
	c.Foreign = owner != "" && owner != p.acct
	if owner != p.acct || link.Number == "" {
		return nil
	}
	m, err := p.st.Meeting(ctx, p.acct, link.Number)
	if errors.Is(err, parlor.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read meeting: %w", err)
	}
	if m.Event == (parlor.EventRef{}) || m.Event == c.Event.Ref {
		m.Event, m.Service = c.Event.Ref, p.state.Service
		c.Meeting, p.met[m.Number] = &m, true
	}
	return nil
}

func (p *pass) owner(ctx context.Context, link parlor.Link) (parlor.AccountID, error) {
	find, id := p.st.AccountByNumber, link.Number
	if link.ID != link.Number {
		find, id = p.st.AccountByPMI, link.ID
	}
	owner, err := find(ctx, id)
	if errors.Is(err, parlor.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("find owner of link: %w", err)
	}
	return owner, nil
}
