package desk

import (
	"context"
	"fmt"
	"time"

	"parlor/internal/parlor"
)

// MeetingDetail is one meeting with what a page about it alone says.
type MeetingDetail struct {
	MeetingView
	Over   bool          // the last occurrence has ended
	Guests parlor.Guests // as last seen
	Mails  bool          // its calendar mails every guest when the event is written
	Zone   string        // IANA name, in which it was planned
	Rules  []string      // RFC 5545 lines of a series
}

// Meeting reads one meeting, with its next occurrence or else its last; parlor.ErrNotFound when there is none of this
// number that has a link. One that was started at once is found for as long as it is kept.
func (d *Desk) Meeting(ctx context.Context, acct parlor.AccountID, number string) (MeetingDetail, error) {
	m, err := d.st.Meeting(ctx, acct, number)
	if err != nil {
		return MeetingDetail{}, err
	}
	if m.State != parlor.Scheduled {
		return MeetingDetail{}, fmt.Errorf("meeting %s has no link: %w", number, parlor.ErrNotFound)
	}
	b, err := d.beside(ctx, acct)
	if err != nil {
		return MeetingDetail{}, err
	}
	slot, over := d.shownSlot(m)
	return MeetingDetail{
		MeetingView: d.meetingView(m, slot, b), Over: over, Guests: m.Guests, Mails: d.mails(m.Service),
		Zone: m.Start.Zone, Rules: m.Recurrence,
	}, nil
}

const yearAhead = 366 * 24 * time.Hour

func (d *Desk) shownSlot(m parlor.Meeting) (slot parlor.Slot, over bool) {
	now := d.now()
	if slot, ok := nextSlot(m, now, now.Add(yearAhead)); ok {
		return slot, false
	}
	slots := m.Slots(now.Add(-yearAhead), now)
	if len(slots) == 0 {
		return parlor.Slot{Start: m.Start.Time, End: m.End.Time}, m.End.Time.Before(now)
	}
	return slots[len(slots)-1], true
}

func (d *Desk) mails(kind parlor.Kind) bool {
	for _, svc := range d.cn.Services() {
		if svc.Kind == kind {
			return svc.Mails
		}
	}
	return false
}

// SwitchMeeting moves a meeting into the personal room, or out of it, because its person asks for that. The guard may say
// no to the room: the link says what it became, and why.
func (d *Desk) SwitchMeeting(ctx context.Context, acct parlor.AccountID, number string, usePMI bool) (Link, error) {
	m, err := d.st.Meeting(ctx, acct, number)
	switch {
	case err != nil:
		return Link{}, err
	case m.State != parlor.Scheduled || unsaved(m):
		return Link{}, fmt.Errorf("switch meeting %s: %w", number, parlor.ErrNotFound)
	case m.Event.ID == "":
		return d.switchAlone(ctx, acct, m, usePMI)
	}
	return d.AddLink(ctx, acct, m.Event, &usePMI)
}

// EventPage is the address of a meeting's event in the calendar's own pages; "" when the calendar has none.
func (d *Desk) EventPage(ctx context.Context, acct parlor.AccountID, number string) (string, error) {
	m, err := d.st.Meeting(ctx, acct, number)
	if err != nil {
		return "", err
	}
	if m.Event.ID == "" {
		return "", fmt.Errorf("event of %s: %w", number, parlor.ErrNotFound)
	}
	cal, err := d.cn.Calendar(ctx, acct, m.Service)
	if err != nil {
		return "", fmt.Errorf("open calendar: %w", err)
	}
	ev, err := cal.Event(ctx, m.Event)
	if err != nil {
		return "", fmt.Errorf("read event: %w", err)
	}
	return ev.HTMLLink, nil
}
