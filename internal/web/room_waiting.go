package web

import (
	"errors"
	"fmt"

	"parlor/internal/desk"
	"parlor/internal/parlor"
	"parlor/internal/web/look"
)

// waiting is who stands at the person's door.
type waiting struct {
	Words string   // how many, "" when nobody does
	Lines []string // each of them, the longest waiting first
}

func (s *site) waiting(v *visit) (waiting, error) {
	list, total, err := s.desk.Waiting(v.ctx(), v.account.ID)
	if err != nil || total == 0 {
		return waiting{}, err
	}
	w := waiting{Words: fmt.Sprintf("%d people are waiting at your door", total)}
	if total == 1 {
		w.Words = "Somebody is waiting at your door"
	}
	titles := map[string]string{"": ""}
	for _, guest := range list {
		title, known := titles[guest.Number]
		if !known {
			if title, err = s.titleOf(v, guest.Number); err != nil {
				return waiting{}, err
			}
			titles[guest.Number] = title
		}
		w.Lines = append(w.Lines, waitingLine(v, guest, title))
	}
	if more := total - len(list); more > 0 {
		w.Lines = append(w.Lines, fmt.Sprintf("and %d more", more))
	}
	return w, nil
}

func waitingLine(v *visit, guest desk.WaitingView, title string) string {
	line := guest.Name
	if title != "" {
		line += " for “" + title + "”"
	}
	return line + ", since " + look.At(guest.Since, "time", v.zone).Text
}

// titleOf is "" for a meeting that is gone.
func (s *site) titleOf(v *visit, number string) (string, error) {
	m, err := s.desk.Meeting(v.ctx(), v.account.ID, number)
	if errors.Is(err, parlor.ErrNotFound) {
		return "", nil
	}
	return m.Title, err
}

// tellWaiting is for the page's script.
func (s *site) tellWaiting(v *visit) error {
	w, err := s.waiting(v)
	if err != nil {
		return err
	}
	return v.tell(verdict{Says: map[string]string{"waiting": w.Words}, Lines: w.Lines})
}
