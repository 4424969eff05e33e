package syncer

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// Calendars reads which calendars a person has and returns those that are on. The primary one is switched on when it is
// seen for the first time; the others are the person's choice. A calendar that is gone keeps its state but is off.
func (s *Syncer) Calendars(ctx context.Context, acct parlor.AccountID, kind parlor.Kind) ([]parlor.CalendarID, error) {
	port, err := s.cn.Calendar(ctx, acct, kind)
	if err != nil {
		return nil, fmt.Errorf("open calendars: %w", err)
	}
	infos, err := port.Calendars(ctx)
	if err != nil {
		return nil, s.unreachable(ctx, acct, kind, fmt.Errorf("list calendars: %w", err))
	}
	states, err := s.st.Calendars(ctx, acct)
	if err != nil {
		return nil, fmt.Errorf("read calendar states: %w", err)
	}
	merged := merge(states, infos, kind)
	if err := s.st.SaveCalendars(ctx, acct, merged); err != nil {
		return nil, fmt.Errorf("save calendar states: %w", err)
	}
	for _, c := range merged {
		was := slices.ContainsFunc(states, func(k store.CalendarState) bool { return k.Info.ID == c.Info.ID && k.On })
		if was && !c.On {
			if err := s.st.SwitchCalendar(ctx, acct, c.Info.ID, false); err != nil {
				return nil, fmt.Errorf("switch calendar off: %w", err)
			}
		}
	}
	if err := s.noteZone(ctx, acct, infos); err != nil {
		return nil, err
	}
	var on []parlor.CalendarID
	for _, c := range merged {
		if c.On && c.Service == kind {
			on = append(on, c.Info.ID)
		}
	}
	return on, nil
}

// unreachable marks a connection whose calendars cannot even be listed, so that the person is told why.
func (s *Syncer) unreachable(ctx context.Context, acct parlor.AccountID, kind parlor.Kind, cause error) error {
	if !errors.Is(cause, parlor.ErrNoMailbox) {
		return s.revoked(ctx, acct, kind, cause)
	}
	if err := s.st.SetConnectionState(context.WithoutCancel(ctx), acct, kind, parlor.NoMailbox); err != nil {
		return errors.Join(cause, fmt.Errorf("mark connection: %w", err))
	}
	return cause
}

func merge(known []store.CalendarState, infos []parlor.CalendarInfo, kind parlor.Kind) []store.CalendarState {
	byID := map[parlor.CalendarID]store.CalendarState{}
	for _, c := range known {
		byID[c.Info.ID] = c
	}
	var merged []store.CalendarState
	for _, info := range infos {
		c, seen := byID[info.ID]
		if !seen {
			c.Service, c.On = kind, info.Primary && info.Writable
		}
		c.Info = info
		c.On = c.On && info.Writable
		merged = append(merged, c)
		delete(byID, info.ID)
	}
	for _, c := range known {
		if gone, left := byID[c.Info.ID]; left {
			gone.On = gone.On && gone.Service != kind
			merged = append(merged, gone)
		}
	}
	return merged
}

// noteZone gives the account the zone of its primary calendar.
func (s *Syncer) noteZone(ctx context.Context, acct parlor.AccountID, infos []parlor.CalendarInfo) error {
	for _, info := range infos {
		if !info.Primary || info.Zone == "" {
			continue
		}
		_, err := s.st.UpdateAccount(ctx, acct, func(a *parlor.Account) { a.Zone = info.Zone })
		if err != nil {
			return fmt.Errorf("note time zone: %w", err)
		}
	}
	return nil
}
