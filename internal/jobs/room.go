package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/hibiken/asynq"

	"parlor/internal/parlor"
	"parlor/internal/syncer"
)

// roomEvery is how often a person's room is read at the video system without a push. It also keeps the grant alive: each
// reading refreshes it, and one that nobody uses for weeks dies.
const roomEvery = 24 * time.Hour

type roomTask struct {
	Account parlor.AccountID `json:"account"`
}

// NudgeRoom asks to read a person's own room at the video system again, and to follow what changed. Like Nudge, a burst
// becomes at most two readings.
func (l *Line) NudgeRoom(ctx context.Context, acct parlor.AccountID) error {
	task, err := newTask(taskRoom, roomTask{acct})
	if err != nil {
		return err
	}
	err = l.enqueue(ctx, task, asynq.TaskID("room:"+string(acct)))
	if !errors.Is(err, asynq.ErrTaskIDConflict) {
		return err
	}
	err = l.enqueue(ctx, task, asynq.TaskID("room-again:"+string(acct)), asynq.ProcessIn(syncer.Burst))
	if errors.Is(err, asynq.ErrTaskIDConflict) {
		return nil
	}
	return err
}

func (l *Line) room(ctx context.Context, t *asynq.Task) error {
	var task roomTask
	if err := json.Unmarshal(t.Payload(), &task); err != nil {
		return giveUp(fmt.Errorf("decode room task: %w", err))
	}
	changed, err := l.sy.FollowRoom(ctx, task.Account)
	if err != nil {
		return outcome(ctx, err)
	}
	if err := l.st.NoteRoomRead(ctx, task.Account, jitter(roomEvery)); err != nil {
		return outcome(ctx, err)
	}
	if !changed {
		return nil
	}
	return l.Resync(ctx, task.Account)
}

// sweepRoom asks for a reading where the last one is a day ago and the video system knows people's rooms. A grant that died is
// the person's to renew.
func (l *Line) sweepRoom(ctx context.Context, a parlor.Account) error {
	if !l.cfg.Video.Owns || a.Disabled {
		return nil
	}
	if conn, ok := a.Connection(l.cfg.Video.Kind); ok && conn.State != parlor.Connected {
		return nil
	}
	if read, err := l.st.RoomRead(ctx, a.ID); err != nil || read {
		return err
	}
	return l.NudgeRoom(ctx, a.ID)
}
