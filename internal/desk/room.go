package desk

import (
	"context"

	"parlor/internal/parlor"
)

// Room reads the person's permanent room and the link to it.
func (d *Desk) Room(ctx context.Context, acct parlor.AccountID) (RoomView, error) {
	room, err := d.st.EnsureRoom(ctx, acct)
	if err != nil {
		return RoomView{}, err
	}
	settings, _, err := d.st.Settings(ctx, acct)
	if err != nil {
		return RoomView{}, err
	}
	block := parlor.Render(parlor.Meeting{Kind: parlor.InRoom}, room, d.origin, settings.Invitation(), settings.EmbedPasscode)
	return RoomView{
		PMI: room.PMI, PersonalLink: room.PersonalLink, Passcode: room.Passcode,
		JoinURL: block.Link, Invitation: asText(block),
		Locked: room.Locked, Status: room.Status,
	}, nil
}
