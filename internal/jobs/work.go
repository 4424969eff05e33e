package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/hibiken/asynq"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/syncer"
)

const (
	maxTries    = 8             // then the sweep takes over
	passTimeout = 6 * time.Hour // a first pass over a large calendar keeps the documented pace
	checkEvery  = 20 * time.Millisecond
	sweepEvery  = 30 * time.Second // twice a minute, because one may be late
)

// Start works on the queue until stop is called; stop lets the passes under way end at their next event, so that none is
// half applied, and leaves them in the queue. A Line that was stopped is not started again.
func (l *Line) Start() (stop func(), err error) {
	srv := asynq.NewServerFromRedisClient(l.st.Client(), asynq.Config{
		Concurrency:              l.cfg.Workers,
		Queues:                   map[string]int{queue: 1},
		TaskCheckInterval:        checkEvery,
		DelayedTaskCheckInterval: 10 * checkEvery,
		RetryDelayFunc:           retryDelay,
		IsFailure:                isFailure,
		ShutdownTimeout:          20 * time.Second,
		LogLevel:                 asynq.ErrorLevel,
		Logger:                   asynqLog{},
	})
	mux := asynq.NewServeMux()
	mux.HandleFunc(taskPass, l.pass)
	mux.HandleFunc(taskCalendars, l.calendars)
	mux.HandleFunc(taskRoom, l.room)
	mux.HandleFunc(taskLeave, l.leave)
	mux.HandleFunc(taskMail, l.mail)
	mux.HandleFunc(taskSpread, l.spread)
	mux.HandleFunc(taskSweep, func(ctx context.Context, _ *asynq.Task) error { return l.Sweep(ctx) })
	if err := srv.Start(mux); err != nil {
		return nil, fmt.Errorf("start queue: %w", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ticking := make(chan struct{})
	go func() { defer close(ticking); l.tick(ctx) }()
	return func() { cancel(); <-ticking; l.sy.Drain(); srv.Shutdown() }, nil
}

// tick puts a sweep into the queue at once and then twice a minute; asynq keeps it to one for all replicas.
func (l *Line) tick(ctx context.Context) {
	t := time.NewTimer(0)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			t.Reset(l.queueSweep(ctx))
		}
	}
}

// queueSweep returns when to queue the next sweep: soon, where Redis took none.
func (l *Line) queueSweep(ctx context.Context) time.Duration {
	err := l.enqueueSweep(ctx)
	if err == nil || errors.Is(err, asynq.ErrDuplicateTask) {
		return sweepEvery
	}
	if ctx.Err() == nil {
		slog.Warn("sweep not queued", "error", err)
	}
	return 2 * time.Second
}

func (l *Line) enqueueSweep(ctx context.Context) error {
	return l.enqueue(ctx, asynq.NewTask(taskSweep, nil), asynq.Unique(sweepEvery), asynq.MaxRetry(0))
}

func (l *Line) pass(ctx context.Context, t *asynq.Task) error {
	var task passTask
	if err := json.Unmarshal(t.Payload(), &task); err != nil {
		return giveUp(fmt.Errorf("decode pass: %w", err))
	}
	began := l.now()
	report, err := l.sy.Run(ctx, task.Account, task.Calendar)
	notePass(task, report, l.now().Sub(began), err)
	if err != nil {
		return errors.Join(outcome(ctx, err), l.unblock(ctx, task.Account, err))
	}
	if report.Rewritten {
		l.TellRewritten(ctx, task.Account, report.Tally)
	}
	if report.Again {
		if err := l.Nudge(ctx, task.Account, task.Calendar); err != nil {
			return err
		}
	}
	if report.Left {
		return l.Leave(ctx, task.Account)
	}
	missed, err := l.sy.Watch(ctx, task.Account, task.Calendar)
	switch {
	case errors.Is(err, store.ErrUnavailable):
		return outcome(ctx, err)
	case err != nil:
		slog.Warn("no push channel; polling goes on", "account", task.Account, "error", err)
	case missed: // what changed before it opened brought no push
		return l.Nudge(ctx, task.Account, task.Calendar)
	}
	return nil
}

