package desk

import (
	"context"
	"fmt"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/syncer"
)

// PreviewApply says which coming meetings would follow the present setting “Use Personal Meeting ID for scheduled meetings”.
func (d *Desk) PreviewApply(ctx context.Context, acct parlor.AccountID) (ApplyPreview, error) {
	room, _, err := d.st.RoomAndETag(ctx, acct)
	if err != nil {
		return ApplyPreview{}, err
	}
	settings, _, err := d.st.Settings(ctx, acct)
	if err != nil {
		return ApplyPreview{}, err
	}
	wish := parlor.Applying{InRoom: settings.UsePMIForScheduled, At: d.now()}
	list, err := syncer.NewClaims(d.st, acct, settings, room, d.now).Foretell(ctx, wish)
	if err != nil {
		return ApplyPreview{}, err
	}
	preview := ApplyPreview{InRoom: wish.InRoom, Kept: []KeptMeeting{}}
	moved := map[string]parlor.Meeting{}
	for _, f := range list {
		if f.Kept == nil {
			preview.Moves++
			moved[f.After.Number] = f.After
			continue
		}
		preview.Kept = append(preview.Kept, KeptMeeting{Number: f.Before.Number, Title: f.Before.Title, Start: f.Before.Start.Time, Why: *f.Kept})
	}
	room.QuietUntil = time.Time{} // whether to be quiet is what the person decides by this
	counts, err := d.count(ctx, acct, room, func(m parlor.Meeting) parlor.Meeting {
		if after, ok := moved[m.Number]; ok {
			return after
		}
		return parlor.Meeting{} // of no interest here
	})
	if err != nil {
		return ApplyPreview{}, err
	}
	all := syncer.Sum(counts)
	preview.ByCalendar, preview.Events, preview.Mailed, preview.Stale = byCalendar(counts), all.Left, all.Mailed, all.Stale
	return preview, nil
}

// Apply makes coming meetings follow that setting, as PreviewApply said: into the room where the guard agrees, or out of it.
// What a person chose for one meeting stays. quietly: see RoomChange.
func (d *Desk) Apply(ctx context.Context, acct parlor.AccountID, quietly bool) error {
	settings, _, err := d.st.Settings(ctx, acct)
	if err != nil {
		return err
	}
	room, err := d.st.ApplyToMeetings(ctx, acct, settings.UsePMIForScheduled, quietly)
	if err != nil {
		return err
	}
	return d.carryOut(ctx, acct, room)
}

// carryOut moves meetings now, and has their events rewritten. What it leaves undone, the next pass does.
func (d *Desk) carryOut(ctx context.Context, acct parlor.AccountID, room parlor.Room) error {
	settings, _, err := d.st.Settings(ctx, acct)
	if err != nil {
		return err
	}
	if err := syncer.NewClaims(d.st, acct, settings, room, d.now).Apply(ctx); err != nil {
		return fmt.Errorf("move meetings: %w", err)
	}
	if err := d.sync.Resync(ctx, acct); err != nil {
		return fmt.Errorf("ask for a full pass: %w", err)
	}
	return nil
}
