package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// Holding is what Parlor has in the calendars of one service: what leaving it is about.
type Holding struct {
	Service   parlor.Kind
	Name      string
	Links     int  // events to come that carry a link
	Guests    int  // whom the service mails when those links are taken out; 0 where it mails nobody
	Reachable bool // the service lets Parlor in, so that links can be taken out
}

// DepartureView is how far leaving has got.
type DepartureView struct {
	Service parlor.Kind // "": the whole account
	Name    string      // of the service
	TakeOut bool
	Begun   time.Time
	Links   int // events that had a link when it began
	Left    int // that still have one
}

// Holdings lists what Parlor has at each service that the person connected, calendars before all.
func (d *Desk) Holdings(ctx context.Context, acct parlor.AccountID) ([]Holding, error) {
	account, err := d.st.Account(ctx, acct)
	if err != nil {
		return nil, err
	}
	var list []Holding
	for _, c := range account.Connections {
		if !account.Serves(c.Kind) {
			continue
		}
		h, err := d.holding(ctx, acct, c)
		if err != nil {
			return nil, err
		}
		list = append(list, h)
	}
	return list, nil
}

func (d *Desk) holding(ctx context.Context, acct parlor.AccountID, c parlor.Connection) (Holding, error) {
	meetings, err := d.st.Linked(ctx, acct, c.Kind)
	if err != nil {
		return Holding{}, fmt.Errorf("count links: %w", err)
	}
	h := Holding{Service: c.Kind, Name: d.cn.Name(c.Kind), Links: len(meetings), Reachable: c.State == parlor.Connected}
	if d.cn.Mails(c.Kind) {
		for _, m := range meetings {
			h.Guests += m.Guests.Invited
		}
	}
	return h, nil
}

// Disconnect begins to take a service from an account, with takeOut only once our links are out of its events: the token is
// revoked and forgotten, pushes end. Somebody who signs in with the service still can; a second Disconnect ends that, too,
// unless it is their only way in. Asked again while it is under way, takeOut counts as it is now. parlor.ErrNotFound: the
// account has no such service.
func (d *Desk) Disconnect(ctx context.Context, acct parlor.AccountID, k parlor.Kind, takeOut bool) error {
	account, err := d.st.Account(ctx, acct)
	if err != nil {
		return err
	}
	if _, connected := account.Connection(k); !connected {
		return fmt.Errorf("disconnect %s: %w", k, parlor.ErrNotFound)
	}
	if d.onlyWayIn(account, k) {
		return Faults{{Field: "service", Message: "is your only way to sign in; connect another one first, or delete the account", Value: k}}
	}
	return d.depart(ctx, acct, store.Departure{Service: k, TakeOut: takeOut})
}

// onlyWayIn says whether nobody could get into an account any more without this service, which does nothing else for it.
func (d *Desk) onlyWayIn(a parlor.Account, k parlor.Kind) bool {
	signs, more := d.cn.SignsIn(k)
	if !signs || more && a.Serves(k) {
		return false
	}
	return !slices.ContainsFunc(a.Connections, func(c parlor.Connection) bool {
		other, _ := d.cn.SignsIn(c.Kind)
		return c.Kind != k && other
	})
}

// DeleteAccount begins to delete an account with everything Parlor knows of it, with takeOut only once our links are out of
// its events. The person stays signed in until it is done. Asked again while it is under way, takeOut counts as it is now.
func (d *Desk) DeleteAccount(ctx context.Context, acct parlor.AccountID, takeOut bool) error {
	if _, err := d.st.Account(ctx, acct); err != nil {
		return err
	}
	return d.depart(ctx, acct, store.Departure{TakeOut: takeOut})
}

func (d *Desk) depart(ctx context.Context, acct parlor.AccountID, wish store.Departure) error {
	wish.Begun = d.now().UTC()
	list, err := d.st.Departures(ctx, acct)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(list, func(known store.Departure) bool { return known.Service == wish.Service })
	if at >= 0 {
		list[at].TakeOut = wish.TakeOut
		wish = list[at]
	} else if wish.Links, err = d.links(ctx, acct, wish.Service); err != nil {
		return err
	}
	if err := d.st.PutDeparture(ctx, acct, wish); err != nil {
		return fmt.Errorf("begin to leave: %w", err)
	}
	if err := d.sync.Leave(ctx, acct); err != nil {
		return fmt.Errorf("ask to leave: %w", err)
	}
	return nil
}

// links counts the events to come that carry a link, at one service or at all.
func (d *Desk) links(ctx context.Context, acct parlor.AccountID, k parlor.Kind) (int, error) {
	list, err := d.Holdings(ctx, acct)
	sum := 0
	for _, h := range list {
		if k == "" || h.Service == k {
			sum += h.Links
		}
	}
	return sum, err
}

// Departures lists what the person is leaving, and how far that has got; Parlor as a whole comes last.
func (d *Desk) Departures(ctx context.Context, acct parlor.AccountID) ([]DepartureView, error) {
	list, err := d.st.Departures(ctx, acct)
	if err != nil {
		return nil, err
	}
	views := make([]DepartureView, len(list))
	for i, known := range list {
		left, err := d.links(ctx, acct, known.Service)
		if err != nil {
			return nil, err
		}
		views[i] = DepartureView{
			Service: known.Service, Name: d.cn.Name(known.Service), TakeOut: known.TakeOut, Begun: known.Begun,
			Links: max(known.Links, left), Left: left,
		}
	}
	return views, nil
}

// Stay ends a departure before it is done. Links that are out stay out; the calendars go on as they were. "" is the whole
// account. One that is over, or never began, is no error.
func (d *Desk) Stay(ctx context.Context, acct parlor.AccountID, k parlor.Kind) error {
	if err := d.st.EndDeparture(ctx, acct, k); err != nil {
		return err
	}
	states, err := d.st.Calendars(ctx, acct)
	if err != nil {
		return err
	}
	for _, c := range states {
		if c.Leaving.IsZero() || k != "" && c.Service != k {
			continue
		}
		if err := d.st.LeaveCalendar(ctx, acct, c.Info.ID, time.Time{}); err != nil && !errors.Is(err, parlor.ErrNotFound) {
			return err
		}
		if c.On {
			if err := d.SyncNow(ctx, acct, c.Info.ID); err != nil {
				return err
			}
		}
	}
	return nil
}
