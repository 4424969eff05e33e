package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"parlor/internal/connect"
	"parlor/internal/grant"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/web/look"
)

// consentPage is what consent.html shows.
type consentPage struct {
	App, Name, Email string
	As               parlor.AccountID
	Asked            url.Values // the app's request, to be sent again with the answer
	Others           signInPage // to come back as somebody else
}

var unknownApp = problem{
	http.StatusBadRequest, "That app is not known here", "Nobody was let in, and nothing was shared.",
	"The request names an app or an address that this Parlor does not know. Install the app again from this Parlor's own " +
		"pages, or ask whoever runs it.", "/", "Go to Parlor",
}

// authorize asks a person whether an app may act for them. Asking has no effect.
func (s *site) authorize(w http.ResponseWriter, r *http.Request) {
	ask, ok := s.ask(w, r, r.URL.Query())
	if !ok {
		return
	}
	session, ok := connect.SessionOf(r.Context())
	if !ok {
		s.signInFirst(w, r, ask)
		return
	}
	err := s.visit(w, r, session, func(v *visit) error { return s.askConsent(v, ask) })
	if err != nil {
		s.fail(w, r, err)
	}
}

// answer takes what the person said. A page that was shown to somebody else, who has signed out since, is shown again.
func (s *site) answer(w http.ResponseWriter, r *http.Request) {
	if err := readForm(w, r); err != nil {
		s.fail(w, r, err)
		return
	}
	ask, ok := s.ask(w, r, r.PostForm)
	if !ok {
		return
	}
	if r.PostForm.Get("answer") == "cancel" {
		http.Redirect(w, r, s.cfg.Grants.Decline(ask), http.StatusSeeOther)
		return
	}
	session, ok := connect.SessionOf(r.Context())
	switch {
	case !ok:
		s.signInFirst(w, r, ask)
	case r.PostForm.Get("answer") != "allow" || r.PostForm.Get("as") != string(session.Account):
		http.Redirect(w, r, addressOf(ask), http.StatusSeeOther)
	default:
		s.letIn(w, r, ask, session)
	}
}

func (s *site) letIn(w http.ResponseWriter, r *http.Request, ask grant.Ask, session store.SessionRecord) {
	to, err := s.cfg.Grants.Allow(ask, session)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// ask reads the app's request. What is wrong with it is told to the app, unless we do not know where that is.
func (s *site) ask(w http.ResponseWriter, r *http.Request, q url.Values) (grant.Ask, bool) {
	w.Header().Set("Cache-Control", "no-store")
	ask, err := s.cfg.Grants.Ask(q)
	if err == nil {
		return ask, true
	}
	if refusal, ok := errors.AsType[*grant.Refusal](err); ok {
		http.Redirect(w, r, refusal.Back, http.StatusSeeOther)
	} else {
		s.tell(w, r, unknownApp)
	}
	return ask, false
}

// forApp says whether an address leads to the request of an app.
func forApp(to string) bool { return strings.HasPrefix(connect.SafeReturn(to), "/oauth/authorize?") }

func addressOf(ask grant.Ask) string { return "/oauth/authorize?" + ask.Query().Encode() }

func (s *site) signInFirst(w http.ResponseWriter, r *http.Request, ask grant.Ask) {
	http.Redirect(w, r, "/?"+url.Values{"return": {addressOf(ask)}}.Encode(), http.StatusSeeOther)
}

// askConsent shows the page without the portal's navigation: it stands in a small window, and there is one thing to do.
func (s *site) askConsent(v *visit, ask grant.Ask) error {
	page := consentPage{
		App: ask.Client.Name, Name: nameOf(v.account), Email: v.account.Email, As: v.account.ID,
		Asked: ask.Query(), Others: newSignInPage(s.connect.Services(), nil, "", addressOf(ask)),
	}
	look.Protect(v.w.Header(), look.Policy(s.cfg.Grants.Outside(ask)))
	look.Opened(v.w.Header())
	return s.pages.Write(v.w, http.StatusOK, "consent", look.Frame{Title: "Let an app in", Zone: v.zone.String(), Body: page})
}
