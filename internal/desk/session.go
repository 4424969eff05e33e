package desk

import (
	"context"

	"parlor/internal/parlor"
)

// Session reads who is signed in and what they are connected to.
func (d *Desk) Session(ctx context.Context, acct parlor.AccountID) (SessionView, error) {
	account, err := d.st.Account(ctx, acct)
	if err != nil {
		return SessionView{}, err
	}
	view := SessionView{Name: account.Name, Email: account.Email, Zone: account.Zone, Services: []ServiceView{}}
	for _, c := range account.Connections {
		view.Services = append(view.Services, ServiceView{Kind: c.Kind, State: c.State})
	}
	return view, nil
}
