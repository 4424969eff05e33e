package syncer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

// How long a departure waits for others before it goes on without them.
const (
	linksPatience  = 72 * time.Hour // for links that a calendar does not let go of
	revokePatience = time.Hour      // for a service that cannot be told
)

// Leave goes on with what an account is leaving, and returns the calendars out of which links are still to be taken: each
// needs a pass now. It can be killed anywhere and called again. parlor.ErrBusy: another worker is at it.
func (s *Syncer) Leave(ctx context.Context, acct parlor.AccountID) (waiting []parlor.CalendarID, err error) {
	lease, err := s.st.Lease(ctx, acct, "leave", leaseTime)
	if err != nil {
		return nil, fmt.Errorf("lease departure: %w", err)
	}
	ctx, done := hold(ctx, lease)
	defer done()
	account, err := s.st.Account(ctx, acct)
	if errors.Is(err, parlor.ErrNotFound) {
		return nil, s.st.ForgetRest(ctx, acct)
	}
	if err != nil {
		return nil, err
	}
	list, err := s.st.Departures(ctx, acct)
	if err != nil {
		return nil, err
	}
	for _, d := range list {
		still, err := s.leave(ctx, account, d)
		if err != nil {
			return nil, err
		}
		waiting = append(waiting, still...)
	}
	return waiting, nil
}

func (s *Syncer) leave(ctx context.Context, a parlor.Account, d store.Departure) ([]parlor.CalendarID, error) {
	if d.Service == "" {
		if err := s.endGrants(ctx, a.ID); err != nil {
			return nil, err
		}
	}
	states, err := s.leaving(ctx, a, d)
	if err != nil {
		return nil, err
	}
	if d.TakeOut && s.now().Sub(d.Begun) < linksPatience {
		waiting, unfinished, err := s.takeOut(ctx, a, d, states)
		if err != nil || unfinished {
			return waiting, err
		}
	}
	for _, c := range a.Connections {
		if d.Service != "" && c.Kind != d.Service {
			continue
		}
		if err := s.disconnect(ctx, a, d, c.Kind, states); err != nil {
			return nil, fmt.Errorf("disconnect %s: %w", c.Kind, err)
		}
	}
	if d.Service == "" {
		return nil, s.st.DeleteAccount(ctx, a.ID)
	}
	return nil, s.st.EndDeparture(ctx, a.ID, d.Service)
}

// endGrants has no app schedule anything new for somebody who leaves.
func (s *Syncer) endGrants(ctx context.Context, acct parlor.AccountID) error {
	grants, err := s.st.Grants(ctx, acct)
	if err != nil {
		return err
	}
	for _, g := range grants {
		if err := s.st.EndGrant(ctx, acct, g.ID, ""); err != nil && !errors.Is(err, parlor.ErrNotFound) {
			return err
		}
	}
	return nil
}

// leaving lists the calendars that a departure is about.
func (s *Syncer) leaving(ctx context.Context, a parlor.Account, d store.Departure) ([]store.CalendarState, error) {
	all, err := s.st.Calendars(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	var states []store.CalendarState
	for _, c := range all {
		if d.Service == "" || c.Service == d.Service {
			states = append(states, c)
		}
	}
	return states, nil
}

// takeOut tells the calendars that our links go, once, and says whether some still hold any. One that cannot be reached any
// more is not waited for.
func (s *Syncer) takeOut(ctx context.Context, a parlor.Account, d store.Departure, states []store.CalendarState) (now []parlor.CalendarID, unfinished bool, err error) {
	for i, c := range states {
		conn, _ := a.Connection(c.Service)
		if conn.State != parlor.Connected || !c.Info.Writable {
			states[i].Leaving = time.Time{}
			continue
		}
		if !d.Marked {
			states[i].Leaving = d.Begun
			if err := s.st.LeaveCalendar(ctx, a.ID, c.Info.ID, d.Begun); err != nil {
				return nil, false, err
			}
		}
	}
	if !d.Marked {
		d.Marked = true
		if err := s.st.PutDeparture(ctx, a.ID, d); err != nil {
			return nil, false, err
		}
	}
	for _, c := range states {
		if c.Leaving.IsZero() {
			continue
		}
		unfinished = true
		if !s.now().Before(c.Again) && !s.now().Before(c.NextTry) {
			now = append(now, c.Info.ID)
		}
	}
	return now, unfinished, nil
}

// disconnect ends what we have with a service. The person is told, with the links that stay.
func (s *Syncer) disconnect(ctx context.Context, a parlor.Account, d store.Departure, k parlor.Kind, states []store.CalendarState) error {
	left, err := s.st.Linked(ctx, a.ID, k)
	if err != nil {
		return err
	}
	for _, c := range states {
		if c.Service != k {
			continue
		}
		if err := s.forgetCalendar(ctx, a.ID, c); err != nil {
			return err
		}
	}
	err = s.cn.Revoke(ctx, a.ID, k)
	if errors.Is(err, connect.ErrProvider) && s.now().Sub(d.Begun) >= revokePatience {
		slog.Warn("token not revoked; it is forgotten here", "account", a.ID, "service", k, "error", err)
		err = s.cn.Drop(ctx, a.ID, k)
	}
	if err != nil || d.Service == "" {
		return err
	}
	signs, more := s.cn.SignsIn(k)
	if err := s.st.Disconnect(ctx, a.ID, k, signs && more && a.Serves(k)); err != nil {
		return err
	}
	if video := s.cn.Video(); video.Kind == k && video.Owns {
		if _, _, err := s.st.FollowRoom(ctx, a.ID, parlor.Room{Status: parlor.RoomUnavailable}); err != nil {
			return err
		}
	}
	why := parlor.Disconnected(s.cn.Name(k), len(left))
	return s.st.Log(ctx, a.ID, parlor.Entry{At: s.now(), Action: "disconnect", Code: why.Code, Text: why.Text})
}

// forgetCalendar ends a calendar's pushes, if its service still listens, and forgets it.
func (s *Syncer) forgetCalendar(ctx context.Context, acct parlor.AccountID, c store.CalendarState) error {
	if c.Watch.ID != "" {
		if err := s.Unwatch(ctx, acct, c.Info.ID); err != nil {
			slog.Info("push channel left to end by itself", "account", acct, "error", err)
		}
		if err := s.st.DropWatch(ctx, c.Watch.ID); err != nil {
			return err
		}
	}
	return s.st.DropCalendar(ctx, acct, c.Info.ID)
}

// unreachable has nobody wait for the links of a calendar that is gone, or no longer the person's to change, or whose service is
// not configured any more.
func (p *pass) unreachable(ctx context.Context, cause error) error {
	if !p.leaving() || !errors.Is(cause, parlor.ErrNotFound) && !errors.Is(cause, parlor.ErrForbidden) {
		return cause
	}
	if err := p.st.LeaveCalendar(context.WithoutCancel(ctx), p.acct, p.cal, time.Time{}); err != nil && !errors.Is(err, parlor.ErrNotFound) {
		return errors.Join(cause, fmt.Errorf("leave calendar as it is: %w", err))
	}
	return cause
}
