package syncer

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"parlor/internal/parlor"
)

// keep writes nothing to the calendar, but remembers what became of the event.
func (p *pass) keep(ctx context.Context, c parlor.Case, a parlor.Action) error {
	if (a.OptOut || a.Reread) && !c.Fresh {
		return p.reread(ctx, c)
	}
	var err error
	switch {
	case c.Series != nil:
		err = p.keepOccurrence(ctx, c, a)
	case c.Meeting != nil:
		err = p.keepMeeting(ctx, c, a)
	}
	if err != nil || !a.Tell {
		return err
	}
	return p.tellOnce(ctx, c.Event, a.Do, a.Why)
}

// reread reads the event anew before it believes that the link was taken out on purpose: a page that was listed before our
// own write shows the event without it. It also shows what some lists do not: our stamp.
func (p *pass) reread(ctx context.Context, c parlor.Case) error {
	e, err := p.port.Event(ctx, c.Event.Ref)
	if err != nil {
		return fmt.Errorf("read event by itself: %w", err)
	}
	if c, err = p.newCase(ctx, e); err != nil {
		return err
	}
	c.Fresh = true
	return p.act(ctx, c)
}

func (p *pass) keepMeeting(ctx context.Context, c parlor.Case, a parlor.Action) error {
	m := *c.Meeting
	_, present := c.OwnLink()
	switch {
	case c.Event.Cancelled:
		m.State = parlor.MeetingCancelled
	case a.OptOut:
		m = follow(m, c)
		m.State, m.Asking = parlor.LinkRemoved, c.Asks()
	case a.Unclaim:
		m = follow(m, c)
		m.State = parlor.LinkRemoved
	default:
		m = follow(m, c)
		m.Asking = m.Asking && c.Asks()
		if present {
			shown := p.shown(c, m, m.Written)
			if m.Written != shown { // by a client, or by us just before we were stopped
				m.WrittenAt = p.now()
			}
			m.State, m.Written, m.Held = parlor.Scheduled, shown, c.Holds(m, shown)
		}
		var err error
		if m, err = p.received(ctx, m, c.Event); err != nil {
			return err
		}
	}
	return p.remember(ctx, c, *c.Meeting, m)
}

func (p *pass) keepOccurrence(ctx context.Context, c parlor.Case, a parlor.Action) error {
	waits, err := p.waitingAlone(ctx, c)
	if err != nil {
		return err
	}
	m := p.withOverride(*c.Series, c.Event, func(o *parlor.Override) {
		o.Out, o.Waits = o.Out || a.OptOut, waits
		if _, present := c.OwnLink(); present && !c.Event.Cancelled {
			o.Written, o.Out = p.shown(c, *c.Series, o.Written), false
			o.Held = c.Holds(*c.Series, o.Written)
		}
	})
	return p.remember(ctx, c, *c.Series, m)
}

// remember stores a meeting that changed, and says when it now meets another one in the room.
func (p *pass) remember(ctx context.Context, c parlor.Case, before, after parlor.Meeting) error {
	if reflect.DeepEqual(before, after) {
		return nil
	}
	after, err := p.desk.Update(ctx, after)
	if err != nil {
		return err
	}
	switch {
	case after.State == parlor.MeetingCancelled && before.State != after.State:
		return p.tell(ctx, eventOf(after), parlor.Keep, cancelledReason)
	case after.Conflict != nil && before.Conflict == nil:
		return p.tell(ctx, c.Event, parlor.Keep, *after.Conflict)
	}
	if why := newlyWaiting(before, after, c.Event); why != nil {
		return p.tell(ctx, c.Event, parlor.Keep, *why)
	}
	return nil
}

var cancelledReason = parlor.Reason{Code: "cancelled", Text: "The event was cancelled; its number leads nowhere now."}

// eventOf gives a cancelled stub, which has lost its title, the one we remember.
func eventOf(m parlor.Meeting) parlor.Event { return parlor.Event{Ref: m.Event, Title: m.Title} }

// shown is the hash of the block in an event: of the one that should be there when nothing else was written, or when a
// client wrote it meanwhile.
func (p *pass) shown(c parlor.Case, m parlor.Meeting, written string) string {
	if block := c.Block(m); written == "" || c.Shows(block) {
		return block.Hash()
	}
	return written
}

// follow brings a meeting up to date with its event.
func follow(m parlor.Meeting, c parlor.Case) parlor.Meeting {
	e := c.Event
	if m.Trigger == parlor.ByKeyword && c.Asks() {
		m.Keyword = c.Settings.Keyword
	}
	if !m.Start.Time.IsZero() && !m.Start.Time.Equal(e.Start.Time) && len(m.Recurrence) == 0 && len(e.Recurrence) == 0 {
		m.Was = &parlor.Slot{Start: m.Start.Time, End: m.End.Time}
	}
	m.Event, m.Title, m.Start, m.End, m.Recurrence = e.Ref, e.Title, e.Start, e.End, e.Recurrence
	m.Guests = parlor.CountGuests(e.Organizer.Email, e.Attendees)
	if e.Exceptions != nil {
		m = m.OverridesAmong(*e.Exceptions)
	}
	return m
}

// overridesKept is how long an occurrence that is over is remembered; the door still asks for those of a month ago.
const overridesKept = 40 * 24 * time.Hour

// withOverride notes what is different about one occurrence, and forgets those that are long over.
func (p *pass) withOverride(m parlor.Meeting, e parlor.Event, change func(*parlor.Override)) parlor.Meeting {
	o, _ := m.Override(e.OriginalStart.Time)
	o.Original, o.Slot, o.Following = e.OriginalStart.Time, nil, e.Following
	if !e.Cancelled {
		o.Slot = &parlor.Slot{Start: e.Start.Time, End: e.End.Time}
	}
	change(&o)
	return m.WithOverride(o).OverridesSince(p.now().Add(-overridesKept))
}
