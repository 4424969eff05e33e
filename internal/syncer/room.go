package syncer

import (
	"context"
	"errors"
	"fmt"

	"parlor/internal/parlor"
)

// FollowRoom reads the person's own room at the video system and takes over what changed there; it says whether something
// did that events have to follow. A room that the video system has switched off is noted as such. Errors are those of
// connect.Connector.Rooms and of the service.
func (s *Syncer) FollowRoom(ctx context.Context, acct parlor.AccountID) (bool, error) {
	rooms, err := s.cn.Rooms(ctx, acct)
	if err != nil {
		return false, fmt.Errorf("open rooms: %w", err)
	}
	is, err := rooms.Room(ctx)
	if errors.Is(err, parlor.ErrRoomUnavailable) {
		is, err = parlor.Room{Status: parlor.RoomUnavailable}, nil
	}
	if err != nil {
		return false, fmt.Errorf("read room: %w", err)
	}
	return s.takeOver(ctx, acct, is)
}

// takeOver writes into our room what the video system says of it.
func (s *Syncer) takeOver(ctx context.Context, acct parlor.AccountID, is parlor.Room) (bool, error) {
	was, err := s.st.Room(ctx, acct)
	if err != nil {
		return false, err
	}
	if was.Address == is.Address && was.Status == is.Status {
		return false, nil
	}
	_, err = s.st.UpdateRoom(ctx, acct, func(r *parlor.Room) { r.Address, r.Status = is.Address, is.Status })
	return was.Status != is.Status, err
}
