package desk

import (
	"context"
	"time"

	"parlor/internal/parlor"
)

// WaitingView is somebody who waits at the person's door.
type WaitingView struct {
	Name   string    `json:"name" doc:"As they gave it"`
	Number string    `json:"meeting_number" doc:"Of the meeting they are for; empty for the personal room itself"`
	Since  time.Time `json:"since"`
}

// mostWaiting is how many of those who wait are listed; the door shows the others as a count.
const mostWaiting = 100

// Waiting lists who waits at the person's door, the longest waiting first, and how many they are.
func (d *Desk) Waiting(ctx context.Context, acct parlor.AccountID) (list []WaitingView, total int, err error) {
	q, err := d.st.Queue(ctx, acct, mostWaiting)
	if err != nil {
		return nil, 0, err
	}
	list = make([]WaitingView, len(q.Guests))
	for i, g := range q.Guests {
		list[i] = WaitingView{Name: g.Name, Number: g.Number, Since: g.Since}
	}
	return list, q.Total, nil
}

// LockRoom locks or unlocks the person's room: while it is locked nobody new comes in by its number.
func (d *Desk) LockRoom(ctx context.Context, acct parlor.AccountID, locked bool) (RoomView, error) {
	if _, err := d.st.EnsureRoom(ctx, acct); err != nil {
		return RoomView{}, err
	}
	if _, err := d.st.LockRoom(ctx, acct, locked); err != nil {
		return RoomView{}, err
	}
	return d.Room(ctx, acct)
}
