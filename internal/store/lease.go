package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"parlor/internal/parlor"
)

// Lease is the right to be the only one at something, for a while.
type Lease struct {
	store   *Store
	account parlor.AccountID
	key     string
	fence   int64
	ttl     time.Duration
}

// Lease takes the named lease of an account; parlor.ErrBusy when somebody holds it.
func (s *Store) Lease(ctx context.Context, id parlor.AccountID, name string, ttl time.Duration) (*Lease, error) {
	key := leaseKey(id, name)
	fence, err := s.runInt(ctx, acquireScript, []string{key, fenceKey(id, name)}, ttl.Milliseconds())
	if err != nil {
		return nil, fail("take lease "+name, err)
	}
	if fence == 0 {
		return nil, fmt.Errorf("take lease %s: %w", name, parlor.ErrBusy)
	}
	return &Lease{store: s, account: id, key: key, fence: fence, ttl: ttl}, nil
}

// Fence is a number that rises with each taking of the lease.
func (l *Lease) Fence() int64 { return l.fence }

// Renew prolongs the lease by its time to live; parlor.ErrStale when it was lost.
func (l *Lease) Renew(ctx context.Context) error {
	ok, err := l.store.runInt(ctx, renewScript, []string{l.key}, l.fence, l.ttl.Milliseconds())
	if err != nil {
		return fail("renew lease", err)
	}
	if ok == 0 {
		return fmt.Errorf("renew lease: %w", parlor.ErrStale)
	}
	return nil
}

// Release gives the lease back; a lost one is no error.
func (l *Lease) Release(ctx context.Context) error {
	_, err := l.store.runInt(ctx, releaseScript, []string{l.key}, l.fence)
	return fail("release lease", err)
}

// Keep renews the lease in the background until stop is called. The returned context is cancelled when the lease is lost.
func (l *Lease) Keep(ctx context.Context) (kept context.Context, stop func()) {
	kept, cancel := context.WithCancelCause(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		l.keep(kept, cancel)
	}()
	return kept, func() {
		cancel(context.Canceled)
		<-done
	}
}

// keep renews three times in a lease's life, and gives up when its life is over without a renewal.
func (l *Lease) keep(ctx context.Context, lost context.CancelCauseFunc) {
	third := l.ttl / 3
	tick := time.NewTicker(third)
	defer tick.Stop()
	for failed := 0; ; {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		err := l.renewWithin(ctx, third)
		if failed++; err == nil {
			failed = 0
		}
		if errors.Is(err, parlor.ErrStale) || failed == 2 {
			lost(fmt.Errorf("keep lease: %w", err))
			return
		}
	}
}

func (l *Lease) renewWithin(ctx context.Context, d time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	return l.Renew(ctx)
}

func (l *Lease) value() string { return strconv.FormatInt(l.fence, 10) }
