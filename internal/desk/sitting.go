package desk

import (
	"context"
	"errors"
	"time"

	"parlor/internal/parlor"
)

// openSitting is how long a session without an end may last before the video system asks again.
const openSitting = 12 * time.Hour

// MayBegin says how long a session may last that a video system is asked to open now. *parlor.RefusedError: not at all,
// with a sentence for whoever wanted in.
func (d *Desk) MayBegin(ctx context.Context, session string) (time.Duration, error) {
	sitting, err := d.st.Sitting(ctx, session)
	if errors.Is(err, parlor.ErrNotFound) {
		return 0, refused("no_sitting", "Please come in by the link in your invitation.")
	}
	if err != nil {
		return 0, err
	}
	left := openSitting
	if !sitting.Until.IsZero() {
		left = sitting.Until.Sub(d.now())
	}
	if sitting.Ended || left < time.Second {
		return 0, refused("over", "This meeting has ended.")
	}
	if sitting.Number == "" {
		return left, nil
	}
	meeting, err := d.st.Meeting(ctx, sitting.Account, sitting.Number)
	switch {
	case errors.Is(err, parlor.ErrNotFound):
		return 0, refused("over", "This meeting has ended.")
	case err != nil:
		return 0, err
	case meeting.State != parlor.Scheduled:
		return 0, refused("cancelled", "This meeting was cancelled.")
	}
	return left, nil
}

func refused(code, text string) error {
	return &parlor.RefusedError{Why: parlor.Reason{Code: code, Text: text}}
}
