package oidc

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"time"

	"parlor/internal/fake/stage"
)

const tokenLife = 5 * time.Minute

// token turns a code into tokens, once (OpenID Connect Core 1.0, section 3.1.3).
func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	switch err := r.ParseForm(); {
	case err != nil || r.URL.RawQuery != "":
		oauthError(w, http.StatusBadRequest, "invalid_request")
		return
	case !s.knowsClient(r):
		w.Header().Set("WWW-Authenticate", `Basic realm="example"`)
		oauthError(w, http.StatusUnauthorized, "invalid_client")
		return
	case r.PostForm.Get("grant_type") != "authorization_code":
		oauthError(w, http.StatusBadRequest, "unsupported_grant_type")
		return
	}
	form := r.PostForm
	c, problem := s.grants.TakeCode(form.Get("code"), form.Get("redirect_uri"), form.Get("code_verifier"), s.Now())
	person, known := s.person(c.Email)
	if problem != stage.CodeGood || !known {
		oauthError(w, http.StatusBadRequest, "invalid_grant")
		return
	}
	access := s.grants.NewAccess(stage.Grant{Email: c.Email, Scopes: c.Scopes, Until: s.Now().Add(tokenLife)})
	id, err := s.idToken(person, c, access)
	if err != nil {
		oauthError(w, http.StatusInternalServerError, "server_error")
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"access_token": access, "token_type": "Bearer", "expires_in": int(tokenLife.Seconds()), "id_token": id,
	})
}

// knowsClient reads the secret from the header alone, where both parts are form-encoded (RFC 6749, section 2.3.1).
func (s *Server) knowsClient(r *http.Request) bool {
	id, secret, basic := r.BasicAuth()
	id, errID := url.QueryUnescape(id)
	secret, errSecret := url.QueryUnescape(secret)
	return basic && errID == nil && errSecret == nil && id == s.opt.ClientID &&
		subtle.ConstantTimeCompare([]byte(secret), []byte(s.opt.ClientSecret)) == 1
}

func (s *Server) idToken(p Person, c stage.Code, access string) (string, error) {
	claims := map[string]any{"sub": subject(p.Email)}
	if bare, _ := s.modes(); !bare {
		claims = about(p, c.Scopes)
	}
	half := sha256.Sum256([]byte(access))
	claims["iss"], claims["aud"], claims["nonce"] = s.Issuer(), s.opt.ClientID, c.Nonce
	claims["iat"], claims["exp"] = s.Now().Unix(), s.Now().Add(tokenLife).Unix()
	claims["at_hash"] = base64.RawURLEncoding.EncodeToString(half[:16])
	return s.signer().Sign(claims)
}

// userinfo answers OpenID Connect Core 1.0, section 5.3.
func (s *Server) userinfo(w http.ResponseWriter, r *http.Request) {
	grant, ok := s.grants.Bearer(r, s.Now())
	person, known := s.person(grant.Email)
	if !ok || !known {
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		oauthError(w, http.StatusUnauthorized, "invalid_token")
		return
	}
	writeJSON(w, http.StatusOK, about(person, grant.Scopes))
}

// about is what the scopes open of a person. Providers that do not know the scope "groups" have a mapper for the claim.
func about(p Person, scopes []string) map[string]any {
	claims := map[string]any{"sub": subject(p.Email)}
	if slices.Contains(scopes, "email") && p.Email != "" {
		claims["email"] = p.Email
		if p.Verified != nil {
			claims["email_verified"] = *p.Verified
		}
	}
	if slices.Contains(scopes, "profile") {
		claims["name"] = p.Name
	}
	if p.Groups != nil {
		claims["groups"] = p.Groups
	}
	return claims
}

// subject is a person's stable id.
func subject(email string) string {
	sum := sha256.Sum256([]byte(email))
	return hex.EncodeToString(sum[:16])
}
