package desk

import (
	"context"
	"errors"
	"fmt"

	"parlor/internal/parlor"
)

// RemoveMeeting takes the link out of the meeting's event and leaves the event. It sticks: no pass puts the link back.
// A meeting without a link any more is left as it is. parlor.ErrNotFound: no such number.
func (d *Desk) RemoveMeeting(ctx context.Context, acct parlor.AccountID, number string) error {
	m, err := d.st.Meeting(ctx, acct, number)
	if err != nil {
		return err
	}
	was := m.State
	// First the mark, then the event: a pass in between must not take the missing link for one to be added.
	if err := d.setState(ctx, acct, number, parlor.LinkRemoved); err != nil {
		return fmt.Errorf("mark meeting removed: %w", err)
	}
	if m.Event.ID == "" {
		return nil
	}
	title, err := d.clean(ctx, acct, m)
	if err != nil {
		return errors.Join(err, d.setState(ctx, acct, number, was))
	}
	return d.st.Log(ctx, acct, parlor.Entry{
		At: d.now(), EventID: m.Event.ID, Title: title, Action: "remove", Code: "asked", Text: "You took the link out.",
	})
}

func (d *Desk) setState(ctx context.Context, acct parlor.AccountID, number string, state parlor.MeetingState) error {
	return d.change(ctx, acct, number, func(m *parlor.Meeting) bool {
		moved := m.State != state
		m.State = state
		return moved
	})
}

// clean patches our text out of the meeting's event, again when the event moves meanwhile, and returns its title.
func (d *Desk) clean(ctx context.Context, acct parlor.AccountID, m parlor.Meeting) (string, error) {
	cal, err := d.cn.Calendar(ctx, acct, m.Service)
	if err != nil {
		return "", fmt.Errorf("open calendar: %w", err)
	}
	for range claims {
		ev, err := cal.Event(ctx, m.Event)
		if errors.Is(err, parlor.ErrNotFound) || err == nil && ev.Cancelled {
			return m.Title, nil
		}
		if err != nil {
			return "", fmt.Errorf("read event: %w", err)
		}
		err = cal.Patch(ctx, ev.Ref, ev.ETag, withoutUs(ev, d.origin))
		if !errors.Is(err, parlor.ErrConflict) {
			return ev.Title, err
		}
	}
	return "", parlor.ErrBusy
}

// withoutUs is the patch that takes our block, our location and our stamp off an event.
func withoutUs(ev parlor.Event, origin string) parlor.Patch {
	none := ""
	body := parlor.Strip(ev.Body, origin)
	p := parlor.Patch{Body: &body, Format: ev.Format, Stamp: &none}
	if _, ours := parlor.ParseLink(origin, ev.Location); ours {
		p.Location = &none
	}
	return p
}
