package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"parlor/internal/parlor"
)

const (
	meetingKept = 30 * 24 * time.Hour // after its end
	unboundKept = 24 * time.Hour      // an invitation that was never saved
)

// ClaimMeeting writes a new meeting; an empty Number is drawn and claimed. rev is what Agenda returned: if the meeting
// occupies the room and the agenda moved on, nothing is written and parlor.ErrStale tells to read and decide again.
// parlor.ErrTaken with the existing meeting: the event has one already. Returns the agenda's new revision.
func (s *Store) ClaimMeeting(ctx context.Context, id parlor.AccountID, rev int64, m parlor.Meeting) (parlor.Meeting, int64, error) {
	var err error
	drawn := m.Number == ""
	if drawn {
		m.Number, err = s.claimDrawn(ctx, id, numberKey, func() (string, error) { return parlor.DrawNumber(s.random) })
	} else {
		err = s.claimGiven(ctx, id, m.Number)
	}
	if err != nil {
		return m, rev, err
	}
	if m.Created.IsZero() {
		m.Created = s.now().UTC()
	}
	reply, err := s.putMeeting(ctx, id, rev, m, "new")
	if err != nil {
		return m, rev, err
	}
	if drawn && reply.outcome != "ok" { // an answer came, so the number is certainly unused
		if err := s.rdb.Del(ctx, numberKey(m.Number)).Err(); err != nil {
			return m, rev, fail("give number back", err)
		}
		m.Number = ""
	}
	if reply.outcome == "taken" {
		existing, err := s.Meeting(ctx, id, reply.value)
		if err != nil {
			return m, rev, err
		}
		return existing, rev, fmt.Errorf("claim meeting: event has %s: %w", existing.Number, parlor.ErrTaken)
	}
	rev, err = reply.revision("claim meeting", rev)
	return m, rev, err
}

// UpdateMeeting writes a meeting that is there, under its number. Errors and revisions are those of ClaimMeeting;
// parlor.ErrNotFound when it was purged.
func (s *Store) UpdateMeeting(ctx context.Context, id parlor.AccountID, rev int64, m parlor.Meeting) (int64, error) {
	reply, err := s.putMeeting(ctx, id, rev, m, "known")
	if err != nil {
		return rev, err
	}
	return reply.revision("update meeting", rev)
}

// claimGiven makes a number that the caller chose the account's, if it is nobody else's.
func (s *Store) claimGiven(ctx context.Context, id parlor.AccountID, number string) error {
	won, err := s.setNew(ctx, numberKey(number), string(id))
	if err != nil || won {
		return wrap("claim number", err)
	}
	owner, err := s.AccountByNumber(ctx, number)
	switch {
	case err != nil:
		return err
	case owner != id:
		return fmt.Errorf("claim number: %w", parlor.ErrTaken)
	}
	return fail("reclaim number", s.rdb.Persist(ctx, numberKey(number)).Err())
}

type putReply struct{ outcome, value string }

func (r putReply) revision(what string, read int64) (int64, error) {
	switch r.outcome {
	case "taken":
		return read, fmt.Errorf("%s: event has another: %w", what, parlor.ErrTaken)
	case "gone":
		return read, fmt.Errorf("%s: %w", what, parlor.ErrNotFound)
	}
	rev, err := strconv.ParseInt(r.value, 10, 64)
	if err != nil {
		return read, fmt.Errorf("%s: read revision: %w", what, err)
	}
	if r.outcome == "stale" {
		return rev, fmt.Errorf("%s: agenda moved on: %w", what, parlor.ErrStale)
	}
	return rev, nil
}

func (s *Store) putMeeting(ctx context.Context, id parlor.AccountID, rev int64, m parlor.Meeting, mode string) (putReply, error) {
	record, err := json.Marshal(m)
	if err != nil {
		return putReply{}, fmt.Errorf("encode meeting: %w", err)
	}
	p := s.place(m)
	reply, err := putMeetingScript.Run(ctx, s.rdb, meetingKeys(id, m.Number),
		m.Number, record, mode, rev, score(m.Start.Time), len(m.Recurrence) > 0, p.occupies, p.purge, p.event, p.ttl).StringSlice()
	if err != nil {
		return putReply{}, fail("write meeting", err)
	}
	return putReply{reply[0], reply[1]}, nil
}

// meetingKeys are the keys of both meeting scripts, in their order.
func meetingKeys(id parlor.AccountID, number string) []string {
	return []string{
		meetingKey(id, number), meetingsKey(id), seriesKey(id), agendaKey(id), purgeKey(id), boundKey(id), revisionKey(id),
	}
}
