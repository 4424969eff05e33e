package syncer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// pass is the state of one run.
type pass struct {
	*Syncer
	acct     parlor.AccountID
	cal      parlor.CalendarID
	state    store.CalendarState
	settings parlor.Settings
	etag     string // of settings
	room     parlor.Room
	port     parlor.Calendar
	desk     *Claims
	handled  map[string]bool // masters that were fetched because an occurrence came first
	listed   map[string]bool // masters that the list has shown
	met      map[string]bool // numbers of the meetings whose events were seen
	report   Report
	later    time.Time // when to list everything again; zero: no need
	wish     *bool     // the room or a one-time number, as the person asked for one event; nil: as in the settings
}

func (s *Syncer) begin(ctx context.Context, acct parlor.AccountID, cal parlor.CalendarID) (*pass, error) {
	p := &pass{Syncer: s, acct: acct, cal: cal, handled: map[string]bool{}, listed: map[string]bool{}, met: map[string]bool{}}
	var err error
	if p.state, err = s.st.Calendar(ctx, acct, cal); err != nil {
		return nil, fmt.Errorf("read calendar state: %w", err)
	}
	if p.settings, p.etag, err = s.st.Settings(ctx, acct); err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	if p.room, err = s.st.Room(ctx, acct); err != nil {
		return nil, fmt.Errorf("read room: %w", err)
	}
	open := s.cn.Calendar
	if p.leaving() {
		open = s.cn.LeftCalendar
	}
	if p.port, err = open(ctx, acct, p.state.Service); err != nil {
		return nil, p.unreachable(ctx, fmt.Errorf("open calendar: %w", err))
	}
	p.desk = NewClaims(s.st, acct, p.settings, p.room, s.now)
	if p.room.Applying != nil { // whoever began it was stopped
		if err := p.desk.Apply(ctx); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// list reads the changes and acts on each event. It returns the cursor of the end.
func (p *pass) list(ctx context.Context) (parlor.Cursor, error) {
	page := func(events []parlor.Event) error { return p.page(ctx, events) }
	since, asked := p.state.Cursor, p.state.Resync != p.state.Resynced || p.leaving()
	p.later = p.state.Again
	if putOff := !p.later.IsZero() && !p.later.After(p.now()); asked || putOff {
		since, p.later = "", time.Time{}
	}
	p.report.Full = since == ""
	if p.cn.Mails(p.state.Service) {
		p.comeBack(p.room.QuietUntil) // then what was left alone is brought up to date
	}
	cursor, err := p.port.Changes(ctx, p.cal, since, page)
	if errors.Is(err, parlor.ErrCursorGone) && since != "" {
		p.report.Full = true
		cursor, err = p.port.Changes(ctx, p.cal, "", page)
	}
	if err != nil {
		return "", fmt.Errorf("list changes: %w", err)
	}
	return cursor, p.missing(ctx)
}

// leaving says that the pass takes our links out.
func (p *pass) leaving() bool { return !p.state.Leaving.IsZero() }

// putOff remembers that an event could not be written now, and when it may be.
func (p *pass) putOff() {
	p.comeBack(p.now().Add(store.EventStretch))
}

// comeBack asks for a full list at a time to come, or earlier.
func (p *pass) comeBack(at time.Time) {
	if at.After(p.now()) && (p.later.IsZero() || at.Before(p.later)) {
		p.later = at
	}
}

// page acts on each event of a page; the occurrences come last, because they follow their series.
func (p *pass) page(ctx context.Context, events []parlor.Event) error {
	slices.SortStableFunc(events, func(a, b parlor.Event) int { return cmp.Compare(min(1, len(a.SeriesID)), min(1, len(b.SeriesID))) })
	if err := p.learn(ctx, events); err != nil {
		return err
	}
	for _, e := range events {
		if p.draining.Load() {
			return errDraining
		}
		p.report.Seen++
		if p.handled[e.Ref.ID] || p.report.Full && !e.Cancelled && p.over(e) {
			continue // a full list is mostly past; what was moved there is found in the changes or missing
		}
		if len(e.Recurrence) > 0 {
			p.listed[e.Ref.ID] = true
		}
		if err := p.event(ctx, e); err != nil {
			return err
		}
	}
	if !p.report.Full {
		return nil
	}
	return p.st.Progress(ctx, p.acct, p.cal, p.report.Seen)
}

// event decides about one event and acts. What is wrong with this event alone does not stop the pass.
func (p *pass) event(ctx context.Context, e parlor.Event) error {
	c, err := p.newCase(ctx, e)
	if err != nil {
		return err
	}
	err = p.act(ctx, c)
	if errors.Is(err, parlor.ErrConflict) {
		err = p.again(ctx, e.Ref)
	}
	switch {
	case errors.Is(err, parlor.ErrConflict):
		p.putOff() // the change that was in the way brings its own push, but not every conflict is one
		return nil
	case errors.Is(err, parlor.ErrNotFound):
		return nil
	case errors.Is(err, parlor.ErrForbidden), errors.Is(err, parlor.ErrInvalid):
		return p.tellOnce(ctx, e, parlor.Keep, refusedReason)
	case err != nil:
		return fmt.Errorf("event %s: %w", e.Ref.ID, err)
	}
	return nil
}

var refusedReason = parlor.Reason{Code: "refused", Text: "Left alone: the calendar refused the change. If the event's text is very long, there may be no room for the link."}

// again reads an event anew and decides once more.
func (p *pass) again(ctx context.Context, ref parlor.EventRef) error {
	e, err := p.port.Event(ctx, ref)
	if err != nil {
		return fmt.Errorf("read event again: %w", err)
	}
	c, err := p.newCase(ctx, e)
	if err != nil {
		return err
	}
	return p.act(ctx, c)
}

func (p *pass) over(e parlor.Event) bool {
	if e.Broken && e.Start.Time.IsZero() { // who knows
		return false
	}
	end, ends := parlor.LastEnd(e)
	return ends && !end.After(p.now())
}

// stillWanted sees to it before each write that the person has not changed their mind since the pass began, which may be
// hours ago: the queue begins anew with the settings as they are.
func (p *pass) stillWanted(ctx context.Context) error {
	_, etag, err := p.st.Settings(ctx, p.acct)
	if err != nil {
		return fmt.Errorf("read settings again: %w", err)
	}
	state, err := p.st.Calendar(ctx, p.acct, p.cal)
	if err != nil {
		return fmt.Errorf("read calendar state again: %w", err)
	}
	room, err := p.st.Room(ctx, p.acct)
	if err != nil {
		return fmt.Errorf("read room again: %w", err)
	}
	off := !state.On && !p.leaving() || !state.Leaving.Equal(p.state.Leaving)
	if etag != p.etag || off || !room.Leads(p.room) {
		return fmt.Errorf("settings or room changed during the pass: %w", parlor.ErrBusy)
	}
	return nil
}

// fail notes why a pass ended early and hands the error on.
func (s *Syncer) fail(ctx context.Context, lease *store.Lease, state store.CalendarState, cause error) error {
	result := store.PassResult{At: s.now(), Error: explain(cause)}
	var throttled *parlor.ThrottledError
	switch {
	case errors.As(cause, &throttled):
		result.NextTry = s.now().Add(max(throttled.After, time.Second))
	case !s.cn.Pushes(state.Service) && passing(cause) && ctx.Err() == nil:
		result.NextTry = s.now().Add(backOff(s.now().Sub(state.LastPass)))
	}
	err := s.st.FinishPass(context.WithoutCancel(ctx), lease, state.Info.ID, result)
	if err != nil && !errors.Is(err, parlor.ErrStale) && !errors.Is(err, parlor.ErrNotFound) {
		return errors.Join(cause, fmt.Errorf("note failure: %w", err))
	}
	return cause
}

// backOff is how long a server of somebody's own, which is listed often and may be small, is left alone when it fails: a
// quarter of the time since it last did not.
func backOff(failing time.Duration) time.Duration {
	return min(max(failing/4, 5*time.Second), 15*time.Minute)
}

// passing says whether a failure is one of the service that may pass.
func passing(cause error) bool {
	for _, other := range []error{
		parlor.ErrRevoked, parlor.ErrScope, parlor.ErrForbidden, parlor.ErrNotFound, parlor.ErrInvalid, parlor.ErrBusy,
		parlor.ErrStale, store.ErrUnavailable,
	} {
		if errors.Is(cause, other) {
			return false
		}
	}
	return true
}

// revoked marks the connection when a service refused a token that was fresh, so that the person is asked to reconnect.
func (s *Syncer) revoked(ctx context.Context, acct parlor.AccountID, kind parlor.Kind, cause error) error {
	if !errors.Is(cause, parlor.ErrRevoked) {
		return cause
	}
	if err := s.cn.Revoked(context.WithoutCancel(ctx), acct, kind); err != nil {
		return errors.Join(cause, fmt.Errorf("mark connection: %w", err))
	}
	return cause
}

// explain says in words for the person why a pass did not finish.
func explain(err error) string {
	var throttled *parlor.ThrottledError
	switch {
	case errors.As(err, &throttled):
		return "The calendar service asked us to slow down. It goes on by itself."
	case errors.Is(err, parlor.ErrRevoked):
		return "Parlor may no longer read this calendar. Sign in again to reconnect it."
	case errors.Is(err, parlor.ErrScope):
		return "Parlor was not given permission for this calendar."
	case errors.Is(err, parlor.ErrDisabled):
		return "Your administrator has switched your account off."
	case errors.Is(err, parlor.ErrNoMailbox):
		return "This mailbox is not supported: it is on a server of your organisation's own, inactive or without a licence."
	case errors.Is(err, parlor.ErrForbidden), errors.Is(err, parlor.ErrNotFound):
		return "This calendar is gone, or is no longer yours to change."
	case errors.Is(err, parlor.ErrBusy):
		return "Something changed meanwhile, so Parlor begins again."
	default:
		return "The calendar service could not be reached. Parlor tries again by itself; nothing is lost."
	}
}
