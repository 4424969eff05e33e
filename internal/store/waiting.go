package store

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

const (
	// GuestLife is how long somebody counts as waiting after the last sign of their page.
	GuestLife = 60 * time.Second
	// MaxWaiting is how many people may wait at the door of one account at once.
	MaxWaiting  = 10_000
	guestsKept  = 24 * time.Hour // after the last of them came
	decidedKept = 24 * time.Hour // after the last decision about a sitting
	atOnce      = 500            // people in one script
	shortLeave  = 10 * time.Second
)

// ErrFull says that MaxWaiting people wait already.
var ErrFull = errors.New("too many people are waiting")

// turnedAway stands in the place of the sitting that somebody was let into.
const turnedAway = "-"

// Guest is somebody who has given a name and waits for the host.
type Guest struct {
	Ticket string    `json:"ticket"` // from TicketOf; tells guests apart and opens nothing
	Name   string    `json:"name"`
	Number string    `json:"number,omitempty"` // of the meeting they came for, "" for the bare room
	Since  time.Time `json:"since"`
}

// Sitting is the name of the session that the guest came for.
func (g Guest) Sitting() string { return sittingOf(g.Ticket) }

// Decision is what the host decided about a guest.
type Decision struct {
	Away bool   // turned away, for as long as this sitting lasts
	To   string // name of the session they may enter; "" when nothing was decided, or Away
}

// Queue is the beginning of the list of those who wait, the longest waiting first.
type Queue struct {
	Guests []Guest
	Total  int
}

// TicketOf names the holder of a secret among the guests of one sitting. Two sittings cannot tell that it is the same one.
func TicketOf(sitting, secret string) string {
	sum := sha256.Sum256([]byte(sitting + " " + secret))
	return sitting + "." + base64.RawURLEncoding.EncodeToString(sum[:16])
}

func sittingOf(ticket string) string {
	sitting, _, _ := strings.Cut(ticket, ".")
	return sitting
}

// Wait puts guests of one sitting on the list, or notes that they are still there; who was decided about is not put there
// again. It returns how many are new; ErrFull when there was no place for all.
func (s *Store) Wait(ctx context.Context, id parlor.AccountID, guests ...Guest) (added int, err error) {
	full := false
	for some := range slices.Chunk(guests, atOnce) {
		n, err := s.waitSome(ctx, id, some)
		if err != nil {
			return added, err
		}
		full = full || n < 0
		added += max(n, 0)
	}
	if added > 0 {
		if err := s.tellDoor(ctx, id, newsList); err != nil {
			return added, err
		}
	}
	if full {
		return added, ErrFull
	}
	return added, nil
}

func (s *Store) waitSome(ctx context.Context, id parlor.AccountID, guests []Guest) (int, error) {
	sitting := guests[0].Sitting()
	args := []any{s.now().UnixMilli(), MaxWaiting, guestsKept.Milliseconds(), sitting, turnedAway}
	for _, g := range guests {
		record, err := json.Marshal(g)
		if err != nil {
			return 0, fmt.Errorf("encode guest: %w", err)
		}
		args = append(args, g.Ticket, g.Since.UnixMilli(), record)
	}
	n, err := s.runInt(ctx, waitScript, waitingKeys(id, sitting), args...)
	return int(n), fail("wait at the door", err)
}

// StillWaiting notes that the holders of these tickets, all of one sitting, are still there. It returns those who are not
// on the list: decided about, or forgotten.
func (s *Store) StillWaiting(ctx context.Context, id parlor.AccountID, tickets ...string) (lost []string, err error) {
	for some := range slices.Chunk(tickets, atOnce) {
		args := append([]any{s.now().UnixMilli()}, anys(some)...)
		missing, err := stillWaitingScript.Run(ctx, s.rdb, []string{queueKey(id), presentKey(id)}, args...).StringSlice()
		if err != nil {
			return lost, fail("keep waiting", err)
		}
		lost = append(lost, missing...)
	}
	return lost, nil
}

// Left notes that a page was closed: its guest is soon off the list, unless they come back at once.
func (s *Store) Left(ctx context.Context, id parlor.AccountID, ticket string) error {
	at := s.now().Add(shortLeave - GuestLife).UnixMilli()
	add := redis.ZAddArgs{XX: true, Members: []redis.Z{{Score: float64(at), Member: ticket}}}
	return fail("leave the door", s.rdb.ZAddArgs(ctx, presentKey(id), add).Err())
}

// Leave takes guests off the list; one who is not there is no error.
func (s *Store) Leave(ctx context.Context, id parlor.AccountID, tickets ...string) error {
	var left int64
	for some := range slices.Chunk(tickets, atOnce) {
		n, err := s.runInt(ctx, leaveScript, []string{queueKey(id), presentKey(id), guestsKey(id)}, append([]any{""}, anys(some)...)...)
		if err != nil {
			return fail("leave the door", err)
		}
		left += n
	}
	if left == 0 {
		return nil
	}
	return s.tellDoor(ctx, id, newsList)
}

// LeaveAll takes everybody off the list who waits for a sitting that has ended.
func (s *Store) LeaveAll(ctx context.Context, id parlor.AccountID, sitting string) error {
	all, err := s.waitingFor(ctx, id, sitting)
	if err != nil {
		return err
	}
	return s.Leave(ctx, id, all...)
}

// waitingFor lists the tickets of everybody who waits for a sitting.
func (s *Store) waitingFor(ctx context.Context, id parlor.AccountID, sitting string) ([]string, error) {
	all, err := s.rdb.ZRange(ctx, queueKey(id), 0, -1).Result()
	if err != nil {
		return nil, fail("list waiting", err)
	}
	return slices.DeleteFunc(all, func(ticket string) bool { return sittingOf(ticket) != sitting }), nil
}

// DropLeft takes those off the list who have given no sign for GuestLife, and says how many they were.
func (s *Store) DropLeft(ctx context.Context, id parlor.AccountID) (int, error) {
	before := s.now().Add(-GuestLife).UnixMilli()
	n, err := s.runInt(ctx, leaveScript, []string{queueKey(id), presentKey(id), guestsKey(id)}, before)
	return int(n), fail("clear the door", err)
}

// Waiting lists who waits at an account's door, the longest waiting first, 500 at most.
func (s *Store) Waiting(ctx context.Context, id parlor.AccountID) ([]Guest, error) {
	q, err := s.Queue(ctx, id, atOnce)
	return q.Guests, err
}

// Queue reads the beginning of the list of those who wait, and how many there are.
func (s *Store) Queue(ctx context.Context, id parlor.AccountID, most int) (Queue, error) {
	if _, err := s.DropLeft(ctx, id); err != nil {
		return Queue{}, err
	}
	tickets, err := s.rdb.ZRange(ctx, queueKey(id), 0, int64(most)-1).Result()
	if err != nil || len(tickets) == 0 {
		return Queue{}, fail("list waiting", err)
	}
	total, err := s.rdb.ZCard(ctx, queueKey(id)).Result()
	if err != nil {
		return Queue{}, fail("count waiting", err)
	}
	records, err := s.rdb.HMGet(ctx, guestsKey(id), tickets...).Result()
	if err != nil {
		return Queue{}, fail("read waiting", err)
	}
	q := Queue{Total: int(total)}
	for _, record := range records {
		var g Guest
		text, there := record.(string)
		if there && json.Unmarshal([]byte(text), &g) == nil { // gone since it was listed
			q.Guests = append(q.Guests, g)
		}
	}
	return q, nil
}

func anys(texts []string) []any {
	out := make([]any, len(texts))
	for i, t := range texts {
		out[i] = t
	}
	return out
}
