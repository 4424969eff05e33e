package google

import (
	"net/http"

	"parlor/internal/fake/stage"
)

// refresh gives a new access token; the refresh token stays the same and is not sent again.
func (s *Server) refresh(w http.ResponseWriter, r *http.Request) {
	token := r.PostForm.Get("refresh_token")
	t, ok := s.grants.Redeem(token, s.now())
	person, known := s.world.Person(t.Email)
	if !ok || !known {
		oauthError(w, http.StatusBadRequest, "invalid_grant", "Token has been expired or revoked.")
		return
	}
	access := s.grants.NewAccess(stage.Grant{Email: t.Email, Scopes: t.Scopes, Until: s.now().Add(s.tokenLife()), Family: token})
	id, err := s.idToken(person, t.Scopes, "", access)
	if err != nil {
		oauthError(w, http.StatusInternalServerError, "internal_failure", err.Error())
		return
	}
	s.writeToken(w, map[string]any{"id_token": id}, access, t.Scopes)
}

// revoke takes back a token (RFC 7009). Like Google it takes back everything the person allowed the client.
func (s *Server) revoke(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	t, ok := s.grants.Find(r.Form.Get("token"))
	if !ok {
		oauthError(w, http.StatusBadRequest, "invalid_token", "Token expired or revoked")
		return
	}
	s.grants.Revoke(t.Email)
	writeJSON(w, http.StatusOK, map[string]any{})
}
