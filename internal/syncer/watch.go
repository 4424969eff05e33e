package syncer

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// watchLife is how long a push channel is asked for; the service may grant less.
const watchLife = 7 * 24 * time.Hour

// Watch sees to it that a calendar has a push channel with enough life left. A new channel is open before the old one
// is stopped, so no push falls between them; a doubled push is harmless.
// It says whether there was none before that could be relied on: what changed until the new one opened brought no push,
// so that a pass is due.
func (s *Syncer) Watch(ctx context.Context, acct parlor.AccountID, cal parlor.CalendarID) (missed bool, err error) {
	if s.cfg.HookURL == "" {
		return false, nil
	}
	lease, err := s.st.Lease(ctx, acct, "watch:"+string(cal), leaseTime)
	if errors.Is(err, parlor.ErrBusy) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("lease watch: %w", err)
	}
	ctx, done := hold(ctx, lease)
	defer done()
	state, err := s.st.Calendar(ctx, acct, cal)
	if err != nil {
		return false, fmt.Errorf("read calendar state: %w", err)
	}
	if !state.On || !s.cn.Pushes(state.Service) || !WatchDue(state, s.now()) {
		return false, nil
	}
	port, err := s.cn.Calendar(ctx, acct, state.Service)
	if err != nil {
		return false, fmt.Errorf("open calendar: %w", err)
	}
	missed = state.Watch.ID == "" || ending(state) || !s.now().Before(state.Watch.Until)
	return missed, s.renew(ctx, port, acct, state)
}

// watchPause is how long a refused channel is not asked for again; lists find the changes meanwhile.
const watchPause = 15 * time.Minute

// ending says whether the service ended a calendar's channel, or announced its end.
func ending(c store.CalendarState) bool { return c.Watch.ID != "" && c.WatchEnding == c.Watch.ID }

// WatchDue says whether less than a fifth of a channel's life is left, or there is none, or the service ends it, and it was
// not refused lately.
func WatchDue(c store.CalendarState, now time.Time) bool {
	if now.Sub(c.WatchRefused) < watchPause {
		return false
	}
	return c.Watch.ID == "" || ending(c) || c.Watch.Until.Sub(now) < c.Watch.Until.Sub(c.Watch.Since)/5
}

func (s *Syncer) renew(ctx context.Context, port parlor.Calendar, acct parlor.AccountID, state store.CalendarState) error {
	cal, old := state.Info.ID, state.Watch
	hook := parlor.Hook{
		ID: rand.Text(), Secret: rand.Text(),
		URL: fmt.Sprintf(s.cfg.HookURL, state.Service), Until: s.now().Add(watchLife),
	}
	// The service may push before it answers, so the channel is known first.
	if err := s.st.PutWatch(ctx, watchRecord(hook, acct, state)); err != nil {
		return fmt.Errorf("store watch: %w", err)
	}
	granted, err := port.Watch(ctx, cal, hook)
	if err != nil {
		return errors.Join(fmt.Errorf("watch calendar: %w", err), s.refused(ctx, acct, cal, err), s.st.DropWatch(ctx, hook.ID))
	}
	granted.Since = s.now()
	if err := s.st.SetWatch(ctx, acct, cal, granted); err != nil {
		return fmt.Errorf("save watch: %w", err)
	}
	if old.ID == "" {
		return nil
	}
	return s.stop(ctx, port, old)
}

// refused notes a refusal that will hold for a while; a fault that may pass is none.
func (s *Syncer) refused(ctx context.Context, acct parlor.AccountID, cal parlor.CalendarID, cause error) error {
	for _, lasting := range []error{parlor.ErrInvalid, parlor.ErrForbidden, parlor.ErrScope, parlor.ErrNotFound} {
		if errors.Is(cause, lasting) {
			return s.st.RefuseWatch(ctx, acct, cal)
		}
	}
	return nil
}

func (s *Syncer) stop(ctx context.Context, port parlor.Calendar, w parlor.Watch) error {
	if err := port.Unwatch(ctx, w); err != nil {
		return fmt.Errorf("stop old watch: %w", err)
	}
	return s.st.DropWatch(ctx, w.ID)
}

// Unwatch stops a calendar's push channel, when the person switches the calendar off.
func (s *Syncer) Unwatch(ctx context.Context, acct parlor.AccountID, cal parlor.CalendarID) error {
	state, err := s.st.Calendar(ctx, acct, cal)
	if err != nil || state.Watch.ID == "" {
		return err
	}
	if err := s.st.SetWatch(ctx, acct, cal, parlor.Watch{}); err != nil {
		return fmt.Errorf("forget watch: %w", err)
	}
	port, err := s.cn.Calendar(ctx, acct, state.Service)
	if err != nil {
		return fmt.Errorf("open calendar: %w", err)
	}
	return s.stop(ctx, port, state.Watch)
}

func watchRecord(h parlor.Hook, acct parlor.AccountID, state store.CalendarState) store.WatchRecord {
	return store.WatchRecord{
		ID: h.ID, Account: acct, Calendar: state.Info.ID, Service: state.Service,
		SecretHash: store.HashSecret(h.Secret), Until: h.Until,
	}
}
