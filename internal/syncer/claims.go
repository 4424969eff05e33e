package syncer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// Claims gives meetings their numbers and their places in one person's room. It holds the agenda of the room as read
// at a revision; a claim that lost against another worker is decided anew, so that no slot is given twice.
type Claims struct {
	st       *store.Store
	acct     parlor.AccountID
	settings parlor.Settings
	room     parlor.Room
	now      func() time.Time
	agenda   *parlor.Agenda  // nil: to be read
	account  *parlor.Account // likewise
	rev      int64
}

// NewClaims returns Claims for one account with the settings and room as they are now.
func NewClaims(st *store.Store, acct parlor.AccountID, s parlor.Settings, r parlor.Room, now func() time.Time) *Claims {
	return &Claims{st: st, acct: acct, settings: s, room: r, now: now}
}

const claimTries = 8

// Claim draws a number for a new meeting and decides whether it takes place in the room. usePMI is the person's wish
// for this meeting, nil when there is none; invited are those who come to it.
func (c *Claims) Claim(ctx context.Context, m parlor.Meeting, usePMI *bool, invited []parlor.Person) (parlor.Meeting, error) {
	unmet, err := c.unmet(ctx, invited)
	if err != nil {
		return parlor.Meeting{}, err
	}
	m.Guests.Unmet = len(unmet)
	strangers, err := c.Strangers(ctx, invited)
	if err != nil {
		return parlor.Meeting{}, err
	}
	return c.settle(ctx, func(agenda *parlor.Agenda) (parlor.Meeting, int64, error) {
		m = c.choose(m, usePMI, agenda, strangers)
		return c.st.ClaimMeeting(ctx, c.acct, c.rev, m)
	})
}

func (c *Claims) choose(m parlor.Meeting, usePMI *bool, agenda *parlor.Agenda, strangers []string) parlor.Meeting {
	choice := parlor.Choose(c.settings, m, usePMI, c.room.Status == parlor.RoomReady, agenda, strangers)
	m.Kind, m.Why, m.Conflict, m.Waits = choice.Kind, choice.Why, choice.Conflict, choice.Waits
	return m
}

// Update stores a meeting that has its number. The number sticks; a conflict is noted, never resolved by itself. Who waits
// was found out before, by Waiting.
func (c *Claims) Update(ctx context.Context, m parlor.Meeting) (parlor.Meeting, error) {
	return c.settle(ctx, func(agenda *parlor.Agenda) (parlor.Meeting, int64, error) {
		m.Conflict = nil
		if m.State == parlor.Scheduled {
			m.Conflict = parlor.Overlap(c.settings, m, agenda)
		}
		if m.State != parlor.Scheduled || m.Kind != parlor.InRoom {
			m.Waits = nil
		}
		rev, err := c.st.UpdateMeeting(ctx, c.acct, c.rev, m)
		return m, rev, err
	})
}

// Switch decides anew between the room and a one-time number, because the person asks for one of them. The meeting keeps its
// number, so links that guests have lead to it all the same.
func (c *Claims) Switch(ctx context.Context, m parlor.Meeting, usePMI bool, invited []parlor.Person) (parlor.Meeting, error) {
	strangers, err := c.Strangers(ctx, invited)
	if err != nil {
		return parlor.Meeting{}, err
	}
	return c.switched(ctx, m, usePMI, strangers)
}

// SwitchAlone is Switch for a meeting that is in no calendar: who comes to it is known as far as it was when it was made.
func (c *Claims) SwitchAlone(ctx context.Context, m parlor.Meeting, usePMI bool) (parlor.Meeting, error) {
	return c.switched(ctx, m, usePMI, m.Guests.Strangers(c.settings.Guard))
}

func (c *Claims) switched(ctx context.Context, m parlor.Meeting, usePMI bool, strangers []string) (parlor.Meeting, error) {
	return c.settle(ctx, func(agenda *parlor.Agenda) (parlor.Meeting, int64, error) {
		m = c.choose(m, &usePMI, agenda, strangers)
		rev, err := c.st.UpdateMeeting(ctx, c.acct, c.rev, m)
		return m, rev, err
	})
}

// Forget gives up a claim whose number reached nobody.
func (c *Claims) Forget(ctx context.Context, m parlor.Meeting) error {
	c.agenda = nil
	if err := c.st.ForgetMeeting(ctx, c.acct, m.Number); err != nil {
		return fmt.Errorf("give up claim: %w", err)
	}
	return nil
}

func (c *Claims) settle(ctx context.Context, try func(*parlor.Agenda) (parlor.Meeting, int64, error)) (parlor.Meeting, error) {
	for range claimTries {
		if err := c.read(ctx); err != nil {
			return parlor.Meeting{}, err
		}
		m, rev, err := try(c.agenda)
		if errors.Is(err, parlor.ErrStale) {
			c.agenda = nil
			continue
		}
		if errors.Is(err, parlor.ErrTaken) && m.Number != "" {
			return m, nil // another worker gave the event its number just now
		}
		if err != nil {
			return parlor.Meeting{}, fmt.Errorf("store meeting: %w", err)
		}
		c.stored(m, rev)
		return m, nil
	}
	return parlor.Meeting{}, fmt.Errorf("%w: %w", parlor.ErrBusy, errLost)
}

// stored brings the agenda up to date with what was just stored. Only a meeting that takes the room had to be at our
// revision: after any other, a revision that is not ours says that somebody else changed the agenda, which is read anew.
func (c *Claims) stored(m parlor.Meeting, rev int64) {
	ours := rev == c.rev || m.Kind == parlor.InRoom && m.State == parlor.Scheduled && rev == c.rev+1
	if !ours {
		c.agenda = nil
		return
	}
	c.rev = rev
	c.agenda.Add(m)
}

func (c *Claims) read(ctx context.Context) error {
	if c.agenda != nil {
		return nil
	}
	meetings, rev, err := c.st.Agenda(ctx, c.acct)
	if err != nil {
		return fmt.Errorf("read agenda: %w", err)
	}
	c.agenda, c.rev = parlor.NewAgenda(meetings, c.now()), rev
	return nil
}
