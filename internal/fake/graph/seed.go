package graph

import (
	"fmt"
	"time"

	"parlor/internal/fake/calendar"
)

// Stranger is somebody of an organisation that nobody allowed.
var Stranger = calendar.Person{
	Email: "eve@elsewhere.example", Name: "Eve Stone", Zone: "Europe/Berlin", Tenant: "8d0b2f4e-1c3a-4e6f-9b7d-5a1c3e5f7091",
}

// Seed fills an empty world with the same people and week as calendar.Seed, as an Exchange mailbox would hold them: the
// conference of another kind is a Teams meeting with its block in the body. There is a Stranger, too.
func Seed(w *calendar.World, now time.Time) error {
	if err := calendar.Seed(w, now); err != nil {
		return fmt.Errorf("seed week: %w", err)
	}
	w.AddPerson(Stranger)
	online := teams("seedmeet")
	online["hangoutLink"] = nil
	online["description"] = withTeams("", teamsLink(online))
	if _, err := w.Patch(calendar.Ada.Email, "seedmeet", online, calendar.Write{Call: "seed"}); err != nil {
		return fmt.Errorf("make the conference a Teams meeting: %w", err)
	}
	return nil
}
