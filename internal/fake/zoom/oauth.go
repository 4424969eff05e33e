package zoom

import (
	"crypto/subtle"
	"net/http"
	"net/url"
	"strings"
	"time"

	"parlor/internal/fake/stage"
)

// scopes are what the registered app was given on the Marketplace: the authorization request cannot change them.
const scopes = "user:read:user user:read:settings meeting:read:meeting meeting:write:meeting meeting:update:meeting meeting:delete:meeting"

const (
	tokenLife   = time.Hour
	refreshLife = 90 * 24 * time.Hour
)

// authorize shows the people, or sends the browser back when one was picked.
func (s *Server) authorize(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	q := r.Form
	switch {
	case q.Get("client_id") != s.opt.ClientID:
		show(w, http.StatusBadRequest, "problem.html", "Invalid client_id (4700).")
		return
	case !stage.MayReturnTo(q.Get("redirect_uri"), s.opt.Redirects):
		show(w, http.StatusBadRequest, "problem.html", "Invalid redirect: "+q.Get("redirect_uri")+" (4700).")
		return
	case q.Get("response_type") != "code":
		stage.SendBack(w, r, q, url.Values{"error": {"unsupported_response_type"}})
		return
	}
	person, known := s.find(q.Get("picked"))
	switch {
	case q.Get("deny") != "":
		stage.SendBack(w, r, q, url.Values{"error": {"access_denied"}})
	case known:
		code := s.grants.NewCode("", stage.Code{Email: person.Email, Redirect: q.Get("redirect_uri"), Challenge: q.Get("code_challenge")}, s.now())
		stage.SendBack(w, r, q, url.Values{"code": {code}})
	default:
		q.Del("picked")
		show(w, http.StatusOK, "picker.html", picker{s.People(), q})
	}
}

// token exchanges codes and refresh tokens. The client shows itself in the header; each refresh token works once.
func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	id, secret, basic := r.BasicAuth()
	if !basic || id != s.opt.ClientID || subtle.ConstantTimeCompare([]byte(secret), []byte(s.opt.ClientSecret)) != 1 {
		oauthError(w, r, http.StatusUnauthorized, "invalid_client", "Invalid client_id or client_secret")
		return
	}
	if err := r.ParseForm(); err != nil {
		oauthError(w, r, http.StatusBadRequest, "invalid_request", "unreadable form")
		return
	}
	switch r.PostForm.Get("grant_type") {
	case "authorization_code":
		form := r.PostForm
		c, problem := s.grants.TakeCode(form.Get("code"), form.Get("redirect_uri"), form.Get("code_verifier"), s.now())
		if problem != stage.CodeGood {
			oauthError(w, r, http.StatusBadRequest, "invalid_grant", "Invalid authorization code "+form.Get("code"))
			return
		}
		s.give(w, r, c.Email)
	case "refresh_token":
		t, ok := s.grants.Spend(r.PostForm.Get("refresh_token"), s.now())
		if !ok {
			oauthError(w, r, http.StatusBadRequest, "invalid_grant", "Invalid Token!")
			return
		}
		s.give(w, r, t.Email)
	default:
		oauthError(w, r, http.StatusBadRequest, "unsupported_grant_type", "unsupported grant type")
	}
}

func (s *Server) give(w http.ResponseWriter, r *http.Request, email string) {
	life := stage.Or(s.opt.TokenLife, tokenLife)
	refresh := s.grants.NewRefresh(stage.Grant{Email: email, Until: s.now().Add(stage.Or(s.opt.RefreshLife, refreshLife))})
	access := s.grants.NewAccess(stage.Grant{Email: email, Until: s.now().Add(life), Family: refresh})
	write(w, r, http.StatusOK, map[string]any{
		"access_token": access, "token_type": "bearer", "refresh_token": refresh, "expires_in": int(life.Seconds()), "scope": scopes,
	})
}

func (s *Server) revoke(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	if t, ok := s.grants.Find(r.Form.Get("token")); ok {
		s.grants.Revoke(t.Email)
	}
	write(w, r, http.StatusOK, map[string]string{"status": "success"})
}

func oauthError(w http.ResponseWriter, r *http.Request, status int, code, reason string) {
	r.Header.Set("Accept", "application/json")
	write(w, r, status, map[string]string{"error": code, "reason": strings.TrimSpace(reason)})
}
