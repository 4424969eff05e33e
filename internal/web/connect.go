package web

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// connectPage is what connect.html shows.
type connectPage struct {
	URL, User string // as typed, or as connected before
	Again     bool   // it replaces what is connected
	Fault     string
	Safe      bool // the fault is a question: nothing went wrong
}

// showConnect shows the form with what is connected now.
func (s *site) showConnect(v *visit) error {
	if !s.byPassword() {
		return parlor.ErrNotFound
	}
	now, err := s.desk.ConnectedBy(v.ctx(), v.account.ID, parlor.KindCalDAV)
	if err != nil {
		return err
	}
	page := connectPage{URL: now.URL, User: now.User, Again: now.URL != ""}
	return s.show(v, http.StatusOK, "connect", "Connect a CalDAV calendar", page)
}

func (s *site) byPassword() bool {
	for _, svc := range s.connect.Services() {
		if svc.Kind == parlor.KindCalDAV && svc.Password != nil {
			return true
		}
	}
	return false
}

func (s *site) connectByPassword(v *visit) error {
	if !s.byPassword() {
		return parlor.ErrNotFound
	}
	typed := parlor.Login{
		URL:  strings.TrimSpace(v.r.PostForm.Get("url")),
		User: strings.TrimSpace(v.r.PostForm.Get("user")), Password: v.r.PostForm.Get("password"),
	}
	if v.zone != time.UTC { // else nobody knows
		typed.Zone = v.zone.String()
	}
	_, again := v.account.Connection(parlor.KindCalDAV)
	page := connectPage{URL: typed.URL, User: typed.User, Again: again}
	err := s.desk.ConnectByPassword(v.ctx(), v.account.ID, parlor.KindCalDAV, typed)
	if why, ok := errors.AsType[*parlor.LoginError](err); ok {
		page.Fault = why.Why.Text
		if why.Found != "" {
			page.Safe, page.URL = true, why.Found
			if page.User == "" {
				page.User = typed.URL
			}
		}
		return s.show(v, http.StatusUnprocessableEntity, "connect", "Calendar not connected yet", page)
	}
	if _, ok := errors.AsType[*parlor.ThrottledError](err); ok {
		page.Fault = "That were many tries, or the server is busy. Nothing was kept. Wait a few minutes, then try again."
		return s.show(v, http.StatusTooManyRequests, "connect", "Calendar not connected yet", page)
	}
	if err != nil {
		return err
	}
	return v.leave("/calendars?done=connected")
}
