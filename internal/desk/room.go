package desk

import (
	"context"
	"net/url"

	"parlor/internal/parlor"
)

// Room reads the person's permanent room and the link to it.
func (d *Desk) Room(ctx context.Context, acct parlor.AccountID) (RoomView, error) {
	room, etag, err := d.st.RoomAndETag(ctx, acct)
	if err != nil {
		return RoomView{}, err
	}
	settings, _, err := d.st.Settings(ctx, acct)
	if err != nil {
		return RoomView{}, err
	}
	return d.roomView(room, etag, settings), nil
}

func (d *Desk) roomView(room parlor.Room, etag string, settings parlor.Settings) RoomView {
	block := parlor.Render(parlor.Meeting{Kind: parlor.InRoom}, room, d.origin, settings.Invitation(), settings.EmbedPasscode)
	view := RoomView{
		PMI: room.PMI, PersonalLink: room.PersonalLink, Passcode: room.Passcode,
		JoinURL: block.Link, Invitation: asText(block), ETag: etag,
		Locked: room.Locked, Status: room.Status, Undoable: room.Undoable(d.now()),
		Awaited: d.cn.Video().Owns && room.Awaited(),
	}
	if room.PersonalLink != "" {
		view.PersonalURL = d.origin + "/my/" + url.PathEscape(room.PersonalLink)
	}
	if until := room.GraceUntil(d.now()); !until.IsZero() {
		view.GraceUntil = &until
	}
	return view
}
