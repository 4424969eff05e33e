package desk

import (
	"context"
	"errors"
	"slices"
	"time"

	"parlor/internal/grant"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

// Device is a browser in which the person is signed in, or an app that may act for them.
type Device struct {
	ID        string    `json:"id"`            // tells the devices of an account apart; opens nothing
	App       string    `json:"app,omitempty"` // name of the app, "" for a browser
	Created   time.Time `json:"created"`
	LastSeen  time.Time `json:"last_seen"`
	UserAgent string    `json:"user_agent"`
	Address   string    `json:"address"` // when it was signed in
}

// Devices lists where the person is signed in, browsers first, then apps; of each the last seen first.
func (d *Desk) Devices(ctx context.Context, acct parlor.AccountID) ([]Device, error) {
	sessions, err := d.st.Sessions(ctx, acct)
	if err != nil {
		return nil, err
	}
	grants, err := d.st.Grants(ctx, acct)
	if err != nil {
		return nil, err
	}
	list := make([]Device, 0, len(sessions)+len(grants))
	for _, s := range sessions {
		list = append(list, Device{ID: s.ID, Created: s.Created, LastSeen: s.LastSeen, UserAgent: s.UserAgent, Address: s.Address})
	}
	for _, g := range grants {
		list = append(list, Device{
			ID: g.ID, App: grant.NameOf(g.Client), Created: g.Created, LastSeen: g.LastSeen, UserAgent: g.UserAgent, Address: g.Address,
		})
	}
	return list, nil
}

// EndDevice signs one of the person's devices out; parlor.ErrNotFound. What an app was given for ten minutes lasts them.
func (d *Desk) EndDevice(ctx context.Context, acct parlor.AccountID, id string) error {
	if err := d.st.EndSession(ctx, acct, id); !errors.Is(err, parlor.ErrNotFound) {
		return err
	}
	return d.st.EndGrant(ctx, acct, id, "")
}

// EndOtherDevices signs every device out but one. Browsers go first, so that no code they have let out begins a grant
// that was not yet listed.
func (d *Desk) EndOtherDevices(ctx context.Context, acct parlor.AccountID, keep string) error {
	sessions, err := d.st.Sessions(ctx, acct)
	if err != nil {
		return err
	}
	for _, s := range slices.DeleteFunc(sessions, func(s store.SessionRecord) bool { return s.ID == keep }) {
		if err := gone(d.st.EndSession(ctx, acct, s.ID)); err != nil {
			return err
		}
	}
	grants, err := d.st.Grants(ctx, acct)
	if err != nil {
		return err
	}
	for _, g := range grants {
		if err := gone(d.st.EndGrant(ctx, acct, g.ID, "")); err != nil {
			return err
		}
	}
	return nil
}

// gone takes it for done when somebody else did it first.
func gone(err error) error {
	if errors.Is(err, parlor.ErrNotFound) {
		return nil
	}
	return err
}