func (l *Line) calendars(ctx context.Context, t *asynq.Task) error {
	var task calendarsTask
	if err := json.Unmarshal(t.Payload(), &task); err != nil {
		return giveUp(fmt.Errorf("decode calendars: %w", err))
	}
	on, err := l.sy.Calendars(ctx, task.Account, task.Service)
	if err != nil {
		return outcome(ctx, err)
	}
	for _, cal := range on {
		if err := l.Nudge(ctx, task.Account, cal); err != nil {
			return err
		}
	}
	return nil
}

// unblock goes on with a departure whose links cannot be taken out any more.
func (l *Line) unblock(ctx context.Context, acct parlor.AccountID, err error) error {
	if !lasting(err) {
		return nil
	}
	departures, err := l.st.Departures(ctx, acct)
	if err != nil || len(departures) == 0 {
		return err
	}
	// The calendars that still hold links are the sweep's: what failed now would fail again at once, and without end.
	_, err = l.sy.Leave(ctx, acct)
	return outcome(ctx, err)
}

// leave goes on with a departure: the calendars that still hold our links get a pass each, and each comes back here.
func (l *Line) leave(ctx context.Context, t *asynq.Task) error {
	var task leaveTask
	if err := json.Unmarshal(t.Payload(), &task); err != nil {
		return giveUp(fmt.Errorf("decode departure: %w", err))
	}
	waiting, err := l.sy.Leave(ctx, task.Account)
	if err != nil {
		return outcome(ctx, err)
	}
	for _, cal := range waiting {
		if err := l.Nudge(ctx, task.Account, cal); err != nil {
			return err
		}
	}
	return nil
}

// outcome says whether the queue shall try again: not what no repeat can mend, and not for ever.
func outcome(ctx context.Context, err error) error {
	if lasting(err) {
		return giveUp(err)
	}
	if tries, _ := asynq.GetRetryCount(ctx); tries >= maxTries {
		return giveUp(err)
	}
	return err
}

// lasting says whether no repeat can mend what failed.
func lasting(err error) bool {
	return slices.ContainsFunc([]error{
		parlor.ErrRevoked, parlor.ErrScope, parlor.ErrForbidden, parlor.ErrInvalid, parlor.ErrNotFound, parlor.ErrDisabled,
	}, func(dead error) bool { return errors.Is(err, dead) })
}

// giveUp ends a task as done. An error would put it into asynq's archive, where it keeps its id for 90 days, and every
// later nudge with that id would be refused. What failed is in the calendar's state, and the sweep comes back to it.
func giveUp(err error) error {
	slog.Warn("task given up; the sweep comes back to it", "error", err)
	return nil
}

// retryDelay is the one table of when to try again.
func retryDelay(tries int, err error, _ *asynq.Task) time.Duration {
	var throttled *parlor.ThrottledError
	switch {
	case errors.Is(err, parlor.ErrBusy):
		return syncer.Burst
	case errors.As(err, &throttled) && throttled.After > 0:
		return jitter(throttled.After)
	}
	return jitter(min(time.Second<<min(tries, 9), 5*time.Minute))
}

// jitter adds up to a quarter, so that many accounts do not come back at the same moment.
func jitter(d time.Duration) time.Duration {
	return d + time.Duration(rand.Int64N(int64(d)/4+1))
}

// isFailure: waiting for another worker, or because we were asked to, uses up no try.
func isFailure(err error) bool {
	var throttled *parlor.ThrottledError
	return !errors.Is(err, parlor.ErrBusy) && !errors.As(err, &throttled)
}

// asynqLog hands asynq's own lines to slog.
type asynqLog struct{}

func (asynqLog) Debug(args ...any) { slog.Debug(fmt.Sprint(args...)) }
func (asynqLog) Info(args ...any)  { slog.Info(fmt.Sprint(args...)) }
func (asynqLog) Warn(args ...any)  { slog.Warn(fmt.Sprint(args...)) }
func (asynqLog) Error(args ...any) { slog.Error(fmt.Sprint(args...)) }
func (asynqLog) Fatal(args ...any) { slog.Error(fmt.Sprint(args...)) }
