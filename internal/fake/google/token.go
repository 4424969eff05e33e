package google

import (
	"crypto/subtle"
	"net/http"

	"parlor/internal/fake/stage"
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
	form := r.PostForm
	c, problem := s.grants.TakeCode(form.Get("code"), form.Get("redirect_uri"), form.Get("code_verifier"), s.now())
	person, known := s.world.Person(c.Email)
	if problem != stage.CodeGood || !known {
		oauthError(w, http.StatusBadRequest, "invalid_grant", codeProblem(problem))
		return
	}
	body := map[string]any{}
	t := stage.Grant{Email: c.Email, Scopes: c.Scopes, Until: s.now().Add(s.tokenLife())}
	if c.Offline {
		t.Family = s.grants.NewRefresh(stage.Grant{Email: c.Email, Scopes: c.Scopes, Until: s.refreshUntil()})
		body["refresh_token"] = t.Family
		s.grants.RememberFamily(form.Get("code"), t.Family)
	}
	access := s.grants.NewAccess(t)
	id, err := s.idToken(person, c.Scopes, c.Nonce, access)
	if err != nil {
		oauthError(w, http.StatusInternalServerError, "internal_failure", err.Error())
		return
	}
	body["id_token"] = id
	s.writeToken(w, body, access, c.Scopes)
}

func (s *Server) writeToken(w http.ResponseWriter, body map[string]any, access string, scopes scopeSet) {
	body["access_token"], body["token_type"] = access, "Bearer"
	body["expires_in"], body["scope"] = int(s.tokenLife().Seconds()), scopes.String()
	w.Header().Set("Pragma", "no-cache")
	writeJSON(w, http.StatusOK, body)
}

// codeProblem says in Google's words why a code gives nothing.
func codeProblem(p stage.CodeProblem) string {
	switch p {
	case stage.CodeOtherRedirect:
		return "redirect_uri does not match the authorization request"
	case stage.CodeOtherVerifier:
		return "Invalid code verifier."
	default:
		return "Bad Request"
	}
}
