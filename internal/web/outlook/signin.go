package outlook

import (
	"net/http"
	"net/url"
	"regexp"
)

var (
	challengeShape = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)       // of a SHA-256 (RFC 7636, section 4.2)
	stateShape     = regexp.MustCompile(`^[A-Za-z0-9._~-]{16,256}$`) // random, made by the pane
	hintShape      = regexp.MustCompile(`^[\pL\pN\pP\pS]{1,254}$`)   // an e-mail address; only ever a suggestion
)

// signIn is the first page of Office's dialog, which must be of the add-in's own origin; it leads to the authorization. One
// that was called wrongly ends the dialog with an error, as the authorization would (RFC 6749, section 4.1.2.1).
func (o *Outlook) signIn(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	q := r.URL.Query()
	challenge, state, hint := q.Get("challenge"), q.Get("state"), q.Get("login_hint")
	if !challengeShape.MatchString(challenge) || !stateShape.MatchString(state) {
		http.Redirect(w, r, "/addin/signed-in?error=invalid_request", http.StatusFound)
		return
	}
	ask := url.Values{
		"client_id": {"parlor-addin"}, "redirect_uri": {o.cfg.Origin + "/addin/signed-in"}, "response_type": {"code"}, "scope": {"schedule"},
		"code_challenge": {challenge}, "code_challenge_method": {"S256"}, "state": {state},
	}
	if hintShape.MatchString(hint) {
		ask.Set("login_hint", hint)
	}
	http.Redirect(w, r, "/oauth/authorize?"+ask.Encode(), http.StatusFound)
}
