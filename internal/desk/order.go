package desk

import (
	"context"
	"errors"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/syncer"
)

// tries is how often a change is tried when others come first.
const tries = 5

// order is a request together with everything that is needed to fill it.
type order struct {
	acct     parlor.AccountID
	req      Request
	print    string // tells two requests with one idempotency key apart
	service  parlor.Kind
	calendar parlor.CalendarID
	settings parlor.Settings
	room     parlor.Room
	account  parlor.Account
	alone    bool // no calendar is there: the meeting is kept by itself
}

// order reads a request and makes sure that there is a room for it.
func (d *Desk) order(ctx context.Context, acct parlor.AccountID, req Request) (order, error) {
	o, err := d.wish(ctx, acct, req)
	if err != nil {
		return order{}, err
	}
	if o.room, err = d.st.EnsureRoom(ctx, acct); err != nil {
		return order{}, err
	}
	return o, nil
}

// wish reads a request and stores nothing: the order has no room yet.
func (d *Desk) wish(ctx context.Context, acct parlor.AccountID, req Request) (order, error) {
	settings, _, err := d.st.Settings(ctx, acct)
	if err != nil {
		return order{}, err
	}
	if req.End.Time.IsZero() {
		req.End = parlor.Moment{Time: req.Start.Time.Add(time.Duration(settings.DefaultDuration) * time.Minute), Zone: req.Start.Zone}
	}
	if err := req.faults().orNil(); err != nil {
		return order{}, err
	}
	account, err := d.st.Account(ctx, acct)
	if err != nil {
		return order{}, err
	}
	if req.Start.Zone == "" {
		req.Start.Zone, req.End.Zone = account.Zone, account.Zone
	}
	return order{acct: acct, req: req, settings: settings, account: account}, nil
}

// claim gives the order a meeting: number, kind and slot in the room are taken by one script, so that nobody else gets
// them.
func (d *Desk) claim(ctx context.Context, o order) (parlor.Meeting, error) {
	m := parlor.Meeting{
		State: parlor.Scheduled, Trigger: parlor.ByPerson, Service: o.service, Title: o.req.Title,
		Start: o.req.Start, End: o.req.End, Recurrence: o.req.Recurrence, Created: d.now(),
		Guests:     parlor.CountGuests(o.account.Email, o.req.Attendees),
		Standalone: o.alone,
	}
	return syncer.NewClaims(d.st, o.acct, o.settings, o.room, d.now).Claim(ctx, m, o.req.UsePMI, o.req.Attendees)
}

// change applies a change to a meeting however often others come first. A change that returns false leaves it.
func (d *Desk) change(ctx context.Context, acct parlor.AccountID, number string, alter func(*parlor.Meeting) bool) error {
	for range tries {
		_, rev, err := d.st.Agenda(ctx, acct)
		if err != nil {
			return err
		}
		m, err := d.st.Meeting(ctx, acct, number)
		if err != nil {
			return err
		}
		if !alter(&m) {
			return nil
		}
		_, err = d.st.UpdateMeeting(ctx, acct, rev, m)
		if !errors.Is(err, parlor.ErrStale) {
			return err
		}
	}
	return parlor.ErrBusy
}
