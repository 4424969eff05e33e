package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parlor/internal/parlor"
)

// Spread is a policy on its way to everybody: whose events it touches has their calendars read anew. It is stored, so that
// any worker goes on where another one stopped.
type Spread struct {
	ID       string        `json:"id"`
	Revision string        `json:"revision"` // of the policy, which is stored after this
	Before   parlor.Policy `json:"before"`   // what held until then
	After    parlor.Policy `json:"after"`
	All      bool          `json:"all,omitempty"` // another one was still under way: whom that would have met is not known
	Began    time.Time     `json:"began"`
	Sure     time.Time     `json:"sure,omitzero"` // when every process knows the policy; zero: it was not yet seen
	Ended    time.Time     `json:"ended,omitzero"`
	Cursor   string        `json:"cursor,omitempty"`
	Total    int64         `json:"total"`   // accounts, when it began
	Seen     int64         `json:"seen"`    // of them
	Touched  int64         `json:"touched"` // of those seen, whose calendars are read anew
}

// spreadKept is how long one is told of after it ended.
const spreadKept = 7 * 24 * time.Hour

// BeginSpread notes that a policy is to reach everybody; it comes before PutPolicy, so that no crash in between leaves anybody
// out. One that was still under way ends here, and the new one takes over what it had not done.
func (s *Store) BeginSpread(ctx context.Context, sp Spread) error {
	total, err := s.CountAccounts(ctx)
	if err != nil {
		return err
	}
	former, err := s.Spread(ctx)
	if err != nil && !errors.Is(err, parlor.ErrNotFound) {
		return err
	}
	sp.All = err == nil && former.Ended.IsZero()
	sp.Began, sp.Total = s.now().UTC(), total
	if sp.ID, err = s.drawID(); err != nil {
		return err
	}
	text, err := json.Marshal(sp)
	if err != nil {
		return fmt.Errorf("encode spread: %w", err)
	}
	return fail("begin spread", s.rdb.Set(ctx, spreadKey, text, 0).Err())
}

// Spread reads the last one; parlor.ErrNotFound when there was none lately.
func (s *Store) Spread(ctx context.Context) (Spread, error) {
	sp, _, err := read[Spread](ctx, s.rdb, spreadKey)
	return sp, wrap("read spread", err)
}

// AdvanceSpread writes how far one has come, unless another one took its place: parlor.ErrStale.
func (s *Store) AdvanceSpread(ctx context.Context, sp Spread) error {
	now, stored, err := read[Spread](ctx, s.rdb, spreadKey)
	if err != nil {
		return wrap("read spread", err)
	}
	if now.ID != sp.ID || now.Seen > sp.Seen {
		return fmt.Errorf("advance spread: %w", parlor.ErrStale)
	}
	text, err := json.Marshal(sp)
	if err != nil {
		return fmt.Errorf("encode spread: %w", err)
	}
	if err := s.swap(ctx, spreadKey, revision(stored), text); err != nil || sp.Ended.IsZero() {
		return wrap("advance spread", err)
	}
	return fail("keep spread", s.rdb.Expire(ctx, spreadKey, spreadKept).Err())
}
