package google

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"strings"
)

// oauthError sends an error of RFC 6749 §5.2.
func oauthError(w http.ResponseWriter, status int, code, description string) {
	body := map[string]any{"error": code}
	if description != "" {
		body["error_description"] = description
	}
	writeJSON(w, status, body)
}

// token is the token endpoint: authorization codes and refresh tokens.
func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil || r.URL.RawQuery != "" {
		oauthError(w, http.StatusBadRequest, "invalid_request", "parameters belong into the body")
		return
	}
	if !s.knowsClient(r) {
		oauthError(w, http.StatusUnauthorized, "invalid_client", "Unauthorized")
		return
	}
	switch r.PostForm.Get("grant_type") {
	case "authorization_code":
		s.exchange(w, r)
	case "refresh_token":
		s.refresh(w, r)
	default:
		oauthError(w, http.StatusBadRequest, "unsupported_grant_type", "Invalid grant_type")
	}
}

func (s *Server) knowsClient(r *http.Request) bool {
	id, secret, basic := r.BasicAuth()
	if !basic {
		id, secret = r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	}
	return id == s.opt.ClientID && subtle.ConstantTimeCompare([]byte(secret), []byte(s.opt.ClientSecret)) == 1
}

// exchange turns a code into tokens, once.
func (s *Server) exchange(w http.ResponseWriter, r *http.Request) {
	c, problem := s.takeCode(r.PostForm.Get("code"), r.PostForm.Get("redirect_uri"), r.PostForm.Get("code_verifier"))
	person, known := s.world.Person(c.email)
	if problem != "" || !known {
		oauthError(w, http.StatusBadRequest, "invalid_grant", problem)
		return
	}
	body := map[string]any{}
	t := grant{email: c.email, scopes: c.scopes, until: s.now().Add(s.tokenLife())}
	if c.offline {
		t.family = s.grants.newRefresh(grant{email: c.email, scopes: c.scopes, until: s.refreshUntil()})
		body["refresh_token"] = t.family
		s.rememberFamily(r.PostForm.Get("code"), t.family)
	}
	access := s.grants.newAccess(t)
	id, err := s.idToken(person, c.scopes, c.nonce, access)
	if err != nil {
		oauthError(w, http.StatusInternalServerError, "internal_failure", err.Error())
		return
	}
	body["id_token"] = id
	s.writeToken(w, body, access, c.scopes)
}

func (s *Server) writeToken(w http.ResponseWriter, body map[string]any, access string, scopes scopeSet) {
	body["access_token"], body["token_type"] = access, "Bearer"
	body["expires_in"], body["scope"] = int(s.tokenLife().Seconds()), scopes.String()
	w.Header().Set("Pragma", "no-cache")
	writeJSON(w, http.StatusOK, body)
}

// takeCode uses a code up and checks what it is bound to. A code used twice revokes what it gave.
func (s *Server) takeCode(code, redirect, verifier string) (c authCode, problem string) {
	s.grants.mu.Lock()
	defer s.grants.mu.Unlock()
	c, ok := s.grants.codes[code]
	if !ok || c.used || !s.now().Before(c.until) {
		s.grants.dropFamily(c.family)
		return c, "Bad Request"
	}
	c.used = true
	s.grants.codes[code] = c
	sum := sha256.Sum256([]byte(verifier))
	switch {
	case c.redirect != redirect:
		return c, "redirect_uri does not match the authorization request"
	case len(verifier) < 43 || base64.RawURLEncoding.EncodeToString(sum[:]) != strings.TrimRight(c.challenge, "="):
		return c, "Invalid code verifier."
	}
	return c, ""
}

func (s *Server) rememberFamily(code, family string) {
	s.grants.mu.Lock()
	defer s.grants.mu.Unlock()
	c := s.grants.codes[code]
	c.family = family
	s.grants.codes[code] = c
}

// dropFamily kills a refresh token and the access tokens that came from it. The caller holds the lock.
func (g *grants) dropFamily(refresh string) {
	if refresh == "" {
		return
	}
	delete(g.refresh, refresh)
	for token, t := range g.access {
		if t.family == refresh {
			delete(g.access, token)
		}
	}
}
