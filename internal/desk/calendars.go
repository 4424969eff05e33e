package desk

import (
	"context"
	"fmt"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// Calendars lists the person's calendars and how the sync of each stands.
func (d *Desk) Calendars(ctx context.Context, acct parlor.AccountID) ([]CalendarView, error) {
	states, err := d.st.Calendars(ctx, acct)
	if err != nil {
		return nil, err
	}
	account, err := d.st.Account(ctx, acct)
	if err != nil {
		return nil, err
	}
	views := make([]CalendarView, len(states))
	for i, s := range states {
		every, err := d.sync.Interval(ctx, s.Service)
		if err != nil {
			return nil, fmt.Errorf("read poll interval: %w", err)
		}
		views[i] = d.calendarView(account, s)
		views[i].PollEvery = every.String()
	}
	return views, nil
}

func (d *Desk) calendarView(account parlor.Account, s store.CalendarState) CalendarView {
	v := CalendarView{
		ID: s.Info.ID, Service: s.Service, Name: s.Info.Name, Primary: s.Info.Primary, On: s.On, Writable: s.Info.Writable,
		State: standing(account, s), Push: s.Watch.Until.After(d.now()), Error: s.Error,
	}
	if s.Listing {
		v.Listed = s.Listed
	}
	if !s.LastPass.IsZero() {
		v.LastPass = &s.LastPass
	}
	return v
}

func standing(account parlor.Account, s store.CalendarState) CalendarState {
	conn, found := account.Connection(s.Service)
	switch {
	case !s.On:
		return CalendarOff
	case !found || conn.State != parlor.Connected:
		return CalendarReconnect
	case s.Listing || s.LastPass.IsZero():
		return CalendarSyncing
	}
	return CalendarOK
}

// SwitchCalendar switches the sync of one calendar on or off; parlor.ErrNotFound when the person has no such calendar.
func (d *Desk) SwitchCalendar(ctx context.Context, acct parlor.AccountID, id parlor.CalendarID, on bool) error {
	state, err := d.st.Calendar(ctx, acct, id)
	if err != nil {
		return fmt.Errorf("switch calendar: %w", err)
	}
	if on && !state.Info.Writable {
		return Faults{{Field: "calendars", Message: "“" + state.Info.Name + "” belongs to somebody else; Parlor writes only to your own", Value: id}}
	}
	if err := d.st.SwitchCalendar(ctx, acct, id, on); err != nil {
		return fmt.Errorf("switch calendar: %w", err)
	}
	if on {
		return d.SyncNow(ctx, acct, id)
	}
	if err := d.sync.SwitchedOff(ctx, acct, id); err != nil {
		return fmt.Errorf("ask to end pushes: %w", err)
	}
	return nil
}

// SyncNow asks for one pass over one calendar.
func (d *Desk) SyncNow(ctx context.Context, acct parlor.AccountID, id parlor.CalendarID) error {
	if err := d.sync.Nudge(ctx, acct, id); err != nil {
		return fmt.Errorf("ask for a pass: %w", err)
	}
	return nil
}
