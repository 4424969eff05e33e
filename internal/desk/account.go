package desk

import (
	"context"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// Account reads the person's account.
func (d *Desk) Account(ctx context.Context, acct parlor.AccountID) (parlor.Account, error) {
	return d.st.Account(ctx, acct)
}

// Sessions lists where the person is signed in.
func (d *Desk) Sessions(ctx context.Context, acct parlor.AccountID) ([]store.SessionRecord, error) {
	return d.st.Sessions(ctx, acct)
}

// EndSession signs one of the person's devices out.
func (d *Desk) EndSession(ctx context.Context, acct parlor.AccountID, id string) error {
	return d.st.EndSession(ctx, acct, id)
}
