package desk

import (
	"context"

	"parlor/internal/parlor"
	"parlor/internal/syncer"
)

// count counts coming events against what they should say with this room.
func (d *Desk) count(ctx context.Context, acct parlor.AccountID, room parlor.Room, alter func(parlor.Meeting) parlor.Meeting) ([]syncer.Count, error) {
	settings, _, err := d.st.Settings(ctx, acct)
	if err != nil {
		return nil, err
	}
	with := parlor.Case{Room: room, Settings: settings, Origin: d.origin, Now: d.now()}
	return syncer.Counts(ctx, d.st, d.cn, acct, with, alter)
}

func byCalendar(counts []syncer.Count) []CalendarCount {
	list := make([]CalendarCount, 0, len(counts))
	for _, c := range counts {
		if c.Left+c.Kept == 0 {
			continue
		}
		list = append(list, CalendarCount{
			Calendar: c.Calendar.Info.ID, Service: c.Calendar.Service, Name: c.Calendar.Info.Name, Mails: c.Mails(),
			Events: c.Left, Mailed: c.Mailed, Stale: c.Stale, Kept: c.Kept,
		})
	}
	return list
}
