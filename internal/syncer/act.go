package syncer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parlor/internal/parlor"
)

// act carries out what Decide says.
func (p *pass) act(ctx context.Context, c parlor.Case) error {
	switch a := parlor.Decide(c); a.Do {
	case parlor.Inject, parlor.Refresh:
		return p.write(ctx, c, a)
	case parlor.Remove:
		return p.remove(ctx, c, a)
	default:
		return p.keep(ctx, c, a)
	}
}

// write puts the link into an event, or brings it up to date.
func (p *pass) write(ctx context.Context, c parlor.Case, a parlor.Action) error {
	m, err := p.meetingFor(ctx, c, a)
	if err != nil {
		return err
	}
	patch, block := parlor.Compose(c, m)
	if !patch.Empty() {
		if done, err := p.patch(ctx, c.Event, patch); !done {
			return err
		}
	}
	if err := p.written(ctx, c, m, block.Hash()); err != nil {
		return err
	}
	if patch.Empty() {
		return nil
	}
	why := a.Why
	switch {
	case a.Do == parlor.Inject:
		why = parlor.Added(a.Trigger, m)
	case a.Renumber:
		why.Text += " " + m.Explained().Text
	}
	return p.tell(ctx, c.Event, a.Do, why.Unmailed(c.Event))
}

// meetingFor is the meeting whose number goes into the event: the one remembered, or one claimed now.
func (p *pass) meetingFor(ctx context.Context, c parlor.Case, a parlor.Action) (parlor.Meeting, error) {
	switch {
	case c.Series != nil:
		return *c.Series, nil
	case c.Meeting != nil && !a.Renumber:
		m := follow(*c.Meeting, c)
		m.State, m.Asking = parlor.Scheduled, false
		if a.Do == parlor.Inject {
			m.Written = "" // owed until the patch is done
		}
		return p.desk.Update(ctx, m)
	}
	m := follow(parlor.Meeting{State: parlor.Scheduled, Trigger: a.Trigger, Service: p.state.Service, Created: p.now()}, c)
	return p.desk.Claim(ctx, m, nil)
}

// patch writes to the calendar unless this event was written too often lately.
func (p *pass) patch(ctx context.Context, e parlor.Event, patch parlor.Patch) (bool, error) {
	allowed, err := p.st.AllowWrite(ctx, p.acct, e.Ref)
	if err != nil {
		return false, fmt.Errorf("count writes: %w", err)
	}
	if !allowed {
		p.putOff()
		return false, p.tellOnce(ctx, e, parlor.Keep, parlor.ReasonWriteLimit)
	}
	if err := p.port.Patch(ctx, e.Ref, e.ETag, patch); err != nil {
		return false, fmt.Errorf("patch: %w", err)
	}
	p.report.Written++
	return true, nil
}

// written remembers what is in the event now.
func (p *pass) written(ctx context.Context, c parlor.Case, m parlor.Meeting, hash string) error {
	if c.Series != nil {
		m = withOverride(m, c.Event, func(o *parlor.Override) { o.Written, o.Out = hash, false })
	} else {
		m.Written = hash
	}
	_, err := p.desk.Update(ctx, m)
	return err
}

// remove takes the link out.
func (p *pass) remove(ctx context.Context, c parlor.Case, a parlor.Action) error {
	if patch := parlor.Decompose(c.Event, p.cfg.Origin); !patch.Empty() {
		if done, err := p.patch(ctx, c.Event, patch); !done {
			return err
		}
	}
	if _, err := p.desk.Update(ctx, without(c)); err != nil {
		return err
	}
	return p.tell(ctx, c.Event, a.Do, a.Why.Unmailed(c.Event))
}

// without is the meeting after the link was taken out of its event, or out of one occurrence.
func without(c parlor.Case) parlor.Meeting {
	if c.Series != nil {
		return withOverride(*c.Series, c.Event, func(o *parlor.Override) { o.Written = "" })
	}
	m := follow(*c.Meeting, c)
	m.State, m.Written, m.Asking = parlor.LinkRemoved, "", false
	return m
}

func (p *pass) tell(ctx context.Context, e parlor.Event, do parlor.Verb, why parlor.Reason) error {
	return p.st.Log(ctx, p.acct, p.entry(e, do, why))
}

// tellOnce does not repeat itself for a week: a full list meets the same events again.
func (p *pass) tellOnce(ctx context.Context, e parlor.Event, do parlor.Verb, why parlor.Reason) error {
	return p.st.LogOnce(ctx, p.acct, p.entry(e, do, why), 7*24*time.Hour)
}

func (p *pass) entry(e parlor.Event, do parlor.Verb, why parlor.Reason) parlor.Entry {
	return parlor.Entry{
		At: p.now(), EventID: e.Ref.ID, Title: e.Title,
		Action: string(do), Code: why.Code, Text: why.Text,
	}
}

var errLost = errors.New("meeting kept changing")
