package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// Departure is what an account is leaving: one service, or Parlor as a whole. It is there until that is done.
type Departure struct {
	Service parlor.Kind `json:"service"`  // "": the whole account
	TakeOut bool        `json:"take_out"` // our links go out of the events first
	Begun   time.Time   `json:"begun"`
	Links   int         `json:"links"`  // events that had one then, and were still to come
	Marked  bool        `json:"marked"` // the calendars know that their links go
}

// PutDeparture notes that an account leaves a service, or what is known of it now.
func (s *Store) PutDeparture(ctx context.Context, id parlor.AccountID, d Departure) error {
	text, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("encode departure: %w", err)
	}
	return fail("note departure", s.rdb.HSet(ctx, departuresKey(id), string(d.Service), text).Err())
}

// Departures lists what an account is leaving; Parlor as a whole comes last.
func (s *Store) Departures(ctx context.Context, id parlor.AccountID) ([]Departure, error) {
	hash, err := s.rdb.HGetAll(ctx, departuresKey(id)).Result()
	if err != nil {
		return nil, fail("read departures", err)
	}
	list := make([]Departure, 0, len(hash))
	for _, text := range hash {
		var d Departure
		if err := json.Unmarshal([]byte(text), &d); err != nil {
			return nil, fmt.Errorf("decode departure: %w", err)
		}
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b Departure) int { return strings.Compare(string(b.Service), string(a.Service)) })
	return list, nil
}

// EndDeparture forgets that an account leaves a service: it is done, or the person stays.
func (s *Store) EndDeparture(ctx context.Context, id parlor.AccountID, k parlor.Kind) error {
	return fail("end departure", s.rdb.HDel(ctx, departuresKey(id), string(k)).Err())
}

// LeaveCalendar says since when our links are being taken out of a calendar, the zero time that they are not;
// parlor.ErrNotFound.
func (s *Store) LeaveCalendar(ctx context.Context, id parlor.AccountID, cal parlor.CalendarID, since time.Time) error {
	at, err := encodeTime(since)
	if err != nil {
		return err
	}
	return s.setCalendar(ctx, id, cal, fieldLeaving, at)
}

// farAhead is how long before its start a meeting is looked for.
const farAhead = 20 * 365 * 24 * time.Hour

// Linked lists the meetings whose link stands in an event of a service that is still to come, or under way.
func (s *Store) Linked(ctx context.Context, id parlor.AccountID, k parlor.Kind) ([]parlor.Meeting, error) {
	now := s.now()
	all, err := s.Meetings(ctx, id, now.Add(-24*time.Hour), now.Add(farAhead))
	return slices.DeleteFunc(all, func(m parlor.Meeting) bool {
		return m.Service != k || m.Event.ID == "" || m.Written == "" || !endsAfter(m, now)
	}), err
}
