package desk

import (
	"context"
	"fmt"

	"parlor/internal/parlor"
)

// Link is the join link in a saved event.
type Link struct {
	JoinURL  string             `json:"join_url"`
	Number   string             `json:"meeting_number"`
	Kind     parlor.MeetingKind `json:"kind" enum:"pmi,one_time"`
	Why      parlor.Reason      `json:"why"`
	Conflict *parlor.Reason     `json:"conflict,omitempty"`
	Waits    *parlor.Reason     `json:"waits,omitempty" doc:"Guests wait until they are let in, whatever the settings say, because of some whom you do not know"`
}

// AddLink puts a link into a saved event because the person asks for it, or brings the one there up to date; usePMI chooses
// between the room and a one-time number. *parlor.RefusedError: the event cannot have one; parlor.ErrNotFound: no such
// calendar or event.
func (d *Desk) AddLink(ctx context.Context, acct parlor.AccountID, ref parlor.EventRef, usePMI *bool) (Link, error) {
	if err := d.looksAfter(ctx, acct, ref.Calendar); err != nil {
		return Link{}, err
	}
	m, err := d.sync.Ask(ctx, acct, ref, usePMI)
	if err != nil {
		return Link{}, fmt.Errorf("add link: %w", err)
	}
	return d.link(ctx, acct, m)
}

// LinkOf is the link that a saved event has; parlor.ErrNotFound when we know of none.
func (d *Desk) LinkOf(ctx context.Context, acct parlor.AccountID, ref parlor.EventRef) (Link, error) {
	m, err := d.st.MeetingByEvent(ctx, acct, ref)
	if err != nil {
		return Link{}, err
	}
	if m.State != parlor.Scheduled {
		return Link{}, fmt.Errorf("link of event: %w", parlor.ErrNotFound)
	}
	return d.link(ctx, acct, m)
}

func (d *Desk) link(ctx context.Context, acct parlor.AccountID, m parlor.Meeting) (Link, error) {
	settings, _, err := d.st.Settings(ctx, acct)
	if err != nil {
		return Link{}, err
	}
	room, err := d.st.Room(ctx, acct)
	if err != nil {
		return Link{}, err
	}
	return Link{
		JoinURL: parlor.JoinLink(d.origin, room, m, settings.EmbedPasscode),
		Number:  m.Number, Kind: m.Kind, Why: m.Why, Conflict: m.Conflict, Waits: m.Waits,
	}, nil
}

// looksAfter refuses a calendar that is off: what becomes of the event would go unnoticed.
func (d *Desk) looksAfter(ctx context.Context, acct parlor.AccountID, cal parlor.CalendarID) error {
	state, err := d.st.Calendar(ctx, acct, cal)
	if err != nil {
		return err
	}
	if !state.On {
		return Faults{{Field: "calendar", Message: switchedOff, Value: cal}}
	}
	return nil
}
