package jobs

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/hibiken/asynq"

	"parlor/internal/store/storetest"
)

// comes fails the test when something does not come; the deadline is no measure of speed.
func comes(t *testing.T, what string, started <-chan struct{}) {
	t.Helper()
	select {
	case <-started:
	case <-time.After(15 * time.Second):
		t.Fatalf("%s never began", what)
	}
}

func TestANudgeDuringEveryPassIsNotLost(t *testing.T) {
	st := storetest.Open(t, storetest.Redis(t), time.Now)
	line := New(st, nil, Config{}, time.Now)
	started, release := make(chan struct{}), make(chan struct{})
	srv := asynq.NewServerFromRedisClient(st.Client(), asynq.Config{
		Concurrency: 8, Queues: map[string]int{queue: 1}, TaskCheckInterval: checkEvery, DelayedTaskCheckInterval: checkEvery,
		LogLevel: asynq.ErrorLevel, Logger: asynqLog{},
	})
	err := srv.Start(asynq.HandlerFunc(func(context.Context, *asynq.Task) error {
		started <- struct{}{}
		<-release
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	defer srv.Shutdown()
	nudge := func() {
		t.Helper()
		if err := line.Nudge(t.Context(), "adaadaadaadaadaa", "ada@example.com"); err != nil {
			t.Fatal(err)
		}
	}
	nudge()
	comes(t, "the first pass", started)
	nudge()
	comes(t, "the second pass", started)
	nudge() // both have read the calendar already
	nudge()
	close(release)
	comes(t, "a pass for the last nudge", started)
	select {
	case <-started:
		t.Error("two nudges in a row made two passes")
	case <-time.After(2 * time.Second):
	}
}

func TestSweepTaskIsNotRetried(t *testing.T) {
	st := storetest.Open(t, storetest.Redis(t), time.Now)
	line := New(st, nil, Config{}, time.Now)
	if err := line.enqueueSweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := line.enqueueSweep(t.Context()); !errors.Is(err, asynq.ErrDuplicateTask) {
		t.Errorf("a second sweep at once: %v", err)
	}
	tasks, err := asynq.NewInspectorFromRedisClient(st.Client()).ListPendingTasks(queue)
	if err != nil || len(tasks) != 1 || tasks[0].MaxRetry != 0 {
		t.Errorf("%d sweeps queued, %v; want one that is never tried again: %+v", len(tasks), err, tasks)
	}
}
