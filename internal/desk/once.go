package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// How long a request waits for its twin, which has the same idempotency key, to get a number.
const (
	twinTries = 50
	twinPause = 40 * time.Millisecond
)

// once returns the meeting that the order's idempotency key already made, or claims one, which is new.
func (d *Desk) once(ctx context.Context, o order) (m parlor.Meeting, fresh bool, err error) {
	if o.req.IdempotencyKey == "" {
		m, err = d.claim(ctx, o)
		return m, true, err
	}
	for range twinTries {
		seen, first, err := d.st.BeginOnce(ctx, o.acct, o.req.IdempotencyKey, o.print)
		switch {
		case errors.Is(err, parlor.ErrNotFound): // freed just now
			continue
		case err != nil:
			return m, false, fmt.Errorf("look up idempotency key: %w", err)
		case first:
			m, err = d.claimOnce(ctx, o)
			return m, true, err
		case seen.Print != o.print:
			return m, false, Faults{{Field: "idempotency_key", Message: "was used for another meeting"}}
		case seen.Number != "":
			m, err = d.st.Meeting(ctx, o.acct, seen.Number)
			return m, false, err
		}
		if err := pause(ctx, twinPause); err != nil {
			return m, false, err
		}
	}
	return m, false, parlor.ErrBusy
}

func (d *Desk) claimOnce(ctx context.Context, o order) (parlor.Meeting, error) {
	m, err := d.claim(ctx, o)
	if err != nil {
		return m, errors.Join(err, d.st.ForgetOnce(ctx, o.acct, o.req.IdempotencyKey))
	}
	return m, d.st.KeepOnce(ctx, o.acct, o.req.IdempotencyKey, store.Once{Print: o.print, Number: m.Number})
}

// eventKey is the key by which a calendar knows the event of this order: the same one for the same idempotency key.
func (o order) eventKey() string {
	sum := sha256.Sum256([]byte("event\n" + string(o.acct) + "\n" + o.req.IdempotencyKey))
	return hex.EncodeToString(sum[:16])
}

// printOf tells whether two requests ask for the same thing.
func printOf(purpose string, r Request) (string, error) {
	r.IdempotencyKey = ""
	raw, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("encode request: %w", err)
	}
	sum := sha256.Sum256(append([]byte(purpose+"\n"), raw...))
	return hex.EncodeToString(sum[:16]), nil
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
