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
		return d.offThere(), nil
	case ruling.Words == "":
		return "Your administrator has switched personal rooms off.", nil
	}
	return "Your administrator has switched personal rooms off: " + strings.TrimSuffix(ruling.Words, ".") + ".", nil
}

// offThere is said where the video system has switched the room off.
func (d *Desk) offThere() string {
	if video := d.cn.Video(); video.Owns {
		return video.Name + " has switched your personal room off or locked it. Ask whoever administers " + video.Name +
			" for you to allow Personal Meeting IDs again."
	}
	return "The video system has switched your personal room off or locked it."
}
