package grant

import (
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// ErrClient says that a request names an app or a redirect address that we do not know. The browser must not be sent
// there (RFC 6749, section 4.1.2.1).
var ErrClient = errors.New("unknown client or redirect address")

// Ask is an app's request to be let in, found in order.
type Ask struct {
	Client    Client
	redirect  string
	state     string
	challenge string
	hint      string
}

// Limits of what an app may send along; with them the whole request fits into connect.SafeReturn.
const (
	longestState = 256
	longestHint  = 254 // of an e-mail address (RFC 5321)
)

var (
	challengeForm = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`) // of SHA-256, in base64url
	visible       = regexp.MustCompile(`^[\x20-\x7e]*$`)      // VSCHAR
)

// Ask reads a request to the authorization endpoint. ErrClient: tell the person. *Refusal: send the browser to its Back.
func (a *Authority) Ask(q url.Values) (Ask, error) {
	client, ok := a.client(q.Get("client_id"))
	k := Ask{Client: client, redirect: q.Get("redirect_uri")}
	if !ok || len(q["client_id"]) > 1 || len(q["redirect_uri"]) > 1 || !slices.Contains(client.redirects, k.redirect) {
		return Ask{}, ErrClient
	}
	var kind, mode, scope, method string
	refusal := all(q, map[string]*string{
		"state": &k.state, "code_challenge": &k.challenge, "login_hint": &k.hint, "response_type": &kind,
		"response_mode": &mode, "scope": &scope, "code_challenge_method": &method,
	})
	if len(k.state) > longestState || !visible.MatchString(k.state) {
		k.state, refusal = "", refuse("invalid_request", "state is longer than 256 characters or not plain ASCII")
	}
	if len(k.hint) > longestHint || !visible.MatchString(k.hint) {
		k.hint = ""
	}
	if refusal == nil {
		refusal = k.check(kind, mode, scope, method)
	}
	if refusal != nil {
		refusal.Back = a.back(k, url.Values{"error": {refusal.Code}, "error_description": {refusal.Words}})
		return Ask{}, refusal
	}
	return k, nil
}

func (k Ask) check(kind, mode, scope, method string) *Refusal {
	switch {
	case kind == "":
		return refuse("invalid_request", "response_type is missing")
	case kind != "code":
		return refuse("unsupported_response_type", "response_type must be code")
	case mode != "" && mode != "query":
		return refuse("invalid_request", "response_mode must be query")
	case method != "S256" || !challengeForm.MatchString(k.challenge):
		return refuse("invalid_request", "code_challenge with code_challenge_method S256 is required")
	case !scopeTaken(scope):
		return refuse("invalid_scope", "the only scope is "+Scope)
	}
	return nil
}

// scopeTaken lets the only scope through, and none, which means it.
func scopeTaken(scope string) bool {
	return !slices.ContainsFunc(strings.Fields(scope), func(s string) bool { return s != Scope })
}

// Query is the request as parameters; Ask reads the same again from it.
func (k Ask) Query() url.Values {
	q := url.Values{
		"client_id": {k.Client.ID}, "redirect_uri": {k.redirect}, "response_type": {"code"}, "scope": {Scope},
		"code_challenge": {k.challenge}, "code_challenge_method": {"S256"},
	}
	if k.state != "" {
		q.Set("state", k.state)
	}
	if k.hint != "" {
		q.Set("login_hint", k.hint)
	}
	return q
}

// Outside is the origin that the answer is sent to, "" when it is our own.
func (a *Authority) Outside(k Ask) string {
	u, err := url.Parse(k.redirect)
	if err != nil || strings.HasPrefix(k.redirect, a.origin+"/") {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// back is the address that brings the answer to the app: with the state it sent, and who answers (RFC 9207).
func (a *Authority) back(k Ask, answer url.Values) string {
	if k.state != "" {
		answer.Set("state", k.state)
	}
	answer.Set("iss", a.origin)
	return k.redirect + "?" + answer.Encode()
}
