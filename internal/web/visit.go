package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/web/look"
)

// maxForm is the largest form that is read, bytes.
const maxForm = 64 << 10

// visit is one request by a signed-in person.
type visit struct {
	w       http.ResponseWriter
	r       *http.Request
	session store.SessionRecord
	account parlor.Account
	zone    *time.Location
}

func (v *visit) ctx() context.Context { return v.r.Context() }

// leave answers a form: the browser goes on with a GET, so that reloading repeats nothing.
func (v *visit) leave(to string) error {
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

func (s *site) signedIn(page func(*visit) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		session, ok := connect.SessionOf(r.Context())
		if !ok {
			s.sendToSignIn(w, r)
			return
		}
		if err := s.visit(w, r, session, page); err != nil {
			s.fail(w, r, err)
		}
	}
}

func (s *site) visit(w http.ResponseWriter, r *http.Request, session store.SessionRecord, page func(*visit) error) error {
	if err := readForm(w, r); err != nil {
		return err
	}
	account, err := s.desk.Account(r.Context(), session.Account)
	if err != nil {
		return err
	}
	if account.Disabled {
		return parlor.ErrDisabled
	}
	return page(&visit{w: w, r: r, session: session, account: account, zone: zoneOf(r, account)})
}

// show writes a page of the portal.
func (s *site) show(v *visit, status int, name, title string, body any) error {
	look.Protect(v.w.Header(), look.Policy("")+"; manifest-src 'self'")
	return s.pages.Write(v.w, status, name, look.Frame{
		Title: title, Nav: place(name), Zone: v.zone.String(), Notice: notice(v.r), Body: body,
		Reader: &look.Reader{Name: nameOf(v.account), Email: v.account.Email, Admin: s.desk.Administrator(v.account)},
	})
}

// places are the pages that stand in the navigation under another one's name.
var places = map[string]string{
	"past": "meetings", "room": "meetings", "meeting": "meetings", "remove": "meetings", "start": "meetings",
	"started": "meetings", "schedule": "meetings", "calendars": "settings", "connect": "settings",
	"apply": "settings", "people": "settings", "data": "settings", "disconnect": "settings", "edit": "profile", "confirm": "profile", "grace": "profile",
}

func place(page string) string {
	if strings.HasPrefix(page, "admin_") {
		return "admin"
	}
	if under, ok := places[page]; ok {
		return under
	}
	return page
}

func nameOf(a parlor.Account) string {
	if a.Name == "" {
		return a.Email
	}
	return a.Name
}

// sendToSignIn remembers where a person wanted to go; a posted form is not repeated.
func (s *site) sendToSignIn(w http.ResponseWriter, r *http.Request) {
	to := "/"
	if r.URL.Path == dataPath && r.URL.Query().Has("leaving") { // that was the last page of somebody who had their account deleted
		to += "?done=deleted"
	} else if r.Method == http.MethodGet {
		to += "?" + url.Values{"return": {r.URL.RequestURI()}}.Encode()
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

var errForm = errors.New("unreadable form")

func readForm(w http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodPost {
		return nil
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("read form: %w", errors.Join(errForm, err))
	}
	return nil
}
