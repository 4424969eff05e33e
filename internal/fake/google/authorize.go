package google

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"parlor/internal/fake/stage"
)

// authorize shows the people picker, or sends the browser back when a person was picked.
func (s *Server) authorize(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	q := r.Form
	if problem := s.checkClient(q); problem != "" {
		showDenied(w, problem)
		return
	}
	if code, why := stage.CheckRequest(q); code != "" {
		stage.SendBack(w, r, q, url.Values{"error": {code}, "error_description": {why}})
		return
	}
	person, known := s.world.Person(q.Get("login_hint"))
	switch {
	case q.Get("deny") != "":
		stage.SendBack(w, r, q, url.Values{"error": {"access_denied"}})
	case q.Get("approve") != "" && known:
		s.approve(w, r, q, person.Email)
	case q.Get("prompt") == "none":
		stage.SendBack(w, r, q, url.Values{"error": {"interaction_required"}})
	default:
		s.showPicker(w, q)
	}
}

// checkClient finds what makes it unsafe to send the browser back at all.
func (s *Server) checkClient(q url.Values) string {
	if q.Get("client_id") != s.opt.ClientID {
		return "Error 401: invalid_client. The OAuth client was not found."
	}
	if !stage.MayReturnTo(q.Get("redirect_uri"), s.opt.Redirects) {
		return "Error 400: redirect_uri_mismatch. This address is not registered for the client."
	}
	return ""
}

// approve makes a code for the scopes the person left ticked.
func (s *Server) approve(w http.ResponseWriter, r *http.Request, q url.Values, email string) {
	scopes := grantedScopes(q)
	if q.Get("include_granted_scopes") == "true" {
		scopes = parseScopes(scopes.String() + " " + strings.Join(s.grants.Agreed(email), " "))
	}
	first := s.grants.Agree(email, scopes)
	consent := slices.Contains(strings.Fields(q.Get("prompt")), "consent")
	code := s.grants.NewCode("4/0A", stage.Code{
		Email: email, Scopes: scopes, Redirect: q.Get("redirect_uri"), Challenge: q.Get("code_challenge"),
		Nonce: q.Get("nonce"), Offline: q.Get("access_type") == "offline" && (consent || first),
	}, s.now())
	stage.SendBack(w, r, q, url.Values{"code": {code}, "scope": {scopes.String()}})
}

// grantedScopes are the asked scopes without the calendar scopes the person unticked.
func grantedScopes(q url.Values) scopeSet {
	asked := parseScopes(q.Get("scope"))
	if q.Get("picked") == "" && !q.Has("granted") {
		return asked
	}
	open := asked.calendars()
	return slices.DeleteFunc(asked, func(x string) bool {
		return slices.Contains(open, x) && !slices.Contains(q["granted"], x)
	})
}
