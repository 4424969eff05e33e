package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"parlor/internal/parlor"
)

// Schedule creates an event with a join link in one of the person's calendars; who has none gets a meeting without an
// event. The same idempotency key again returns what was made before. parlor.ErrBusy: others were faster too often, try again.
func (d *Desk) Schedule(ctx context.Context, acct parlor.AccountID, req Request) (Scheduled, error) {
	o, err := d.order(ctx, acct, req)
	if err != nil {
		return Scheduled{}, err
	}
	if o.print, err = printOf("event", req); err != nil {
		return Scheduled{}, err
	}
	if o.alone = req.Calendar == "" && d.Calendarless(o.account); o.alone {
		return d.scheduleAlone(ctx, o)
	}
	if o.service, o.calendar, err = d.target(ctx, acct, req.Calendar); err != nil {
		return Scheduled{}, err
	}
	cal, err := d.cn.Calendar(ctx, acct, o.service)
	if err != nil {
		return Scheduled{}, fmt.Errorf("open calendar: %w", err)
	}
	m, _, err := d.once(ctx, o)
	if err != nil {
		return Scheduled{}, err
	}
	ev, err := d.ensureEvent(ctx, cal, o, m)
	if err != nil {
		return Scheduled{}, err
	}
	return d.scheduled(o, m, ev), nil
}

func (d *Desk) scheduled(o order, m parlor.Meeting, ev parlor.Event) Scheduled {
	block := o.block(m, d.origin)
	return Scheduled{
		EventID: ev.Ref.ID, HTMLLink: ev.HTMLLink, Number: m.Number, Kind: m.Kind, Why: m.Explained(),
		JoinURL: block.Link, Invitation: asText(block), Conflict: m.Conflict, Waits: m.Waits,
	}
}

// ensureEvent returns the meeting's event, made now when there is none yet.
func (d *Desk) ensureEvent(ctx context.Context, cal parlor.Calendar, o order, m parlor.Meeting) (parlor.Event, error) {
	if m.Event.ID != "" {
		ev, err := cal.Event(ctx, m.Event)
		if errors.Is(err, parlor.ErrNotFound) { // deleted since: the key still makes no second one
			return parlor.Event{Ref: m.Event}, nil
		}
		return ev, err
	}
	block := o.block(m, d.origin)
	ev, err := cal.Create(ctx, o.calendar, o.draft(m, block))
	if err != nil {
		return ev, errors.Join(fmt.Errorf("create event: %w", err), d.giveUp(ctx, o, m, err))
	}
	if err := d.bind(ctx, o.acct, m.Number, ev.Ref, block.Hash()); err != nil {
		return ev, fmt.Errorf("bind meeting: %w", err)
	}
	return ev, d.logScheduled(ctx, o, m, ev)
}

func (o order) block(m parlor.Meeting, origin string) parlor.Block {
	return parlor.Render(m, o.room, origin, o.settings.Invitation(), o.settings.EmbedPasscode)
}

func (o order) draft(m parlor.Meeting, block parlor.Block) parlor.Draft {
	key := o.eventKey()
	if o.req.IdempotencyKey == "" {
		key = strings.ToLower(rand.Text())
	}
	draft := parlor.Draft{
		Key: key, Title: o.req.Title, Format: parlor.Text, Body: parlor.Insert("", parlor.Text, block, false),
		Start: o.req.Start, End: o.req.End, Recurrence: o.req.Recurrence, Attendees: o.req.Attendees,
		Stamp: parlor.Stamp{Number: m.Number, Kind: m.Kind, Trigger: m.Trigger, Hash: block.Hash()}.String(),
	}
	if o.settings.PutLinkInLocation {
		draft.Location = block.Link
	}
	return draft
}

// bind ties the meeting to its event; a pass that saw the event first has done it already.
func (d *Desk) bind(ctx context.Context, acct parlor.AccountID, number string, ref parlor.EventRef, written string) error {
	return d.change(ctx, acct, number, func(m *parlor.Meeting) bool {
		if m.Written != "" {
			return false
		}
		m.Event, m.Written = ref, written
		return true
	})
}

// giveUp frees number and slot when the calendar refused the event for good. After any other error the event may exist:
// then a repeat with the same key, or the next pass, finds the meeting as it is.
func (d *Desk) giveUp(ctx context.Context, o order, m parlor.Meeting, cause error) error {
	refused := []error{parlor.ErrInvalid, parlor.ErrForbidden, parlor.ErrScope, parlor.ErrRevoked, parlor.ErrNotFound}
	final := false
	for _, e := range refused {
		final = final || errors.Is(cause, e)
	}
	if !final {
		return nil
	}
	cancelled := d.change(ctx, o.acct, m.Number, func(m *parlor.Meeting) bool {
		m.State = parlor.MeetingCancelled
		return true
	})
	if o.req.IdempotencyKey == "" {
		return cancelled
	}
	return errors.Join(cancelled, d.st.ForgetOnce(ctx, o.acct, o.req.IdempotencyKey))
}

func (d *Desk) logScheduled(ctx context.Context, o order, m parlor.Meeting, ev parlor.Event) error {
	why := parlor.Added(m.Trigger, m)
	return d.st.Log(ctx, o.acct, parlor.Entry{
		At: d.now(), EventID: ev.Ref.ID, Title: o.req.Title, Action: string(parlor.Inject), Code: why.Code, Text: why.Text,
	})
}
