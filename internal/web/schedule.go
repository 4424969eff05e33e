package web

import (
	"crypto/rand"
	"errors"
	"net/http"
	"strings"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

// schedule shows the form, with what the meeting would be if nothing were changed.
func (s *site) schedule(v *visit) error {
	settings, _, err := s.desk.Settings(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	w := newWish(settings, s.cfg.Now(), v.zone, rand.Text())
	return s.showSchedule(v, http.StatusOK, w, nil)
}

// saveSchedule answers the form's two buttons: to look beforehand, and to schedule.
func (s *site) saveSchedule(v *visit) error {
	settings, _, err := s.desk.Settings(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	w := readWish(v.r.PostForm)
	req, faults := w.request(settings, s.cfg.Now())
	switch {
	case len(faults) > 0:
		return s.showSchedule(v, http.StatusUnprocessableEntity, w, faults)
	case v.r.PostForm.Get("do") == "look":
		return s.showSchedule(v, http.StatusOK, w, nil)
	}
	made, err := s.desk.Schedule(v.ctx(), v.account.ID, req)
	if faults, ok := errors.AsType[desk.Faults](err); ok {
		return s.showSchedule(v, http.StatusUnprocessableEntity, w, faults)
	}
	if err != nil {
		return err
	}
	return v.leave("/meetings/" + made.Number + "?done=scheduled")
}

func (s *site) showSchedule(v *visit, status int, w wish, faults desk.Faults) error {
	calendars, err := s.desk.Calendars(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	preview, more, err := s.foresee(v, w)
	if err != nil {
		return err
	}
	if faults == nil && v.r.Method == http.MethodPost {
		faults = more
	}
	page := newSchedulePage(w, calendars, s.cfg.Now().In(v.zone).Format(dateShape), faults)
	page.Alone, page.Preview = s.desk.Calendarless(v.account), preview
	title := "Schedule a meeting"
	if len(page.Faults) > 0 {
		title = "Meeting not scheduled"
	}
	return s.show(v, status, "schedule", title, page)
}

// checkSchedule is for the page's script, which asks while the form is being filled.
func (s *site) checkSchedule(v *visit) error {
	words, faults, err := s.foresee(v, readWish(v.r.PostForm))
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		first := faults[0]
		words = label(formName(first.Field)) + " " + first.Message + "."
	}
	return v.tell(verdict{Says: map[string]string{"preview": words}})
}

// label is what the form calls a field.
func label(name string) string {
	page := newSchedulePage(wish{}, nil, "", nil)
	for _, group := range [][]field{page.What, page.When, page.Advanced} {
		for _, f := range group {
			if f.Name == name {
				return f.Label
			}
		}
	}
	return sentence(name)
}

// foresee says which number a meeting would get, and why. Nothing is stored.
func (s *site) foresee(v *visit, w wish) (words string, faults desk.Faults, err error) {
	settings, _, err := s.desk.Settings(v.ctx(), v.account.ID)
	if err != nil {
		return "", nil, err
	}
	req, faults := w.request(settings, s.cfg.Now())
	if len(faults) > 0 {
		return "", faults, nil
	}
	req.IdempotencyKey = ""
	seen, err := s.desk.Invite(v.ctx(), v.account.ID, desk.Inviting{Request: req, Format: parlor.Text, Preview: true})
	if faults, ok := errors.AsType[desk.Faults](err); ok {
		return "", faults, nil
	}
	if err != nil {
		return "", nil, err
	}
	words = seen.Why.Text
	for _, more := range []*parlor.Reason{seen.Conflict, seen.Waits} {
		if more != nil {
			words += " " + more.Text
		}
	}
	if seen.Kind == parlor.OneTime {
		return words + " The number is drawn when you schedule.", nil, nil
	}
	room, err := s.desk.Room(v.ctx(), v.account.ID)
	return words + " Its ID is " + strings.ReplaceAll(grouped(room.PMI), " ", "\u00a0") + ".", nil, err
}
