package stage

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// CodeLife is how long an authorization code may wait for its exchange.
const CodeLife = 5 * time.Minute

// Code is an authorization code's meaning.
type Code struct {
	Email     string
	Scopes    []string
	Redirect  string
	Challenge string
	Nonce     string
	Offline   bool
	Tenant    string // of the authorize address, for services that have tenants

	until  time.Time
	used   bool
	family string // the refresh token it gave, revoked when the code is tried again
}

// CodeProblem is why a code gives no tokens.
type CodeProblem int

// The problems of a code.
const (
	CodeGood CodeProblem = iota
	CodeUnknown
	CodeUsed
	CodeExpired
	CodeOtherRedirect
	CodeOtherVerifier
)

// NewCode gives out a code whose text begins with start.
func (g *Grants) NewCode(start string, c Code, now time.Time) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	code := start + rand.Text()
	c.until = now.Add(CodeLife)
	g.codes[code] = c
	return code
}

// TakeCode uses a code up and checks what it is bound to (PKCE S256). A code used twice revokes what it gave.
func (g *Grants) TakeCode(code, redirect, verifier string, now time.Time) (Code, CodeProblem) {
	g.mu.Lock()
	defer g.mu.Unlock()
	c, ok := g.codes[code]
	sum := sha256.Sum256([]byte(verifier))
	switch {
	case !ok:
		return c, CodeUnknown
	case c.used:
		g.dropFamily(c.family)
		return c, CodeUsed
	case !now.Before(c.until):
		return c, CodeExpired
	}
	c.used = true
	g.codes[code] = c
	switch {
	case c.Redirect != redirect:
		return c, CodeOtherRedirect
	case len(verifier) < 43 || base64.RawURLEncoding.EncodeToString(sum[:]) != strings.TrimRight(c.Challenge, "="):
		return c, CodeOtherVerifier
	}
	return c, CodeGood
}

// RememberFamily ties a refresh token to the code that gave it.
func (g *Grants) RememberFamily(code, family string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	c := g.codes[code]
	c.family = family
	g.codes[code] = c
}

// dropFamily kills a refresh token and the access tokens that came from it. The caller holds the lock.
func (g *Grants) dropFamily(refresh string) {
	if refresh == "" {
		return
	}
	delete(g.renewers, refresh)
	for token, t := range g.bearers {
		if t.Family == refresh {
			delete(g.bearers, token)
		}
	}
}

// MayReturnTo tells whether a browser may be sent to a redirect address; no registered ones means any absolute http(s) one.
func MayReturnTo(address string, registered []string) bool {
	to, err := url.Parse(address)
	absolute := err == nil && (to.Scheme == "https" || to.Scheme == "http") && to.Host != "" && to.Fragment == ""
	return absolute && (len(registered) == 0 || slices.Contains(registered, address))
}

// CheckRequest finds what a client asked wrongly of an authorize address (RFC 6749 §4.1.2.1; PKCE is required here).
func CheckRequest(q url.Values) (code, why string) {
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

// SendBack redirects the browser to the client, whose address was checked, with the answer and the state.
func SendBack(w http.ResponseWriter, r *http.Request, q, answer url.Values) {
	to, err := url.Parse(q.Get("redirect_uri"))
	if err != nil {
		http.Error(w, "redirect_uri_mismatch", http.StatusBadRequest)
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
