package desk

import (
	"context"
	"fmt"

	"parlor/internal/parlor"
)

const switchedOff = "is switched off in Parlor; switch it on under Calendars first"

// target finds the calendar that a new event goes to: the named one, or the primary one.
func (d *Desk) target(ctx context.Context, acct parlor.AccountID, id parlor.CalendarID) (
	parlor.Kind, parlor.CalendarID, error,
) {
	states, err := d.st.Calendars(ctx, acct)
	if err != nil {
		return "", "", err
	}
	for _, s := range states {
		if !wanted(s.Info, id) {
			continue
		}
		if !s.On { // what becomes of the event would go unnoticed
			return "", "", Faults{{Field: "calendar", Message: switchedOff, Value: s.Info.ID}}
		}
		return s.Service, s.Info.ID, nil
	}
	if len(states) > 0 {
		return "", "", Faults{{Field: "calendar", Message: "must be one of your calendars that you can write to", Value: id}}
	}
	return d.liveTarget(ctx, acct, id)
}

// liveTarget asks the services themselves: right after the first sign-in no list is stored yet.
func (d *Desk) liveTarget(ctx context.Context, acct parlor.AccountID, id parlor.CalendarID) (
	parlor.Kind, parlor.CalendarID, error,
) {
	account, err := d.st.Account(ctx, acct)
	if err != nil {
		return "", "", err
	}
	for _, svc := range d.cn.Services() {
		if !account.Serves(svc.Kind) || !svc.HasCalendars() {
			continue
		}
		found, err := d.search(ctx, acct, svc.Kind, id)
		if found != "" || err != nil {
			return svc.Kind, found, err
		}
	}
	return "", "", Faults{{Field: "calendar", Message: "connect a calendar first", Value: id}}
}

func (d *Desk) search(ctx context.Context, acct parlor.AccountID, kind parlor.Kind, id parlor.CalendarID) (
	parlor.CalendarID, error,
) {
	cal, err := d.cn.Calendar(ctx, acct, kind)
	if err != nil {
		return "", fmt.Errorf("open calendar: %w", err)
	}
	infos, err := cal.Calendars(ctx)
	if err != nil {
		return "", fmt.Errorf("list calendars: %w", err)
	}
	for _, info := range infos {
		if wanted(info, id) {
			return info.ID, nil
		}
	}
	return "", nil
}

func wanted(info parlor.CalendarInfo, id parlor.CalendarID) bool {
	return info.Writable && (info.ID == id || id == "" && info.Primary)
}
