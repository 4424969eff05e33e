package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parlor/internal/parlor"
)

// PassResult is how a pass over a calendar ended.
type PassResult struct {
	Cursor   parlor.Cursor // where the next one begins; "" after ErrCursorGone. Ignored when Error is set
	At       time.Time     // when it ended
	Error    string        // "" when it succeeded, else why not, for people
	NextTry  time.Time     // not before; zero: any time
	Again    time.Time     // when to list everything again; zero: no need
	Left     bool          // our links are out, so that the calendar is off from now on
	Resynced int64         // CalendarState.Resync as it was when the pass began
}

// FinishPass writes the outcome of a pass under the lease it ran with: parlor.ErrStale when that was lost, so that a
// late worker cannot put an old cursor back. parlor.ErrNotFound when the calendar is gone.
func (s *Store) FinishPass(ctx context.Context, l *Lease, cal parlor.CalendarID, r PassResult) error {
	next, err := encodeTime(r.NextTry)
	if err != nil {
		return err
	}
	args := []any{l.value(), fieldError, r.Error, fieldNextTry, next, fieldListing, false}
	if r.Error == "" {
		at, errAt := encodeTime(r.At)
		again, errAgain := encodeTime(r.Again)
		if err := errors.Join(errAt, errAgain); err != nil {
			return err
		}
		args = append(args, fieldCursor, string(r.Cursor), fieldLastPass, at, fieldAgain, again, fieldResynced, r.Resynced)
		if r.Left {
			args = append(args, fieldOn, false, fieldLeaving, "")
		}
	}
	done, err := s.runInt(ctx, finishPassScript, []string{calendarKey(l.account, cal), l.key}, args...)
	switch {
	case err != nil:
		return fail("finish pass", err)
	case done == 0:
		return fmt.Errorf("finish pass: %w", parlor.ErrStale)
	case done < 0:
		return fmt.Errorf("finish pass: %w", parlor.ErrNotFound)
	}
	return nil
}

// Progress writes how many events the list under way has read.
func (s *Store) Progress(ctx context.Context, id parlor.AccountID, cal parlor.CalendarID, listed int) error {
	return s.setCalendar(ctx, id, cal, fieldListed, listed, fieldListing, true)
}

// ForgetCursor makes the next pass over a calendar begin from the beginning.
func (s *Store) ForgetCursor(ctx context.Context, id parlor.AccountID, cal parlor.CalendarID) error {
	return s.setCalendar(ctx, id, cal, fieldCursor, "")
}
