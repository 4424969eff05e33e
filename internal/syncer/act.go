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
	if c.Event.Broken { // nothing in it can be relied on, so what is remembered of it stays, too
		return p.tellOnce(ctx, c.Event, parlor.Keep, parlor.ReasonBroken)
	}
	a := parlor.Decide(c)
	if a.Do != parlor.Keep {
		if err := p.stillWanted(ctx); err != nil {
			return err
		}
	}
	switch a.Do {
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
		done, err := p.patch(ctx, c.Event, patch)
		if errors.Is(err, parlor.ErrInvalid) || errors.Is(err, parlor.ErrForbidden) {
			return errors.Join(err, p.refused(ctx, c, m))
		}
		if !done {
			return err
		}
	}
	if err := p.written(ctx, c, m, block.Hash()); err != nil {
		return err
	}
	if a.Do == parlor.Inject && p.mayHaveOccurrences(c.Event) {
		if err := p.wholeSeries(ctx); err != nil {
			return err
		}
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
	return p.tell(ctx, c.Event, a.Do, why.Unmailed(c))
}

// mayHaveOccurrences says whether a series may have occurrences with a text of their own that this pass does not list: not
// when it was made since the last pass, because then they were too, nor when they came along with it.
func (p *pass) mayHaveOccurrences(e parlor.Event) bool {
	return len(e.Recurrence) > 0 && !p.report.Full && e.Exceptions == nil && !e.Created.After(p.state.LastPass)
}

// meetingFor is the meeting whose number goes into the event: the one remembered, or one claimed now.
func (p *pass) meetingFor(ctx context.Context, c parlor.Case, a parlor.Action) (parlor.Meeting, error) {
	switch {
	case c.Series != nil && !c.Orphan():
		return p.housed(ctx, *c.Series, c.Event)
	case c.Meeting != nil && !a.Renumber:
		m, err := p.housed(ctx, *c.Meeting, c.Event)
		if err != nil {
			return m, err
		}
		if a.Do == parlor.Inject {
			m.Trigger, m.Written = a.Trigger, "" // owed until the patch is done
		}
		m = follow(m, c)
		m.State, m.Asking = parlor.Scheduled, false
		if m, err = p.received(ctx, m, c.Event); err != nil {
			return m, err
		}
		return p.desk.Update(ctx, m)
	}
	m := parlor.Meeting{State: parlor.Scheduled, Trigger: a.Trigger, Service: p.state.Service, Created: p.now()}
	m, err := p.desk.Claim(ctx, follow(m, c), p.wish, company(c.Event))
	p.met[m.Number] = true
	return m, err
}

// housed gives a meeting whose room is not to be had a one-time number. It stays with it when the room is back: its guests
// have that link then.
func (p *pass) housed(ctx context.Context, m parlor.Meeting, e parlor.Event) (parlor.Meeting, error) {
	if m.Kind != parlor.InRoom || p.room.Status != parlor.RoomUnavailable {
		return m, nil
	}
	return p.desk.Switch(ctx, m, true, company(e))
}

// refused undoes what was noted for a link that the calendar will not take, so that it holds no place in the room.
func (p *pass) refused(ctx context.Context, c parlor.Case, m parlor.Meeting) error {
	switch {
	case c.Series != nil && !c.Orphan():
		return p.hold(ctx, p.withOverride(m, c.Event, func(o *parlor.Override) { o.Held = c.Holds(m, o.Written) }))
	case m.Written != "":
		m.Held = c.Holds(m, m.Written)
		return p.hold(ctx, m)
	case c.Meeting == nil || c.Meeting.Written == "" && c.Meeting.State == parlor.Scheduled:
		return p.desk.Forget(ctx, m)
	}
	_, err := p.desk.Update(ctx, *c.Meeting)
	return err
}

// hold remembers that an event stays without the block that it should have.
func (p *pass) hold(ctx context.Context, m parlor.Meeting) error {
	_, err := p.desk.Update(ctx, m)
	return err
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
	if c.Series != nil && !c.Orphan() {
		m = p.withOverride(m, c.Event, func(o *parlor.Override) { o.Written, o.Held, o.Out = hash, "", false })
	} else {
		m.Written, m.WrittenAt, m.Held = hash, p.now(), ""
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
	if c.Series == nil && c.Meeting == nil { // a copy whose number is another event's
		return p.tell(ctx, c.Event, a.Do, a.Why.Unmailed(c))
	}
	if _, err := p.desk.Update(ctx, p.removed(c)); err != nil {
		return err
	}
	if c.Series == nil && c.Event.Exceptions == nil && c.Meeting.Spread() { // only a full list shows all its occurrences
		if err := p.wholeSeries(ctx); err != nil {
			return err
		}
	}
	return p.tell(ctx, c.Event, a.Do, a.Why.Unmailed(c))
}

// removed is what to remember once the link is out.
func (p *pass) removed(c parlor.Case) parlor.Meeting {
	if c.Series != nil {
		return p.withOverride(*c.Series, c.Event, func(o *parlor.Override) { o.Written, o.Out = "", false })
	}
	m := follow(*c.Meeting, c)
	m.State, m.Written, m.Asking = parlor.LinkRemoved, "", c.Leaving && c.Asks() // whoever comes back asks anew for each
	return m
}

// wholeSeries asks for a pass from the beginning: a change of a series does not list those of its occurrences that have
// a text of their own.
func (p *pass) wholeSeries(ctx context.Context) error {
	p.report.Again = true
	_, err := p.st.RequestResync(ctx, p.acct, p.cal)
	return err
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
