package graph

import (
	"fmt"
	"time"

	"parlor/internal/fake/calendar"
)

// Seed fills an empty world with the same people and week as calendar.Seed, as an Exchange mailbox would hold them: the
// conference of another kind is a Teams meeting with its block in the body.
func Seed(w *calendar.World, now time.Time) error {
	if err := calendar.Seed(w, now); err != nil {
		return fmt.Errorf("seed week: %w", err)
	}
	online := teams("seedmeet")
	online["hangoutLink"] = nil
	online["description"] = withTeams("", teamsLink(online))
	if _, err := w.Patch(calendar.Ada.Email, "seedmeet", online, calendar.Write{Call: "seed"}); err != nil {
		return fmt.Errorf("make the conference a Teams meeting: %w", err)
	}
	return nil
}
