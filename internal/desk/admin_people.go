package desk

import (
	"context"
	"errors"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// Standing is one person as an administrator sees them: never what they meet about, never a link or a passcode.
type Standing struct {
	Account   parlor.Account
	Admin     bool
	Self      bool              // the administrator who asks
	Room      parlor.RoomStatus // "" before there is one
	Calendars []CalendarView
	LastPass  time.Time // the latest of all calendars that are on; zero: none yet
	Devices   int       // where they are signed in, apps included
}

// StandingsPage is how many people People returns at most.
const StandingsPage = 25

// People lists those whose name or address begins with a text, all for ""; and how many accounts there are.
func (a *Administration) People(ctx context.Context, text, cursor string) (list []Standing, next string, total int64, err error) {
	found, next, err := a.d.st.Search(ctx, text, cursor, StandingsPage)
	if err != nil {
		return nil, "", 0, err
	}
	for _, account := range found {
		s, err := a.standing(ctx, account)
		if err != nil {
			return nil, "", 0, err
		}
		list = append(list, s)
	}
	total, err = a.d.st.CountAccounts(ctx)
	return list, next, total, err
}

// Person reads one account; parlor.ErrNotFound.
func (a *Administration) Person(ctx context.Context, id parlor.AccountID) (Standing, error) {
	account, err := a.d.st.Account(ctx, id)
	if err != nil {
		return Standing{}, err
	}
	s, err := a.standing(ctx, account)
	if err != nil {
		return s, err
	}
	devices, err := a.d.Devices(ctx, id)
	s.Devices = len(devices)
	return s, err
}

func (a *Administration) standing(ctx context.Context, account parlor.Account) (Standing, error) {
	s := Standing{Account: account, Admin: a.d.Administrator(account), Self: account.ID == a.by.ID}
	room, err := a.d.st.Room(ctx, account.ID)
	if err != nil && !errors.Is(err, parlor.ErrNotFound) {
		return s, err
	}
	s.Room = room.Status
	if s.Calendars, err = a.d.Calendars(ctx, account.ID); err != nil {
		return s, err
	}
	for _, c := range s.Calendars {
		if c.On && c.LastPass != nil && c.LastPass.After(s.LastPass) {
			s.LastPass = *c.LastPass
		}
	}
	return s, nil
}

// ErrSelf says that administrators do not do this to themselves, so that there is always one left.
var ErrSelf = errors.New("not to oneself")

// SignOut ends every session and every app's grant of a person. What an app was given for ten minutes lasts them.
func (a *Administration) SignOut(ctx context.Context, id parlor.AccountID) error {
	return a.onPerson(ctx, ActSignOut, id, func(parlor.Account) error { return a.d.EndOtherDevices(ctx, id, "") })
}

// Disable switches a person's account off: no sign-in, no pass over their calendars, a closed door. Nothing is deleted.
// ErrSelf: their own.
func (a *Administration) Disable(ctx context.Context, id parlor.AccountID) error {
	if id == a.by.ID {
		return ErrSelf
	}
	return a.onPerson(ctx, ActDisable, id, func(parlor.Account) error {
		if _, err := a.d.st.UpdateAccount(ctx, id, func(p *parlor.Account) { p.Disabled = true }); err != nil {
			return err
		}
		if err := a.stillAdmin(ctx, id); err != nil {
			return err
		}
		return a.d.EndOtherDevices(ctx, id, "")
	})
}

// stillAdmin takes a disabling back when the administrator was disabled meanwhile: two who do it to each other at the same
// moment would leave nobody.
func (a *Administration) stillAdmin(ctx context.Context, id parlor.AccountID) error {
	me, err := a.d.st.Account(ctx, a.by.ID)
	if err != nil || a.d.Administrator(me) {
		return err
	}
	_, err = a.d.st.UpdateAccount(ctx, id, func(p *parlor.Account) { p.Disabled = false })
	return errors.Join(parlor.ErrDisabled, err)
}

// Enable switches a disabled account on again; its calendars are read again from where they were left.
func (a *Administration) Enable(ctx context.Context, id parlor.AccountID) error {
	return a.onPerson(ctx, ActEnable, id, func(parlor.Account) error {
		if _, err := a.d.st.UpdateAccount(ctx, id, func(p *parlor.Account) { p.Disabled = false }); err != nil {
			return err
		}
		if err := a.d.st.SetDue(ctx, id, a.d.now()); err != nil {
			return err
		}
		return a.d.sync.Resync(ctx, id) // the policy may have changed since
	})
}

func (a *Administration) onPerson(ctx context.Context, what string, id parlor.AccountID, do func(parlor.Account) error) error {
	account, err := a.d.st.Account(ctx, id)
	if err != nil {
		return err
	}
	on := doer(account)
	return a.act(ctx, store.Act{What: what, On: &on}, func() error { return do(account) })
}

// Delete begins to delete an account with everything Parlor knows of it; our links are taken out of its coming events first.
// ErrSelf: their own.
func (a *Administration) Delete(ctx context.Context, id parlor.AccountID) error {
	if id == a.by.ID {
		return ErrSelf
	}
	return a.onPerson(ctx, ActDelete, id, func(parlor.Account) error {
		if err := a.d.DeleteAccount(ctx, id, true); err != nil {
			return err
		}
		return a.d.EndOtherDevices(ctx, id, "")
	})
}
