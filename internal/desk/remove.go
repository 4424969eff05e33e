package desk

import (
	"context"
	"errors"
	"fmt"

	"parlor/internal/parlor"
)

var asked = parlor.Reason{Code: "asked", Text: "The link was taken out, because you asked for it."}

// RemoveMeeting takes the link out of the meeting's event and leaves the event. It sticks: no pass puts the link back.
// Where the service is disconnected the text stays, and the link leads nowhere from then on. Doing it again changes nothing.
// parlor.ErrNotFound: no such number, or its event is gone.
func (d *Desk) RemoveMeeting(ctx context.Context, acct parlor.AccountID, number string) error {
	m, err := d.st.Meeting(ctx, acct, number)
	if err != nil {
		return err
	}
	switch {
	case m.State == parlor.MeetingCancelled:
		return fmt.Errorf("remove link: %w", parlor.ErrNotFound)
	case m.Event.ID == "" && m.Standalone:
		return d.cancelAlone(ctx, acct, m)
	case m.Event.ID == "":
		return d.restate(ctx, acct, m, parlor.Meeting{State: parlor.LinkRemoved})
	}
	account, err := d.st.Account(ctx, acct)
	if err != nil {
		return err
	}
	if !account.Serves(m.Service) {
		return d.retire(ctx, acct, m)
	}
	cal, err := d.cn.Calendar(ctx, acct, m.Service)
	if err != nil {
		return fmt.Errorf("open calendar: %w", err)
	}
	ev, err := cal.Event(ctx, m.Event)
	if err != nil {
		return fmt.Errorf("read event: %w", err)
	}
	return d.takeOut(ctx, acct, cal, m, ev)
}

// retire makes the link of an event lead nowhere that cannot be reached any more: its service is disconnected.
func (d *Desk) retire(ctx context.Context, acct parlor.AccountID, m parlor.Meeting) error {
	if err := d.restate(ctx, acct, m, parlor.Meeting{State: parlor.LinkRemoved}); err != nil {
		return err
	}
	return d.st.Log(ctx, acct, parlor.Entry{
		At: d.now(), EventID: m.Event.ID, Title: m.Title, Action: string(parlor.Remove), Code: asked.Code,
		Text: "The link leads nowhere now. Its text stays in the event, because " + d.cn.Name(m.Service) + " is disconnected.",
	})
}

// takeOut first marks the meeting, then cleans the event: a pass in between must not take the missing link for one to be
// added. If the calendar refuses, the mark goes again.
func (d *Desk) takeOut(ctx context.Context, acct parlor.AccountID, cal parlor.Calendar, m parlor.Meeting, ev parlor.Event) error {
	settings, _, err := d.st.Settings(ctx, acct)
	if err != nil {
		return err
	}
	removed := parlor.Meeting{State: parlor.LinkRemoved, Asking: parlor.Case{Event: ev, Settings: settings}.Asks()}
	if err := d.restate(ctx, acct, m, removed); err != nil {
		return fmt.Errorf("mark link removed: %w", err)
	}
	changed, err := clean(ctx, cal, ev, d.origin)
	if err != nil {
		return errors.Join(fmt.Errorf("clean event: %w", err), d.restate(ctx, acct, m, m))
	}
	if err := d.takeOutOfOccurrences(ctx, acct, m); err != nil || !changed {
		return err
	}
	return d.st.Log(ctx, acct, parlor.Entry{
		At: d.now(), EventID: ev.Ref.ID, Title: ev.Title, Action: string(parlor.Remove), Code: asked.Code, Text: asked.Text,
	})
}

// takeOutOfOccurrences has the occurrences with a text of their own cleaned by a full pass: each is an event by itself.
func (d *Desk) takeOutOfOccurrences(ctx context.Context, acct parlor.AccountID, m parlor.Meeting) error {
	if !m.Spread() {
		return nil
	}
	if _, err := d.st.RequestResync(ctx, acct, m.Event.Calendar); err != nil {
		return err
	}
	return d.SyncNow(ctx, acct, m.Event.Calendar)
}

// restate gives a meeting the state, and what goes with it, of another one.
func (d *Desk) restate(ctx context.Context, acct parlor.AccountID, m, as parlor.Meeting) error {
	return d.change(ctx, acct, m.Number, func(m *parlor.Meeting) bool {
		moved := m.State != as.State || m.Written != as.Written || m.Asking != as.Asking
		m.State, m.Written, m.Asking = as.State, as.Written, as.Asking
		return moved
	})
}

// clean patches our text out of an event, again when the event moves meanwhile, and says whether there was any.
func clean(ctx context.Context, cal parlor.Calendar, ev parlor.Event, origin string) (bool, error) {
	for range tries {
		patch := parlor.Decompose(ev, origin)
		if patch.Empty() && patch.Stamp == nil {
			return false, nil
		}
		err := cal.Patch(ctx, ev.Ref, ev.ETag, patch)
		if !errors.Is(err, parlor.ErrConflict) {
			return err == nil, err
		}
		if ev, err = cal.Event(ctx, ev.Ref); err != nil {
			return false, err
		}
	}
	return false, parlor.ErrBusy
}
