package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// CalendarState is one calendar of an account and how far its sync is.
type CalendarState struct {
	Info         parlor.CalendarInfo
	Service      parlor.Kind
	On           bool
	Cursor       parlor.Cursor // where the next pass begins; "" from the beginning
	Watch        parlor.Watch  // zero: no push channel
	LastPass     time.Time     // end of the last pass that succeeded; zero: never
	Listed       int           // events read so far by the list under way
	Listing      bool
	Error        string    // why the last pass failed, for people
	NextTry      time.Time // not before; zero: any time
	WatchEnding  string    // id of the push channel that the service ended, or ends unless it is replaced
	WatchRefused time.Time // when the service last refused a push channel
	Again        time.Time // when to list everything again, because an event could not be written yet; zero: no need
	Leaving      time.Time // since when our links are being taken out; zero: they are not
	Resync       int64     // full passes asked for …
	Resynced     int64     // … and answered
}

// Calendars lists an account's calendars: the primary one first, then by name.
func (s *Store) Calendars(ctx context.Context, id parlor.AccountID) ([]CalendarState, error) {
	ids, err := s.rdb.SMembers(ctx, calendarsKey(id)).Result()
	if err != nil {
		return nil, fail("list calendars", err)
	}
	replies := make([]*redis.MapStringStringCmd, len(ids))
	_, err = s.rdb.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, cal := range ids {
			replies[i] = p.HGetAll(ctx, calendarKey(id, parlor.CalendarID(cal)))
		}
		return nil
	})
	if err != nil {
		return nil, fail("read calendars", err)
	}
	var out []CalendarState
	for _, reply := range replies {
		c, ok, err := decodeCalendar(reply.Val())
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, compareCalendars)
	return out, nil
}

// Calendar reads one calendar; parlor.ErrNotFound.
func (s *Store) Calendar(ctx context.Context, id parlor.AccountID, cal parlor.CalendarID) (CalendarState, error) {
	hash, err := s.rdb.HGetAll(ctx, calendarKey(id, cal)).Result()
	if err != nil {
		return CalendarState{}, fail("read calendar", err)
	}
	c, ok, err := decodeCalendar(hash)
	if err == nil && !ok {
		err = fmt.Errorf("read calendar: %w", parlor.ErrNotFound)
	}
	return c, err
}

// SaveCalendars writes what a service says of calendars. On counts only for calendars that are new; how far a known one
// is synced stays as it is. None is dropped.
func (s *Store) SaveCalendars(ctx context.Context, id parlor.AccountID, list []CalendarState) error {
	for _, c := range list {
		info, err := encodeField(c.Info)
		if err != nil {
			return err
		}
		_, err = s.rdb.TxPipelined(ctx, func(p redis.Pipeliner) error {
			key := calendarKey(id, c.Info.ID)
			p.SAdd(ctx, calendarsKey(id), string(c.Info.ID))
			p.HSet(ctx, key, fieldInfo, info, fieldService, string(c.Service))
			p.HSetNX(ctx, key, fieldOn, c.On)
			return nil
		})
		if err != nil {
			return fail("save calendar", err)
		}
	}
	return nil
}

// SwitchCalendar turns the sync of a calendar on or off; parlor.ErrNotFound.
func (s *Store) SwitchCalendar(ctx context.Context, id parlor.AccountID, cal parlor.CalendarID, on bool) error {
	return s.setCalendar(ctx, id, cal, fieldOn, on)
}

// SetWatch writes the push channel of a calendar, the zero one for none; parlor.ErrNotFound.
func (s *Store) SetWatch(ctx context.Context, id parlor.AccountID, cal parlor.CalendarID, w parlor.Watch) error {
	text, err := encodeField(w)
	if err != nil {
		return err
	}
	return s.setCalendar(ctx, id, cal, fieldWatch, text)
}

// EndWatch notes that the service ended a push channel, or ends it soon; parlor.ErrNotFound. Of a channel that was
// replaced meanwhile it says nothing.
func (s *Store) EndWatch(ctx context.Context, id parlor.AccountID, cal parlor.CalendarID, watch string) error {
	return s.setCalendar(ctx, id, cal, fieldWatchEnding, watch)
}

// RefuseWatch notes that the service refused a push channel now; parlor.ErrNotFound.
func (s *Store) RefuseWatch(ctx context.Context, id parlor.AccountID, cal parlor.CalendarID) error {
	at, err := encodeTime(s.now())
	if err != nil {
		return err
	}
	return s.setCalendar(ctx, id, cal, fieldWatchRefused, at)
}

// DropCalendar forgets a calendar.
func (s *Store) DropCalendar(ctx context.Context, id parlor.AccountID, cal parlor.CalendarID) error {
	_, err := s.rdb.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.SRem(ctx, calendarsKey(id), string(cal))
		p.Del(ctx, calendarKey(id, cal))
		return nil
	})
	return fail("drop calendar", err)
}

func (s *Store) setCalendar(ctx context.Context, id parlor.AccountID, cal parlor.CalendarID, pairs ...any) error {
	found, err := s.runInt(ctx, setFieldsScript, []string{calendarKey(id, cal)}, pairs...)
	if err != nil {
		return fail("write calendar", err)
	}
	if found == 0 {
		return fmt.Errorf("write calendar: %w", parlor.ErrNotFound)
	}
	return nil
}

func compareCalendars(a, b CalendarState) int {
	if a.Info.Primary != b.Info.Primary {
		if a.Info.Primary {
			return -1
		}
		return 1
	}
	return strings.Compare(a.Info.Name+"\x00"+string(a.Info.ID), b.Info.Name+"\x00"+string(b.Info.ID))
}
