package desk

import (
	"context"
	"strings"

	"parlor/internal/parlor"
)

// RoomOff says who has switched the person's room off, in a sentence; "" when the room can be used.
func (d *Desk) RoomOff(ctx context.Context, acct parlor.AccountID) (string, error) {
	room, err := d.st.EnsureRoom(ctx, acct)
	if err != nil || room.Status == parlor.RoomReady {
		return "", err
	}
	ruling, err := d.st.Ruling(ctx, acct)
	switch {
	case err != nil:
		return "", err
	case ruling.Rooms != parlor.RoomsOff:
		return d.offThere(room), nil
	case ruling.Words == "":
		return "Your administrator has switched personal rooms off.", nil
	}
	return "Your administrator has switched personal rooms off: " + strings.TrimSuffix(ruling.Words, ".") + ".", nil
}

// offThere is said where the video system has switched the room off.
func (d *Desk) offThere(room parlor.Room) string {
	video := d.cn.Video()
	switch {
	case video.Owns && room.Awaited():
		return "Your Personal Meeting ID has not come from " + video.Name + " yet, which takes a minute or two. If it stays away, " +
			video.Name + " has switched it off for you: ask whoever administers " + video.Name + " to allow Personal Meeting IDs."
	case video.Owns:
		return video.Name + " has switched your personal room off or locked it. Ask whoever administers " + video.Name +
			" for you to allow Personal Meeting IDs again."
	}
	return "The video system has switched your personal room off or locked it."
}
