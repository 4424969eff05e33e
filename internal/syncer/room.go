package syncer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parlor/internal/parlor"
)

// FollowRoom reads the person's own room at the video system and takes over what changed there: number, link, and whether it
// can be used at all. It says whether events have to follow; a full pass is owed from then on. A PMI that another room here has is not taken over: the person is
// told. A person who has not connected
// a video system that knows their room has no room yet. Other errors are those of connect.Connector.Rooms.
func (s *Syncer) FollowRoom(ctx context.Context, acct parlor.AccountID) (bool, error) {
	is, err := s.roomThere(ctx, acct)
	if err != nil {
		return false, err
	}
	before, after, err := s.st.FollowRoom(ctx, acct, is)
	if errors.Is(err, parlor.ErrTaken) { // asked again tomorrow; the room stays as it is
		why := clash(is.PMI, s.cn.Video().Name)
		return false, s.st.LogOnce(ctx, acct, parlor.Entry{At: s.now(), Action: "room", Code: why.Code, Text: why.Text}, clashTold)
	}
	if err != nil {
		return false, fmt.Errorf("follow room: %w", err)
	}
	if why, tell := news(before, after, s.cn.Video().Name); tell {
		if err := s.st.Log(ctx, acct, parlor.Entry{At: s.now(), Action: "room", Code: why.Code, Text: why.Text}); err != nil {
			return false, err
		}
	}
	return !after.Leads(before), nil
}

// roomThere is what the video system says of the person's room.
func (s *Syncer) roomThere(ctx context.Context, acct parlor.AccountID) (parlor.Room, error) {
	none := parlor.Room{Status: parlor.RoomUnavailable}
	rooms, err := s.cn.Rooms(ctx, acct)
	if errors.Is(err, parlor.ErrNotFound) {
		return none, nil
	}
	if err != nil {
		return none, fmt.Errorf("open rooms: %w", err)
	}
	is, err := rooms.Room(ctx)
	if errors.Is(err, parlor.ErrRoomUnavailable) {
		return none, nil
	}
	if err != nil {
		return none, fmt.Errorf("read room: %w", err)
	}
	return is, nil
}

// clashTold is how long a person is not told again that their PMI is somebody else's here.
const clashTold = 365 * 24 * time.Hour

// clash is what a person is told whose PMI at the video system another account has here.
func clash(pmi, video string) parlor.Reason {
	return parlor.Reason{Code: "room_taken", Text: "Your Personal Meeting ID at " + video + ", " + pmi + ", belongs to another account in Parlor, " +
		"so your room could not follow. If that account is yours too, delete it. If not, choose another Personal Meeting ID at " + video +
		": Parlor follows within a day."}
}

// news is what a person is told about a change of their room that they did not make here.
func news(before, after parlor.Room, video string) (parlor.Reason, bool) {
	switch {
	case before.Status != after.Status && after.Status == parlor.RoomUnavailable:
		return parlor.Reason{Code: "room_off", Text: "Your personal room cannot be used at " + video + ": your meetings get one-time numbers until it can."}, true
	case before.PMI != after.PMI:
		return parlor.Reason{Code: "room_followed", Text: "Your Personal Meeting ID is " + after.PMI + " now, as it is at " + video + ": your coming events follow."}, true
	case before.Status != after.Status:
		return parlor.Reason{Code: "room_on", Text: "Your personal room can be used again."}, true
	}
	return parlor.Reason{}, false
}
