package web

import (
	"net/http"

	"parlor/internal/web/look"
)

// removePage is what remove.html shows.
type removePage struct {
	Number, Title       string
	When                look.When
	Repeats, Standalone bool
}

func (s *site) askRemove(v *visit) error {
	m, err := s.desk.Meeting(v.ctx(), v.account.ID, v.r.PathValue("number"))
	if err != nil {
		return err
	}
	title := "Remove the join link?"
	if m.Standalone {
		title = "Call this meeting off?"
	}
	return s.show(v, http.StatusOK, "remove", title, removePage{
		Number: m.Number, Title: titled(m.Title), When: look.At(m.Start, "full", v.zone), Repeats: m.Repeats, Standalone: m.Standalone,
	})
}

func (s *site) remove(v *visit) error {
	number, done := v.r.PathValue("number"), "removed"
	m, err := s.desk.Meeting(v.ctx(), v.account.ID, number)
	if err == nil && m.Standalone {
		done = "called-off"
	}
	if err := s.desk.RemoveMeeting(v.ctx(), v.account.ID, number); err != nil {
		return err
	}
	return v.leave("/meetings?done=" + done)
}
