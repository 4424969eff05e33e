// Package syncer runs one pass over one calendar: read what changed, decide about each event, write, then remember how
// far it read. It holds no policy (that is parlor.Decide) and no retries (that is the queue).
//
// Start reading at Syncer.Run.
package syncer

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

// Syncer runs passes.
type Syncer struct {
	st  *store.Store
	cn  *connect.Connector
	cfg Config
	now func() time.Time

	draining atomic.Bool
}

// Config is what a pass needs to know of the installation.
type Config struct {
	Origin  string // https://rooms.example.com, in every join link
	HookURL string // where services push to, with %s for the service; "" in poll mode
}

// New returns a Syncer.
func New(st *store.Store, cn *connect.Connector, cfg Config, now func() time.Time) *Syncer {
	return &Syncer{st: st, cn: cn, cfg: cfg, now: now}
}

// Drain ends the passes under way, and those to come, before their next event: parlor.ErrBusy, so that the queue has
// another process make them from the last cursor on.
func (s *Syncer) Drain() { s.draining.Store(true) }

var errDraining = fmt.Errorf("this process is ending: %w", parlor.ErrBusy)

// Report is what one pass did.
type Report struct {
	Seen    int // events that the calendar listed
	Written int // events that were changed
	Full    bool
	Again   bool // another pass is asked for, from the beginning

	Tally     parlor.Tally // of a rewrite that is done
	Rewritten bool         // it was the last that a change of the room asked for: the events that it was about say so now
	Left      bool         // our links are out of the calendar, which is off now
}

// leaseTime is how long a pass may go without renewing its lease before another worker takes over.
const leaseTime = 30 * time.Second

// Run makes one pass. It returns parlor.ErrBusy when another worker is at it, parlor.ErrRevoked when the grant is dead,
// a *parlor.ThrottledError when the service wants us to wait. A repeat is harmless: what is right is left alone.
func (s *Syncer) Run(ctx context.Context, acct parlor.AccountID, cal parlor.CalendarID) (Report, error) {
	state, err := s.st.Calendar(ctx, acct, cal)
	if errors.Is(err, parlor.ErrNotFound) || err == nil && !state.On && state.Leaving.IsZero() {
		return Report{}, nil // switched off meanwhile
	}
	if err != nil {
		return Report{}, fmt.Errorf("read calendar state: %w", err)
	}
	if wait := state.NextTry.Sub(s.now()); wait > 0 {
		return Report{}, &parlor.ThrottledError{After: wait, Reason: "asked to wait"}
	}
	lease, err := s.st.Lease(ctx, acct, "cal:"+string(cal), leaseTime)
	if err != nil {
		return Report{}, fmt.Errorf("lease calendar: %w", err)
	}
	ctx, done := hold(ctx, lease)
	defer done()
	if err := s.st.BeginPass(ctx, acct, cal, Burst); err != nil {
		return Report{}, fmt.Errorf("note pass: %w", err)
	}
	p, err := s.begin(ctx, acct, cal)
	if err != nil {
		return Report{}, s.fail(ctx, lease, state, err)
	}
	cursor, err := p.list(ctx)
	if errors.Is(err, errDraining) {
		return p.report, err // nothing failed, so there is nothing to tell the person
	}
	if err != nil {
		return p.report, s.fail(ctx, lease, state, p.unreachable(ctx, s.revoked(ctx, acct, p.state.Service, err)))
	}
	p.report.Left = p.leaving() && p.later.IsZero() && !p.report.Again
	result := store.PassResult{Cursor: cursor, At: s.now(), Again: p.later, Left: p.report.Left, Resynced: p.state.Resync}
	if err := s.st.FinishPass(ctx, lease, cal, result); err != nil {
		return p.report, fmt.Errorf("save cursor: %w", err)
	}
	return p.report, p.settled(ctx)
}

// Burst is how long after the beginning of a pass further pushes wait for the next one.
const Burst = time.Second

// hold keeps a lease until done is called, and then gives it back, also when the context has ended.
func hold(ctx context.Context, lease *store.Lease) (kept context.Context, done func()) {
	kept, stop := lease.Keep(ctx)
	return kept, func() {
		stop()
		// A lease that cannot be given back ends by itself.
		_ = lease.Release(context.WithoutCancel(ctx))
	}
}
