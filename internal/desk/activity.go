package desk

import (
	"context"
	"errors"

	"parlor/internal/parlor"
)

// ActivityPage is how many entries Activity returns at most.
const ActivityPage = 50

// Activity lists what was done to the person's events and why, newest first. The cursor is the one returned with the
// page before; the empty one begins, and an empty one comes with the last page.
func (d *Desk) Activity(ctx context.Context, acct parlor.AccountID, cursor string) ([]parlor.Entry, string, error) {
	lines, next, err := d.st.Activity(ctx, acct, cursor, ActivityPage)
	if errors.Is(err, parlor.ErrInvalid) {
		return nil, "", badCursor(cursor)
	}
	return lines, next, err
}
