package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/syncer"
)

const sweepPage = 200

// Sweep takes every account that is due: it renews push channels, lists calendars whose pushes may have been lost, and
// is the poller where there is no public address.
func (l *Line) Sweep(ctx context.Context) error {
	if err := l.resumeSpread(ctx); err != nil {
		return err
	}
	accounts, err := l.st.CountAccounts(ctx)
	if err != nil {
		return fmt.Errorf("count accounts: %w", err)
	}
	for {
		due, err := l.st.Due(ctx, l.now(), sweepPage)
		if err != nil {
			return fmt.Errorf("read due accounts: %w", err)
		}
		for _, acct := range due {
			// Due again first: an account that fails must not be met again in the same sweep.
			if err := l.st.SetDue(ctx, acct, l.now().Add(jitter(min(l.cfg.PollEvery, time.Minute)))); err != nil {
				return fmt.Errorf("set next due: %w", err)
			}
			if err := l.sweepAccount(ctx, acct, accounts); err != nil {
				slog.Warn("sweep", "account", acct, "error", err)
			}
		}
		if len(due) < sweepPage {
			return nil
		}
	}
}

func (l *Line) sweepAccount(ctx context.Context, acct parlor.AccountID, accounts int64) error {
	states, err := l.st.Calendars(ctx, acct)
	if err != nil {
		return fmt.Errorf("read calendars: %w", err)
	}
	account, err := l.st.Account(ctx, acct)
	if errors.Is(err, parlor.ErrNotFound) {
		return l.Leave(ctx, acct) // it was deleted, and something may have been written of it since
	}
	if err != nil {
		return fmt.Errorf("read account: %w", err)
	}
	errs := []error{l.sweepDepartures(ctx, acct), l.sy.Tend(ctx, acct)}
	for _, c := range states {
		if conn, ok := account.Connection(c.Service); c.On && ok && conn.State == parlor.Connected && !account.Disabled {
			errs = append(errs, l.sweepCalendar(ctx, acct, c, l.interval(accounts, c.Service)))
		}
	}
	errs = append(errs, l.sweepRoom(ctx, account))
	return errors.Join(append(errs, l.st.PurgeMeetings(ctx, acct, l.now()), l.st.PurgePeople(ctx, acct))...)
}

// sweepDepartures goes on with a departure that was interrupted, or that waits for a calendar.
func (l *Line) sweepDepartures(ctx context.Context, acct parlor.AccountID) error {
	departures, err := l.st.Departures(ctx, acct)
	if err != nil || len(departures) == 0 {
		return err
	}
	return l.Leave(ctx, acct)
}

func (l *Line) sweepCalendar(ctx context.Context, acct parlor.AccountID, c store.CalendarState, every time.Duration) error {
	again := !c.Again.IsZero() && !l.now().Before(c.Again)
	if (again || l.now().Sub(c.LastPass) >= every) && !l.now().Before(c.NextTry) {
		return l.Nudge(ctx, acct, c.Info.ID) // the pass renews the channel too
	}
	if l.cfg.Push && l.pushes(c.Service) && !c.LastPass.IsZero() && syncer.WatchDue(c, l.now()) && !l.now().Before(c.NextTry) {
		return l.Nudge(ctx, acct, c.Info.ID) // not here: one service that hangs must not stop the sweep for all
	}
	return nil
}

// unpushed is how often a calendar is listed whose service has no pushes, where others have them.
const unpushed = time.Minute

// interval is how often the calendars of a service are listed.
func (l *Line) interval(accounts int64, k parlor.Kind) time.Duration {
	wish := l.cfg.PollEvery
	if l.cfg.Push && !l.pushes(k) {
		wish = min(wish, unpushed)
	}
	for _, s := range l.cfg.Services {
		if s.Kind == k {
			return Stretch(wish, accounts, s.Pace)
		}
	}
	return wish
}

func (l *Line) pushes(k parlor.Kind) bool {
	return slices.ContainsFunc(l.cfg.Services, func(s parlor.Service) bool { return s.Kind == k && s.Hear != nil })
}

// Interval is how often the calendars of a service are listed without a push, as it stands now.
func (l *Line) Interval(ctx context.Context, k parlor.Kind) (time.Duration, error) {
	accounts, err := l.st.CountAccounts(ctx)
	if err != nil {
		return 0, fmt.Errorf("count accounts: %w", err)
	}
	return l.interval(accounts, k), nil
}

// pollShare is the part of a service's quota that polling may use; the rest is for writes and people.
const pollShare = 0.5

// Stretch returns the poll interval at which so many accounts together stay within a service's quota, one request for
// each poll; never less than the interval wished for.
func Stretch(wish time.Duration, accounts int64, p parlor.Pace) time.Duration {
	every := wish
	if p.PerDay > 0 {
		every = max(every, spread(accounts, 24*time.Hour, p.PerDay))
	}
	if p.PerProject.Requests > 0 {
		every = max(every, spread(accounts, p.PerProject.Per, p.PerProject.Requests))
	}
	return every
}

func spread(accounts int64, per time.Duration, requests int) time.Duration {
	return time.Duration(float64(accounts) * float64(per) / (float64(requests) * pollShare)).Round(time.Second)
}
