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
	return RoomView{
		PMI: room.PMI, PersonalLink: room.PersonalLink, Passcode: room.Passcode,
		JoinURL: parlor.RoomLink(d.origin, room, settings.EmbedPasscode),
		Locked:  room.Locked, Status: room.Status,
	}, nil
}
