package desk

import (
	"context"
	"errors"

	"parlor/internal/parlor"
)

// preview says what Invite would answer now, and stores nothing: the guard is only asked.
func (d *Desk) preview(ctx context.Context, o order, in Inviting, h host) (Invitation, error) {
	var err error
	o.room, err = d.st.Room(ctx, o.acct)
	if errors.Is(err, parlor.ErrNotFound) { // drawn with the first meeting
		o.room, err = parlor.Room{Status: parlor.RoomReady}, nil
	}
	if err != nil {
		return Invitation{}, err
	}
	before, known, err := d.claimedBefore(ctx, o, in)
	if err != nil {
		return Invitation{}, err
	}
	if !known {
		before = parlor.Meeting{State: parlor.Scheduled, Trigger: parlor.ByPerson}
	}
	m, err := d.judge(ctx, o, before)
	if err != nil {
		return Invitation{}, err
	}
	block := parlor.Ahead(m.Kind, o.room, o.settings.Invitation(), o.settings.EmbedPasscode)
	return h.answers(Invitation{
		Body:   parlor.Insert("", in.Format, block, true),
		Number: m.Number, Kind: m.Kind, Why: m.Why, Conflict: m.Conflict, Waits: m.Waits,
	}), nil
}
