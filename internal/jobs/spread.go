package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/hibiken/asynq"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// A policy reaches this many accounts a second, so that whoever is met first does not keep everybody else waiting; their
// calendars are then read at their services' own pace.
const spreadPage = 20

// patience is how long a spread waits for its policy, which is stored right after it.
const patience = time.Minute

// Spread asks to have the policy that is on its way applied to everybody whom it touches.
func (l *Line) Spread(ctx context.Context) error {
	err := l.enqueue(ctx, asynq.NewTask(taskSpread, nil), asynq.TaskID(taskSpread))
	if errors.Is(err, asynq.ErrTaskIDConflict) {
		return nil
	}
	return err
}

// spread takes the next accounts. While there are more, it is put off as busy, and comes again in a second.
func (l *Line) spread(ctx context.Context, _ *asynq.Task) error {
	sp, err := l.st.Spread(ctx)
	if errors.Is(err, parlor.ErrNotFound) || err == nil && !sp.Ended.IsZero() {
		return nil
	}
	if err == nil {
		err = l.spreadOn(ctx, sp)
	}
	if errors.Is(err, parlor.ErrStale) { // another policy was saved
		err = fmt.Errorf("another policy took over: %w", parlor.ErrBusy)
	}
	return outcome(ctx, err)
}

var errMore = fmt.Errorf("there is more to do: %w", parlor.ErrBusy)

func (l *Line) spreadOn(ctx context.Context, sp store.Spread) error {
	if sp.Sure.IsZero() {
		return l.awaitPolicy(ctx, sp)
	}
	if l.now().Before(sp.Sure) {
		return errMore
	}
	ids, next, err := l.st.AccountsAfter(ctx, sp.Cursor, spreadPage)
	if err != nil {
		return fmt.Errorf("list accounts: %w", err)
	}
	for _, id := range ids {
		switch touched, err := l.spreadTo(ctx, sp, id); {
		case errors.Is(err, store.ErrUnavailable), errors.Is(err, parlor.ErrBusy), errors.Is(err, context.Canceled):
			return fmt.Errorf("apply policy to %s: %w", id, err)
		case err != nil: // one account that is broken does not keep the policy from all others
			slog.Error("policy not applied", "account", id, "error", err)
		case touched:
			sp.Touched++
		}
	}
	sp.Seen, sp.Cursor = sp.Seen+int64(len(ids)), next
	if len(ids) < spreadPage {
		sp.Ended = l.now().UTC()
		return l.st.AdvanceSpread(ctx, sp)
	}
	if err := l.st.AdvanceSpread(ctx, sp); err != nil {
		return err
	}
	return errMore
}

// awaitPolicy waits until the policy is stored and nobody believes the one before any more. One that is not stored after all
// reaches nobody, but for what the spread before it had not done.
func (l *Line) awaitPolicy(ctx context.Context, sp store.Spread) error {
	_, rev, err := l.st.Policy(ctx)
	if err != nil {
		return fmt.Errorf("read policy: %w", err)
	}
	stored := rev == sp.Revision
	switch late := l.now().Sub(sp.Began) > patience; {
	case !stored && !late:
		return errMore
	case !stored && !sp.All:
		sp.Ended = l.now().UTC()
		return l.st.AdvanceSpread(ctx, sp)
	}
	sp.Sure = l.now().Add(store.PolicyLife).UTC()
	if err := l.st.AdvanceSpread(ctx, sp); err != nil {
		return err
	}
	return errMore
}

// spreadTo has an account's calendars read from the beginning where the policy may change what is in its events.
func (l *Line) spreadTo(ctx context.Context, sp store.Spread, id parlor.AccountID) (touched bool, err error) {
	account, own, err := l.st.Chosen(ctx, id)
	if errors.Is(err, parlor.ErrNotFound) {
		return false, nil
	}
	if err != nil || account.Disabled {
		return false, err
	}
	turn, err := sp.Before.Turn(sp.After, account, own)
	if err != nil || !sp.All && !turn.TouchesEvents() {
		return false, err
	}
	return true, l.Resync(ctx, id)
}

// resumeSpread puts a spread that is under way back into a queue that was lost.
func (l *Line) resumeSpread(ctx context.Context) error {
	sp, err := l.st.Spread(ctx)
	switch {
	case errors.Is(err, parlor.ErrNotFound) || err == nil && !sp.Ended.IsZero():
		return nil
	case err != nil:
		return fmt.Errorf("look for a policy on its way: %w", err)
	}
	return l.Spread(ctx)
}
