package desk

import (
	"context"

	"parlor/internal/parlor"
)

// Invite claims a meeting for an event that the client itself saves, and returns what to put into it. The meeting is
// bound to the event when a pass first sees it there, and expires after a day if none does.
func (d *Desk) Invite(ctx context.Context, acct parlor.AccountID, in Inviting) (Invitation, error) {
	o, err := d.order(ctx, acct, in.Request)
	if err != nil {
		return Invitation{}, err
	}
	if o.print, err = printOf("invitation", in.Request); err != nil {
		return Invitation{}, err
	}
	m, err := d.once(ctx, o)
	if err != nil {
		return Invitation{}, err
	}
	block := o.block(m, d.origin)
	inv := Invitation{
		JoinURL: block.Link, Body: parlor.Insert("", in.Format, block, true), Number: m.Number, Kind: m.Kind, Why: m.Explained(),
	}
	if o.settings.PutLinkInLocation {
		inv.Location = block.Link
	}
	return inv, nil
}
