package graph

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// scopePrefix may stand before a Graph scope's name.
const scopePrefix = "https://graph.microsoft.com/"

// holds tells whether a scope is among scopes, in its short or its long form.
func holds(scopes []string, want string) bool {
	return slices.ContainsFunc(scopes, func(s string) bool { return strings.EqualFold(strings.TrimPrefix(s, scopePrefix), want) })
}

// token is the token endpoint: authorization codes and refresh tokens.
func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		s.entraError(w, http.StatusBadRequest, "AADSTS90014")
		return
	}
	if !s.knowsTenant(r.PathValue("tenant")) {
		s.entraError(w, http.StatusBadRequest, "AADSTS90002")
		return
	}
	if why := s.checkSecret(r); why != "" {
		s.entraError(w, http.StatusUnauthorized, why)
		return
	}
	switch r.PostForm.Get("grant_type") {
	case "authorization_code":
		s.exchange(w, r)
	case "refresh_token":
		s.refresh(w, r)
	default:
		s.entraError(w, http.StatusBadRequest, "AADSTS90014")
	}
}

func (s *Server) checkSecret(r *http.Request) string {
	id, secret, basic := r.BasicAuth()
	if !basic {
		id, secret = r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	}
	if id != s.opt.ClientID {
		return "AADSTS700016"
	}
	if subtle.ConstantTimeCompare([]byte(secret), []byte(s.opt.ClientSecret)) != 1 {
		return "AADSTS7000215"
	}
	return ""
}

// exchange turns a code into tokens, once.
func (s *Server) exchange(w http.ResponseWriter, r *http.Request) {
	form := r.PostForm
	c, problem := s.grants.TakeCode(form.Get("code"), form.Get("redirect_uri"), form.Get("code_verifier"), s.now())
	person, known := s.world.Person(c.Email)
	switch {
	case problem == stage.CodeUsed:
		s.entraError(w, http.StatusBadRequest, "AADSTS54005")
	case problem == stage.CodeExpired:
		s.entraError(w, http.StatusBadRequest, "AADSTS70008")
	case problem == stage.CodeOtherVerifier:
		s.entraError(w, http.StatusBadRequest, "AADSTS50148")
	case problem != stage.CodeGood || !known || c.Tenant != r.PathValue("tenant"):
		s.entraError(w, http.StatusBadRequest, "AADSTS70000")
	default:
		t := stage.Grant{Email: c.Email, Scopes: c.Scopes}
		s.give(w, person, t, c.Nonce, form.Get("code"))
	}
}

// refresh gives new tokens. The refresh token is a new one each time; Entra does not revoke the old one.
func (s *Server) refresh(w http.ResponseWriter, r *http.Request) {
	t, live := s.grants.Redeem(r.PostForm.Get("refresh_token"), s.now())
	person, known := s.world.Person(t.Email)
	switch {
	case !live && t.Email != "":
		s.entraError(w, http.StatusBadRequest, "AADSTS700082")
	case !live && strings.HasPrefix(r.PostForm.Get("refresh_token"), "0.A"):
		s.entraError(w, http.StatusBadRequest, "AADSTS50173")
	case !live || !known:
		s.entraError(w, http.StatusBadRequest, "AADSTS9002313")
	case !s.mayUse(r.PathValue("tenant"), person):
		s.entraError(w, http.StatusBadRequest, "AADSTS70000")
	case !s.covered(t, r.PostForm.Get("scope")):
		s.entraError(w, http.StatusBadRequest, "AADSTS65001")
	default:
		s.give(w, person, t, "", "")
	}
}

// covered tells whether what a refresh asks for was allowed before.
func (s *Server) covered(t stage.Grant, asked string) bool {
	agreed := s.grants.Agreed(t.Email)
	for _, scope := range strings.Fields(asked) {
		if !holds(agreed, strings.TrimPrefix(scope, scopePrefix)) {
			return false
		}
	}
	return true
}

// mayUse tells whether somebody may sign in at a tenant's address.
func (s *Server) mayUse(tenant string, p calendar.Person) bool {
	return anyTenant(tenant) || tenant == s.tenantOf(p)
}

// give writes a token answer.
func (s *Server) give(w http.ResponseWriter, p calendar.Person, t stage.Grant, nonce, code string) {
	life := s.tokenLife()
	body := map[string]any{"token_type": "Bearer", "expires_in": int(life.Seconds()), "ext_expires_in": int(life.Seconds())}
	if holds(t.Scopes, "offline_access") {
		t.Until = s.now().Add(stage.Or(s.opt.RefreshLife, 90*24*time.Hour))
		t.Family = s.grants.NewRefresh(t)
		body["refresh_token"] = t.Family
		if code != "" {
			s.grants.RememberFamily(code, t.Family)
		}
	}
	t.Until = s.now().Add(life)
	body["access_token"] = s.grants.NewAccess(t)
	body["scope"] = strings.Join(slices.DeleteFunc(slices.Clone(t.Scopes), func(x string) bool { return x == "offline_access" }), " ")
	if holds(t.Scopes, "openid") {
		id, err := s.idToken(p, t.Scopes, nonce)
		if err != nil {
			s.entraError(w, http.StatusInternalServerError, "AADSTS90033")
			return
		}
		body["id_token"] = id
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store, no-cache")
	_ = json.NewEncoder(w).Encode(body)
}

func (s *Server) tokenLife() time.Duration { return stage.Or(s.opt.TokenLife, 75*time.Minute) }

// Grant gives a person's tokens to a test without the sign-in pages. No scopes means all that the calendar needs.
func (s *Server) Grant(email string, scopes ...string) (access, refresh string) {
	if len(scopes) == 0 {
		scopes = []string{"openid", "profile", "email", "offline_access", "User.Read", "Calendars.ReadWrite", "Calendars.ReadWrite.Shared"}
	}
	s.grants.Agree(email, scopes)
	t := stage.Grant{Email: email, Scopes: scopes, Until: s.now().Add(stage.Or(s.opt.RefreshLife, 90*24*time.Hour))}
	t.Family = s.grants.NewRefresh(t)
	t.Until = s.now().Add(s.tokenLife())
	return s.grants.NewAccess(t), t.Family
}

// RevokeGrants takes back what a person allowed, as they would on their account's page; "" means everybody.
func (s *Server) RevokeGrants(email string) {
	for _, p := range s.world.People() {
		if email == "" || p.Email == email {
			s.grants.Revoke(p.Email)
		}
	}
}

// ExpireAccessTokens ends the life of every access token given out so far.
func (s *Server) ExpireAccessTokens() { s.grants.ExpireAccess() }
