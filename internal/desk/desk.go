package desk

import (
	"context"
	"time"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

// Desk answers what a signed-in person asks for. Every method takes the account that asks: none checks who that is.
//
// Errors of every method: those of the domain, store.ErrUnavailable when Redis cannot be reached, Faults when the
// request is wrong, *LockedError when the administrator holds the field.
type Desk struct {
	st     *store.Store
	cn     *connect.Connector
	sync   Sync
	origin string
	now    func() time.Time
	admins connect.Admins
}

// Sync is how the desk asks for work on calendars to be done, later unless said otherwise; each returns once the wish is stored.
type Sync struct {
	// Nudge asks for one pass over one calendar.
	Nudge func(ctx context.Context, acct parlor.AccountID, cal parlor.CalendarID) error
	// Resync asks for a full pass over every calendar that is on.
	Resync func(ctx context.Context, acct parlor.AccountID) error
	// Connected asks to read which calendars a person has, after a sign-in.
	Connected func(ctx context.Context, acct parlor.AccountID, kind parlor.Kind) error
	// Room asks to read the person's own room at the video system again.
	Room func(ctx context.Context, acct parlor.AccountID) error
	// SwitchedOff asks to end the pushes of a calendar.
	SwitchedOff func(ctx context.Context, acct parlor.AccountID, cal parlor.CalendarID) error
	// Ask gives one event a link at once, because its person asks for it.
	Ask func(ctx context.Context, acct parlor.AccountID, ref parlor.EventRef, usePMI *bool) (parlor.Meeting, error)
	// Leave asks to go on with what an account is leaving.
	Leave func(ctx context.Context, acct parlor.AccountID) error
	// Spread asks to have a policy that was just saved applied to everybody whom it touches.
	Spread func(ctx context.Context) error
	// Interval says how often the calendars of a service are listed without a push, as it stands now.
	Interval func(ctx context.Context, kind parlor.Kind) (time.Duration, error)
}

// New makes a desk. The origin is the installation's public address, without a slash at its end.
func New(st *store.Store, cn *connect.Connector, sync Sync, origin string, now func() time.Time) *Desk {
	return &Desk{st: st, cn: cn, sync: sync, origin: origin, now: now}
}

// WithAdmins says who may administer the installation; without it nobody may.
func (d *Desk) WithAdmins(admins connect.Admins) *Desk {
	d.admins = admins
	return d
}
