package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// Meeting reads a meeting; parlor.ErrNotFound.
func (s *Store) Meeting(ctx context.Context, id parlor.AccountID, number string) (parlor.Meeting, error) {
	m, _, err := read[parlor.Meeting](ctx, s.rdb, meetingKey(id, number))
	return m, wrap("read meeting", err)
}

// MeetingByEvent reads the meeting that is bound to an event, whatever its state; parlor.ErrNotFound.
func (s *Store) MeetingByEvent(ctx context.Context, id parlor.AccountID, ref parlor.EventRef) (parlor.Meeting, error) {
	number, err := s.rdb.HGet(ctx, boundKey(id), eventField(ref)).Result()
	if err != nil {
		return parlor.Meeting{}, fail("find meeting of event", err)
	}
	return s.Meeting(ctx, id, number)
}

// Agenda reads the meetings that occupy the room and end in the future, and the revision they were read at.
func (s *Store) Agenda(ctx context.Context, id parlor.AccountID) ([]parlor.Meeting, int64, error) {
	rev, err := s.rdb.Get(ctx, revisionKey(id)).Int64() // first: what is read later may be newer, never older
	if err != nil && !errors.Is(err, redis.Nil) {
		return nil, 0, fail("read agenda revision", err)
	}
	numbers, err := s.rdb.ZRangeByScore(ctx, agendaKey(id), &redis.ZRangeBy{Min: after(s.now()), Max: "+inf"}).Result()
	if err != nil {
		return nil, 0, fail("read agenda", err)
	}
	ms, err := s.meetings(ctx, id, numbers)
	return ms, rev, err
}

// Meetings reads the scheduled meetings that start in [from, to) and the series that have not ended before from.
func (s *Store) Meetings(ctx context.Context, id parlor.AccountID, from, to time.Time) ([]parlor.Meeting, error) {
	between := &redis.ZRangeBy{Min: score(from), Max: "(" + score(to)}
	numbers, err := s.rdb.ZRangeByScore(ctx, meetingsKey(id), between).Result()
	if err != nil {
		return nil, fail("list meetings", err)
	}
	series, err := s.rdb.SMembers(ctx, seriesKey(id)).Result()
	if err != nil {
		return nil, fail("list series", err)
	}
	found, err := s.meetings(ctx, id, union(numbers, series))
	if err != nil {
		return nil, err
	}
	out := found[:0]
	for _, m := range found {
		if m.State == parlor.Scheduled && (len(m.Recurrence) == 0 || endsAfter(m, from)) {
			out = append(out, m)
		}
	}
	return out, nil
}

// EveryMeeting reads all meetings that are remembered, whatever became of them, by start.
func (s *Store) EveryMeeting(ctx context.Context, id parlor.AccountID) ([]parlor.Meeting, error) {
	numbers, err := s.rdb.ZRange(ctx, meetingsKey(id), 0, -1).Result()
	if err != nil {
		return nil, fail("list meetings", err)
	}
	return s.meetings(ctx, id, numbers)
}

// meetings reads many at once, leaving out those that are gone.
func (s *Store) meetings(ctx context.Context, id parlor.AccountID, numbers []string) ([]parlor.Meeting, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	keys := make([]string, len(numbers))
	for i, number := range numbers {
		keys[i] = meetingKey(id, number)
	}
	values, err := s.rdb.MGet(ctx, keys...).Result()
	if err != nil {
		return nil, fail("read meetings", err)
	}
	out := make([]parlor.Meeting, 0, len(values))
	for i, v := range values {
		text, ok := v.(string)
		if !ok {
			continue
		}
		var m parlor.Meeting
		if err := json.Unmarshal([]byte(text), &m); err != nil {
			return nil, fmt.Errorf("decode meeting %s: %w", numbers[i], err)
		}
		out = append(out, m)
	}
	return out, nil
}

// union appends to a what only b has.
func union(a, b []string) []string {
	have := make(map[string]bool, len(a))
	for _, v := range a {
		have[v] = true
	}
	for _, v := range b {
		if !have[v] {
			a = append(a, v)
		}
	}
	return a
}

func score(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }

func after(t time.Time) string { return "(" + score(t) }
