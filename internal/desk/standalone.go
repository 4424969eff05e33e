package desk

import (
	"context"
	"slices"

	"parlor/internal/parlor"
	"parlor/internal/syncer"
)

// Calendarless says whether a person has no calendar that a meeting could be written to, being signed in without one or
// without leave to see it. What they schedule is kept in Parlor alone.
func (d *Desk) Calendarless(a parlor.Account) bool {
	return !slices.ContainsFunc(d.cn.Services(), func(svc parlor.Service) bool {
		c, connected := a.Connection(svc.Kind)
		return connected && svc.HasCalendars() && c.State != parlor.SignInOnly && c.State != parlor.ScopeMissing && c.State != parlor.NoMailbox
	})
}

// scheduleAlone keeps a meeting that is in no calendar.
func (d *Desk) scheduleAlone(ctx context.Context, o order) (Scheduled, error) {
	m, fresh, err := d.once(ctx, o)
	if err != nil {
		return Scheduled{}, err
	}
	if fresh {
		err = d.st.Log(ctx, o.acct, parlor.Entry{
			At: d.now(), Title: m.Title, Action: "schedule", Code: m.Explained().Code,
			Text: "Kept in Parlor alone, because no calendar is connected. " + m.Explained().Text,
		})
	}
	return d.scheduled(o, m, parlor.Event{}), err
}

// cancelAlone calls a meeting off that is in no calendar. Its link says so from then on.
func (d *Desk) cancelAlone(ctx context.Context, acct parlor.AccountID, m parlor.Meeting) error {
	if err := d.restate(ctx, acct, m, parlor.Meeting{State: parlor.MeetingCancelled}); err != nil {
		return err
	}
	return d.st.Log(ctx, acct, parlor.Entry{
		At: d.now(), Title: m.Title, Action: "cancel", Code: "cancelled", Text: "You called the meeting off. Its link says so to whoever follows it.",
	})
}

// switchAlone decides anew between the room and a one-time number for a meeting that is in no calendar.
func (d *Desk) switchAlone(ctx context.Context, acct parlor.AccountID, m parlor.Meeting, usePMI bool) (Link, error) {
	settings, _, err := d.st.Settings(ctx, acct)
	if err != nil {
		return Link{}, err
	}
	room, err := d.st.EnsureRoom(ctx, acct)
	if err != nil {
		return Link{}, err
	}
	if m, err = syncer.NewClaims(d.st, acct, settings, room, d.now).SwitchAlone(ctx, m, usePMI); err != nil {
		return Link{}, err
	}
	return d.link(ctx, acct, m)
}
