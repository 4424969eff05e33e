package desk

import (
	"context"

	"parlor/internal/parlor"
)

// Invite claims a meeting for an event that the client itself saves, and returns what to put into it. The meeting is
// bound to the event when a pass first sees it there, and expires after a day if none does. Asked again for the same
// event it keeps the number (see claimedBefore). *DelegateError: the person it is for has not allowed it.
func (d *Desk) Invite(ctx context.Context, acct parlor.AccountID, in Inviting) (Invitation, error) {
	h, err := d.host(ctx, acct, in.OnBehalfOf)
	if err != nil {
		return Invitation{}, err
	}
	o, err := d.wish(ctx, h.acct, in.Request)
	if err != nil {
		return Invitation{}, err
	}
	if in.Preview {
		return d.preview(ctx, o, in, h)
	}
	if o.room, err = d.st.EnsureRoom(ctx, h.acct); err != nil {
		return Invitation{}, err
	}
	m, news, err := d.invited(ctx, o, in)
	if err != nil {
		return Invitation{}, err
	}
	if news {
		if err := d.noteDelegate(ctx, h, m, "Added", parlor.Inject); err != nil {
			return Invitation{}, err
		}
	}
	return d.invitation(o, in, h, m), nil
}

// invited is the meeting that the event had before, as the request has it now, or a new one. news: something about it is
// to be told.
func (d *Desk) invited(ctx context.Context, o order, in Inviting) (m parlor.Meeting, news bool, err error) {
	m, known, err := d.claimedBefore(ctx, o, in)
	if err != nil {
		return m, false, err
	}
	if known {
		kind, state := m.Kind, m.State
		m, err = d.askAgain(ctx, o, m)
		return m, m.Kind != kind || m.State != state, err
	}
	if o.print, err = printOf("invitation", in.Request); err != nil {
		return m, false, err
	}
	m, news, err = d.once(ctx, o)
	if err == nil && m.State == parlor.LinkRemoved { // its key was used before the link was taken out
		m, err = d.askAgain(ctx, o, m)
		news = true
	}
	return m, news, err
}

func (d *Desk) invitation(o order, in Inviting, h host, m parlor.Meeting) Invitation {
	c := parlor.Case{Settings: o.settings, Room: o.room, Origin: d.origin}
	if in.Location != nil {
		c.Event.Location = *in.Location
	}
	patch, block := parlor.Compose(c, m)
	inv := Invitation{
		JoinURL: block.Link, Body: parlor.Insert("", in.Format, block, true), Number: m.Number, Kind: m.Kind,
		Why: m.Why, Conflict: m.Conflict, Waits: m.Waits, Stamp: stampOf(m, block),
	}
	if o.settings.PutLinkInLocation {
		inv.Location = block.Link
	}
	if in.Body != nil {
		merged, replaced := d.merge(*in.Body, in.Format, block)
		inv.MergedBody, inv.Replaced = &merged, replaced
	}
	if in.Location != nil {
		inv.MergedLocation = in.Location
		if patch.Location != nil {
			inv.MergedLocation = patch.Location
		}
	}
	return h.answers(inv)
}

// merge puts the block in the place of the one that is there. Where there is none it goes on top: a client cannot know
// what below belongs to another product, and people look for the link first.
func (d *Desk) merge(body string, f parlor.Format, block parlor.Block) (merged string, replaced bool) {
	if _, _, replaced = parlor.Find(body, d.origin); replaced {
		return parlor.Replace(body, d.origin, f, block), true
	}
	return parlor.Insert(body, f, block, true), false
}

func stampOf(m parlor.Meeting, block parlor.Block) string {
	return parlor.Stamp{Number: m.Number, Kind: m.Kind, Trigger: m.Trigger, Hash: block.Hash()}.String()
}
