package store

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"time"

	"parlor/internal/parlor"
)

// How much longer a watch is known than it lives, so that late pushes are still recognised.
const watchGrace = 24 * time.Hour

// WatchRecord says for whom a push channel speaks.
type WatchRecord struct {
	ID         string            `json:"id"`
	Account    parlor.AccountID  `json:"account"`
	Calendar   parlor.CalendarID `json:"calendar"`
	Service    parlor.Kind       `json:"service"`
	SecretHash string            `json:"secret_hash"` // hex SHA-256, see HashSecret
	Until      time.Time         `json:"until"`
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
	record, err := json.Marshal(w)
	if err != nil {
		return fmt.Errorf("encode watch: %w", err)
	}
	life := max(w.Until.Sub(s.now()), 0) + watchGrace
	return fail("write watch", s.rdb.Set(ctx, watchKey(w.ID), record, life).Err())
}

// WatchByID finds a push channel; parlor.ErrNotFound.
func (s *Store) WatchByID(ctx context.Context, id string) (WatchRecord, error) {
	w, _, err := read[WatchRecord](ctx, s.rdb, watchKey(id))
	return w, wrap("read watch", err)
}

// DropWatch forgets a push channel.
func (s *Store) DropWatch(ctx context.Context, id string) error {
	return fail("drop watch", s.rdb.Del(ctx, watchKey(id)).Err())
}
