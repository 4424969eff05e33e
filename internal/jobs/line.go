// Package jobs is the queue: it coalesces nudges into passes, tries again what failed, and sweeps once a minute for what
// was lost. It is the only importer of asynq. Losing the queue loses nothing, because the sweep finds every account
// that is due.
//
// Start reading at Line.Nudge.
package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/hibiken/asynq"

	"parlor/internal/mail"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/syncer"
)

// Config is how the queue runs.
type Config struct {
	Workers   int           // passes at a time
	Push      bool          // whether calendars have push channels
	PollEvery time.Duration // how often a calendar is listed without a push
	Services  []parlor.Service
	Video     parlor.Service // in which meetings take place
	Origin    string         // of this installation, in mails
	Mail      *mail.Mailer   // nil: no mail is sent
}

// Line is the queue.
type Line struct {
	st      *store.Store
	sy      *syncer.Syncer
	cfg     Config
	now     func() time.Time
	client  *asynq.Client
	inspect *asynq.Inspector
}

// New returns a Line that can take nudges; Start makes it work on them too.
func New(st *store.Store, sy *syncer.Syncer, cfg Config, now func() time.Time) *Line {
	return &Line{
		st: st, sy: sy, cfg: cfg, now: now,
		client: asynq.NewClientFromRedisClient(st.Client()), inspect: asynq.NewInspectorFromRedisClient(st.Client()),
	}
}

const (
	taskPass      = "pass"      // one pass over one calendar
	taskCalendars = "calendars" // read which calendars an account has
	taskRoom      = "room"      // read the person's own room at the video system
	taskSweep     = "sweep"
	taskMail      = "mail"
	taskLeave     = "leave"  // go on with what an account is leaving
	taskSpread    = "spread" // a policy reaches the next accounts
	queue         = "parlor"
)

type passTask struct {
	Account  parlor.AccountID  `json:"account"`
	Calendar parlor.CalendarID `json:"calendar"`
}

type calendarsTask struct {
	Account parlor.AccountID `json:"account"`
	Service parlor.Kind      `json:"service"`
}

// Nudge asks for a pass over one calendar. A burst becomes at most two passes: one at once, and one a second later for
// all that came while the first ran. Neither asynq.Unique (loses what comes during the pass) nor asynq.Group (waits at
// least a second) does both. A task that runs already may have read the calendar, so it does not answer a nudge.
func (l *Line) Nudge(ctx context.Context, acct parlor.AccountID, cal parlor.CalendarID) error {
	task, err := newTask(taskPass, passTask{acct, cal})
	if err != nil {
		return err
	}
	name := string(acct) + ":" + string(cal)
	recent, err := l.st.PassBegan(ctx, acct, cal)
	if err != nil {
		return fmt.Errorf("look for a recent pass: %w", err)
	}
	if !recent {
		err = l.enqueue(ctx, task, asynq.TaskID("now:"+name))
		if !errors.Is(err, asynq.ErrTaskIDConflict) {
			return err
		}
	}
	for _, place := range []string{"again:", "after:", "now:"} {
		err = l.enqueue(ctx, task, asynq.TaskID(place+name), asynq.ProcessIn(syncer.Burst))
		if !errors.Is(err, asynq.ErrTaskIDConflict) {
			return err
		}
		if running, err := l.running(place + name); err != nil || !running {
			return err
		}
	}
	return fmt.Errorf("nudge: every place in the queue is taken: %w", parlor.ErrBusy)
}

// running says whether a task is being worked on, or has just ended, so that it is too late for what it would do.
func (l *Line) running(id string) (bool, error) {
	info, err := l.inspect.GetTaskInfo(queue, id)
	if errors.Is(err, asynq.ErrTaskNotFound) {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("look at task: %w", err)
	}
	return info.State == asynq.TaskStateActive, nil
}

// Resync asks for a full pass over every calendar of an account that is on: a setting changed what events should say.
func (l *Line) Resync(ctx context.Context, acct parlor.AccountID) error {
	calendars, err := l.st.RequestResync(ctx, acct)
	if err != nil {
		return fmt.Errorf("request resync: %w", err)
	}
	for _, cal := range calendars {
		if err := l.Nudge(ctx, acct, cal); err != nil {
			return err
		}
	}
	return nil
}

// Connected is called when a person has just connected a service: its calendars are read, where it has any, and the ones
// that are on are listed at once.
func (l *Line) Connected(ctx context.Context, acct parlor.AccountID, kind parlor.Kind) error {
	if err := l.st.SetDue(ctx, acct, l.now()); err != nil {
		return fmt.Errorf("set account due: %w", err)
	}
	if kind == l.cfg.Video.Kind {
		return l.NudgeRoom(ctx, acct)
	}
	if !l.hasCalendars(kind) {
		return nil
	}
	task, err := newTask(taskCalendars, calendarsTask{acct, kind})
	if err != nil {
		return err
	}
	err = l.enqueue(ctx, task, asynq.TaskID("calendars:"+string(acct)+":"+string(kind)))
	if errors.Is(err, asynq.ErrTaskIDConflict) {
		return nil
	}
	return err
}

// Leave asks to go on with what an account is leaving: now, or a moment after what is under way.
func (l *Line) Leave(ctx context.Context, acct parlor.AccountID) error {
	task, err := newTask(taskLeave, leaveTask{acct})
	if err != nil {
		return err
	}
	err = l.enqueue(ctx, task, asynq.TaskID("leave:"+string(acct)))
	if !errors.Is(err, asynq.ErrTaskIDConflict) {
		return err
	}
	err = l.enqueue(ctx, task, asynq.TaskID("leave-on:"+string(acct)), asynq.ProcessIn(syncer.Burst))
	if errors.Is(err, asynq.ErrTaskIDConflict) {
		return nil // that one has not begun yet, or the sweep comes back
	}
	return err
}

func (l *Line) hasCalendars(kind parlor.Kind) bool {
	return slices.ContainsFunc(l.cfg.Services, func(s parlor.Service) bool { return s.Kind == kind && s.HasCalendars() })
}

type leaveTask struct {
	Account parlor.AccountID `json:"account"`
}

func (l *Line) enqueue(ctx context.Context, t *asynq.Task, opts ...asynq.Option) error {
	opts = append([]asynq.Option{asynq.Queue(queue), asynq.MaxRetry(math.MaxInt32), asynq.Timeout(passTimeout)}, opts...)
	if _, err := l.client.EnqueueContext(ctx, t, opts...); err != nil {
		return fmt.Errorf("enqueue %s: %w", t.Type(), err)
	}
	return nil
}

func newTask(kind string, payload any) (*asynq.Task, error) {
	raw, err := json.Marshal(payload)
	if err != nil {
		return nil, fmt.Errorf("encode %s task: %w", kind, err)
	}
	return asynq.NewTask(kind, raw), nil
}
