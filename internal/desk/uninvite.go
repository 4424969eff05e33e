package desk

import (
	"context"

	"parlor/internal/parlor"
)

// Uninvite takes our link out of the texts of an event that the client itself saves.
func (d *Desk) Uninvite(ctx context.Context, acct parlor.AccountID, r Removing) (Removal, error) {
	return Removal{}, nil
}
