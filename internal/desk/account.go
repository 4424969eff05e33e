package desk

import (
	"context"

	"parlor/internal/parlor"
)

// Account reads the person's account.
func (d *Desk) Account(ctx context.Context, acct parlor.AccountID) (parlor.Account, error) {
	return d.st.Account(ctx, acct)
}
