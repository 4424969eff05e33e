package web

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"parlor/internal/desk"
)

// delegatesSection is the part of settings.html about who may schedule for the person.
type delegatesSection struct {
	People []desk.PersonView
	Email  string // as typed, when it was not taken
	Fault  string
}

// showSettings shows the settings with the delegates below them.
func (s *site) showSettings(v *visit, status int, title string, page settingsPage) error {
	var err error
	page.Video = s.video(v.account)
	if !s.cfg.Mails {
		page.Sections = slices.DeleteFunc(page.Sections, func(sec section) bool { return sec.ID == mailSection.ID })
	}
	if page.Delegates.People, err = s.desk.Delegates(v.ctx(), v.account.ID); err != nil {
		return err
	}
	return s.show(v, status, "settings", title, page)
}

func (s *site) addDelegate(v *visit) error {
	email := strings.TrimSpace(v.r.PostForm.Get("email"))
	err := s.changeDelegates(v, func(emails []string) []string { return append(emails, email) })
	if faults, ok := errors.AsType[desk.Faults](err); ok {
		return s.faultyDelegate(v, email, faults)
	}
	if err != nil {
		return err
	}
	return v.leave("/settings?done=delegate")
}

func (s *site) faultyDelegate(v *visit, email string, faults desk.Faults) error {
	current, etag, err := s.desk.Settings(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	page := newSettingsPage(current, etag, nil, nil)
	page.Delegates.Email, page.Delegates.Fault = email, sentence(faults[0].Message)
	page.Faults = []fault{{"delegate", "Delegate", page.Delegates.Fault}}
	return s.showSettings(v, http.StatusUnprocessableEntity, "Delegate not added", page)
}

func (s *site) removeDelegate(v *visit) error {
	email := v.r.PostForm.Get("email")
	err := s.changeDelegates(v, func(emails []string) []string {
		return slices.DeleteFunc(emails, func(e string) bool { return strings.EqualFold(e, email) })
	})
	if err != nil {
		return err
	}
	return v.leave("/settings?done=no-delegate")
}

func (s *site) changeDelegates(v *visit, change func([]string) []string) error {
	people, err := s.desk.Delegates(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	var emails []string
	for _, p := range people {
		emails = append(emails, p.Email)
	}
	_, err = s.desk.SaveDelegates(v.ctx(), v.account.ID, change(emails))
	return err
}
