package web

import (
	"net/http"
	"strconv"

	"parlor/internal/desk"
	"parlor/internal/web/look"
)

// applyPage is what apply.html shows: what it does to coming meetings to follow the setting for the room.
type applyPage struct {
	InRoom   bool
	Moves    int
	Words    string
	Calendar []desk.CalendarCount
	Kept     []keptMeeting
	Mailed   bool
	Quietly  field
}

// keptMeeting is one that does not follow, and why.
type keptMeeting struct {
	Number, Title, Why string
	When               look.When
}

func (s *site) askApply(v *visit) error {
	seen, err := s.desk.PreviewApply(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	page := applyPage{
		InRoom: seen.InRoom, Moves: seen.Moves, Words: applyWords(seen), Mailed: seen.Mailed > 0,
		Quietly: field{
			Name: "quietly", Label: "Mail nobody", Input: "switch", Value: "false",
			Hint: "Meetings whose guests would be mailed stay where they are.",
		},
	}
	for _, c := range seen.ByCalendar {
		if c.Events > 0 {
			page.Calendar = append(page.Calendar, c)
		}
	}
	for _, k := range seen.Kept {
		page.Kept = append(page.Kept, keptMeeting{k.Number, titled(k.Title), k.Why.Text, look.At(k.Start, "moment", v.zone)})
	}
	return s.show(v, http.StatusOK, "apply", "Apply to future events?", page)
}

func applyWords(seen desk.ApplyPreview) string {
	where := "get a one-time link"
	if seen.InRoom {
		where = "move into your personal room"
	}
	words := strconv.Itoa(seen.Moves) + " coming meetings will " + where + "."
	if seen.Moves == 1 {
		words = "One coming meeting will " + where + "."
	}
	if seen.Mailed > 0 {
		words += " " + capital(people(seen.Mailed, "guest")) + " will be mailed about it by your calendar."
	}
	if seen.Stale > 0 {
		words += " " + capital(people(seen.Stale, "guest")) + " outside your organisation may keep the text they were sent; its link leads to the same meeting."
	}
	return words
}

func (s *site) apply(v *visit) error {
	quietly, _ := last(v.r.PostForm, "quietly")
	if err := s.desk.Apply(v.ctx(), v.account.ID, quietly == "true"); err != nil {
		return err
	}
	return v.leave("/profile?done=applied")
}
