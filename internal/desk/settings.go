package desk

import (
	"context"
	"fmt"
	"maps"

	"parlor/internal/parlor"
)

// Settings reads what the person chose, with the ETag that SaveSettings needs.
func (d *Desk) Settings(ctx context.Context, acct parlor.AccountID) (parlor.Settings, string, error) {
	return d.st.Settings(ctx, acct)
}

// SaveSettings applies a change to the settings that have this ETag and returns them with the new one. It is
// parlor.ErrStale when they were changed since. An error of change is returned as it is.
func (d *Desk) SaveSettings(ctx context.Context, acct parlor.AccountID, etag string,
	change func(*parlor.Settings) error,
) (parlor.Settings, string, error) {
	before, current, err := d.st.Settings(ctx, acct)
	if err != nil {
		return parlor.Settings{}, "", err
	}
	if etag != current {
		return parlor.Settings{}, "", parlor.ErrStale
	}
	after := before
	after.Locked = maps.Clone(before.Locked)
	if err := change(&after); err != nil {
		return parlor.Settings{}, "", err
	}
	after.Locked = before.Locked
	if err := acceptable(before, after); err != nil {
		return parlor.Settings{}, "", err
	}
	return d.putSettings(ctx, acct, etag, before, after)
}

func acceptable(before, after parlor.Settings) error {
	if err := Faults(after.Validate()).orNil(); err != nil {
		return err
	}
	return lockedChange(before, after)
}

func (d *Desk) putSettings(ctx context.Context, acct parlor.AccountID, etag string, before, after parlor.Settings) (
	parlor.Settings, string, error,
) {
	touches := parlor.TouchesEvents(before, after)
	if touches { // owed before it is due, in case we die in between; a pass that began by now still has the old settings
		if _, err := d.st.RequestResync(ctx, acct); err != nil {
			return parlor.Settings{}, "", fmt.Errorf("note that a full pass is owed: %w", err)
		}
	}
	etag, err := d.st.PutSettings(ctx, acct, etag, after)
	if err != nil {
		return parlor.Settings{}, "", err
	}
	if touches {
		if err := d.sync.Resync(ctx, acct); err != nil {
			return parlor.Settings{}, "", fmt.Errorf("ask for a full pass: %w", err)
		}
	}
	return after, etag, nil
}
