package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// auditLength is how many acts are kept, about.
const auditLength = 20_000

// Act is one thing that an administrator did.
type Act struct {
	ID     string          `json:"id"` // in the order of time
	At     time.Time       `json:"at"`
	By     Doer            `json:"by"`
	What   string          `json:"what"`
	On     *Doer           `json:"on,omitempty"` // whom it was done to
	Before json.RawMessage `json:"before,omitempty"`
	After  json.RawMessage `json:"after,omitempty"`
	Failed string          `json:"failed,omitempty"` // it was begun, and this is why it did not happen
}

// Doer is a person as they were called then: they may be gone by now.
type Doer struct {
	Account parlor.AccountID `json:"account"`
	Name    string           `json:"name"`
	Email   string           `json:"email"`
}

// Record appends an act to the audit trail; nothing is ever changed in it. A zero At becomes now.
func (s *Store) Record(ctx context.Context, a Act) error {
	if a.At.IsZero() {
		a.At = s.now().UTC()
	}
	line, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("encode act: %w", err)
	}
	add := &redis.XAddArgs{Stream: auditKey, MaxLen: auditLength, Approx: true, Values: []any{"a", line}}
	return fail("record act", s.rdb.XAdd(ctx, add).Err())
}

// Acts reads up to n acts, newest first, from a cursor that an earlier call returned; "" begins at the newest, and a next of
// "" says that there are no more. parlor.ErrInvalid: not one of our cursors.
func (s *Store) Acts(ctx context.Context, cursor string, n int) (acts []Act, next string, err error) {
	from := "+"
	if cursor != "" {
		if !cursorShape.MatchString(cursor) {
			return nil, "", fmt.Errorf("read audit: cursor: %w", parlor.ErrInvalid)
		}
		from = "(" + cursor
	}
	found, err := s.rdb.XRevRangeN(ctx, auditKey, from, "-", int64(n)+1).Result()
	if err != nil {
		return nil, "", fail("read audit", err)
	}
	if len(found) > n {
		found = found[:n]
		next = found[n-1].ID
	}
	for _, message := range found {
		var a Act
		text, _ := message.Values["a"].(string)
		if err := json.Unmarshal([]byte(text), &a); err != nil {
			return nil, "", fmt.Errorf("decode act %s: %w", message.ID, err)
		}
		a.ID = message.ID
		acts = append(acts, a)
	}
	return acts, next, nil
}
