package jobs

import (
	"fmt"
	"testing"
	"time"

	"parlor/internal/parlor"
)

func TestTheQueueWaitsAsLongAsAsked(t *testing.T) {
	for _, after := range []time.Duration{time.Second, 11 * time.Minute, 24 * time.Hour} {
		err := fmt.Errorf("list changes: %w", &parlor.ThrottledError{After: after, Reason: "Retry-After"})
		for range 100 {
			if got := retryDelay(30, err, nil); got < after || got > after+after/4 {
				t.Fatalf("asked for %s, waits %s", after, got)
			}
		}
		if isFailure(err) {
			t.Errorf("waiting %s uses up a try", after)
		}
	}
}
