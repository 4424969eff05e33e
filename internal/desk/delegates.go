package desk

import (
	"context"

	"parlor/internal/parlor"
)

// Delegates lists who may schedule in the person's room for them.
func (d *Desk) Delegates(ctx context.Context, acct parlor.AccountID) ([]PersonView, error) {
	return nil, nil
}

// SaveDelegates replaces the list.
func (d *Desk) SaveDelegates(ctx context.Context, acct parlor.AccountID, emails []string) ([]PersonView, error) {
	return nil, nil
}
