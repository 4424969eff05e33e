package google

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// codeLife is how long an authorization code may wait for its exchange.
const codeLife = 5 * time.Minute

// authCode is an authorization code's meaning.
type authCode struct {
	email     string
	scopes    scopeSet
	redirect  string
	challenge string
	nonce     string
	offline   bool
	until     time.Time
	used      bool
	family    string // the refresh token it gave, revoked when the code is tried again
}

// authorize shows the people picker, or sends the browser back when a person was picked.
func (s *Server) authorize(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	q := r.Form
	if problem := s.checkClient(q); problem != "" {
		showDenied(w, problem)
		return
	}
	if code, why := checkRequest(q); code != "" {
		sendBack(w, r, q, url.Values{"error": {code}, "error_description": {why}})
		return
	}
	person, known := s.world.Person(q.Get("login_hint"))
	switch {
	case q.Get("deny") != "":
		sendBack(w, r, q, url.Values{"error": {"access_denied"}})
	case q.Get("approve") != "" && known:
		s.approve(w, r, q, person.Email)
	case q.Get("prompt") == "none":
		sendBack(w, r, q, url.Values{"error": {"interaction_required"}})
	default:
		s.showPicker(w, q)
	}
}

// checkClient finds what makes it unsafe to send the browser back at all.
func (s *Server) checkClient(q url.Values) string {
	if q.Get("client_id") != s.opt.ClientID {
		return "Error 401: invalid_client. The OAuth client was not found."
	}
	to, err := url.Parse(q.Get("redirect_uri"))
	absolute := err == nil && (to.Scheme == "https" || to.Scheme == "http") && to.Host != "" && to.Fragment == ""
	registered := len(s.opt.Redirects) == 0 || slices.Contains(s.opt.Redirects, q.Get("redirect_uri"))
	if !absolute || !registered {
		return "Error 400: redirect_uri_mismatch. This address is not registered for the client."
	}
	return ""
}

// checkRequest finds what the client asked wrongly (RFC 6749 §4.1.2.1; PKCE is required here).
func checkRequest(q url.Values) (code, why string) {
	switch {
	case q.Get("response_type") != "code":
		return "unsupported_response_type", "response_type must be code"
	case !slices.Contains(strings.Fields(q.Get("scope")), "openid"):
		return "invalid_scope", "scope openid is missing"
	case q.Get("code_challenge") == "":
		return "invalid_request", "code_challenge is missing"
	case q.Get("code_challenge_method") != "S256":
		return "invalid_request", "code_challenge_method must be S256"
	}
	return "", ""
}

// approve makes a code for the scopes the person left ticked.
func (s *Server) approve(w http.ResponseWriter, r *http.Request, q url.Values, email string) {
	scopes := grantedScopes(q)
	if q.Get("include_granted_scopes") == "true" {
		scopes = parseScopes(scopes.String() + " " + s.grants.agreed(email).String())
	}
	first := s.grants.agree(email, scopes)
	consent := slices.Contains(strings.Fields(q.Get("prompt")), "consent")
	code := "4/0A" + rand.Text()
	s.grants.mu.Lock()
	s.grants.codes[code] = authCode{
		email: email, scopes: scopes, redirect: q.Get("redirect_uri"), challenge: q.Get("code_challenge"),
		nonce: q.Get("nonce"), offline: q.Get("access_type") == "offline" && (consent || first),
		until: s.now().Add(codeLife),
	}
	s.grants.mu.Unlock()
	sendBack(w, r, q, url.Values{"code": {code}, "scope": {scopes.String()}})
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

// sendBack redirects the browser to the client with the answer and the state.
func sendBack(w http.ResponseWriter, r *http.Request, q, answer url.Values) {
	to, err := url.Parse(q.Get("redirect_uri"))
	if err != nil {
		showDenied(w, "Error 400: redirect_uri_mismatch.")
		return
	}
	all := to.Query()
	for k, v := range answer {
		all[k] = v
	}
	if q.Has("state") {
		all.Set("state", q.Get("state"))
	}
	to.RawQuery = all.Encode()
	http.Redirect(w, r, to.String(), http.StatusFound)
}
