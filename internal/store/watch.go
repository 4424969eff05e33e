package store

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// How much longer a watch is known than it lives, so that late pushes are still recognised.
const watchGrace = 24 * time.Hour

// WatchRecord says for whom a push channel speaks.
type WatchRecord struct {
	ID         string
	Account    parlor.AccountID
	Calendar   parlor.CalendarID
	Service    parlor.Kind
	SecretHash string // hex SHA-256, see HashSecret
	Until      time.Time
}

// MarshalBinary writes what follows the id as lines; the calendar's id, which is the service's, comes last. It is read for
// every push, and decoding JSON would be a fifth of what a push costs us.
func (w WatchRecord) MarshalBinary() ([]byte, error) {
	return fmt.Appendf(nil, "%s\n%s\n%s\n%d\n%s", w.Account, w.Service, w.SecretHash, w.Until.Unix(), w.Calendar), nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (w *WatchRecord) UnmarshalBinary(text []byte) error {
	fields := strings.SplitN(string(text), "\n", 5)
	if len(fields) != 5 {
		return errors.New("decode watch: fields are missing")
	}
	until, err := strconv.ParseInt(fields[3], 10, 64)
	if err != nil {
		return fmt.Errorf("decode watch: %w", err)
	}
	w.Account, w.Service, w.SecretHash = parlor.AccountID(fields[0]), parlor.Kind(fields[1]), fields[2]
	w.Until, w.Calendar = time.Unix(until, 0).UTC(), parlor.CalendarID(fields[4])
	return nil
}

// HashSecret is what is stored of a push channel's secret.
func HashSecret(secret string) string { return hexSum(secret) }

// SecretIs compares a secret with the stored hash in constant time.
func (w WatchRecord) SecretIs(secret string) bool {
	return subtle.ConstantTimeCompare([]byte(HashSecret(secret)), []byte(w.SecretHash)) == 1
}

// PutWatch remembers a push channel until a day after its end. Call it before the service is asked for the channel: the
// first push may come before the answer.
func (s *Store) PutWatch(ctx context.Context, w WatchRecord) error {
	life := max(w.Until.Sub(s.now()), 0) + watchGrace
	return fail("write watch", s.rdb.Set(ctx, watchKey(w.ID), w, life).Err())
}

// watchesAtOnce is how many push channels are looked up in one round trip.
const watchesAtOnce = 500

// WatchesByID finds push channels by their ids; those that are not known are left out.
func (s *Store) WatchesByID(ctx context.Context, ids []string) (map[string]WatchRecord, error) {
	found := make(map[string]WatchRecord, len(ids))
	for some := range slices.Chunk(ids, watchesAtOnce) {
		if err := s.readWatches(ctx, some, found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (s *Store) readWatches(ctx context.Context, ids []string, into map[string]WatchRecord) error {
	replies := make([]*redis.StringCmd, len(ids))
	// The error is that of the first reply that has one; each is looked at below.
	_, _ = s.rdb.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, id := range ids {
			replies[i] = p.Get(ctx, watchKey(id))
		}
		return nil
	})
	for i, reply := range replies {
		switch err := reply.Err(); {
		case errors.Is(err, redis.Nil):
			continue
		case err != nil:
			return fail("read watches", err)
		}
		w := WatchRecord{ID: ids[i]}
		if err := w.UnmarshalBinary([]byte(reply.Val())); err != nil {
			return err
		}
		into[w.ID] = w
	}
	return nil
}

// DropWatch forgets a push channel.
func (s *Store) DropWatch(ctx context.Context, id string) error {
	return fail("drop watch", s.rdb.Del(ctx, watchKey(id)).Err())
}
