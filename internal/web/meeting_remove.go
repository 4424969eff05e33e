package web

import (
	"net/http"

	"parlor/internal/desk"
	"parlor/internal/parlor"
	"parlor/internal/web/look"
)

// removePage is what remove.html shows.
type removePage struct {
	Number, Title string
	When          look.When
	Repeats       bool
}

func (s *site) askRemove(v *visit) error {
	m, err := s.find(v, v.r.PathValue("number"))
	if err != nil {
		return err
	}
	return s.show(v, http.StatusOK, "remove", "Remove the join link?", removePage{
		Number: m.Number, Title: titled(m.Title), When: look.At(m.Start, "full", v.zone), Repeats: m.Repeats,
	})
}

func (s *site) remove(v *visit) error {
	if err := s.desk.RemoveMeeting(v.ctx(), v.account.ID, v.r.PathValue("number")); err != nil {
		return err
	}
	return v.leave("/meetings?done=removed")
}

// find looks through the listed meetings; parlor.ErrNotFound when the number is none of them.
func (s *site) find(v *visit, number string) (desk.MeetingView, error) {
	now, cursor := s.cfg.Now(), ""
	for {
		page, next, err := s.desk.Meetings(v.ctx(), v.account.ID, now, now.Add(horizon), cursor)
		if err != nil {
			return desk.MeetingView{}, err
		}
		for _, m := range page {
			if m.Number == number {
				return m, nil
			}
		}
		if next == "" {
			return desk.MeetingView{}, parlor.ErrNotFound
		}
		cursor = next
	}
}
