package google

import (
	"net/http"
)

// refresh gives a new access token; the refresh token stays the same and is not sent again.
func (s *Server) refresh(w http.ResponseWriter, r *http.Request) {
	token := r.PostForm.Get("refresh_token")
	t, ok := s.grants.redeem(token, s.now())
	person, known := s.world.Person(t.email)
	if !ok || !known {
		oauthError(w, http.StatusBadRequest, "invalid_grant", "Token has been expired or revoked.")
		return
	}
	access := s.grants.newAccess(grant{t.email, t.scopes, s.now().Add(s.tokenLife()), token})
	id, err := s.idToken(person, t.scopes, "", access)
	if err != nil {
		oauthError(w, http.StatusInternalServerError, "internal_failure", err.Error())
		return
	}
	s.writeToken(w, map[string]any{"id_token": id}, access, t.scopes)
}

// revoke takes back a token (RFC 7009). Like Google it takes back everything the person allowed the client.
func (s *Server) revoke(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	token := r.Form.Get("token")
	s.grants.mu.Lock()
	t, ok := s.grants.refresh[token]
	if !ok {
		t, ok = s.grants.access[token]
	}
	s.grants.mu.Unlock()
	if !ok {
		oauthError(w, http.StatusBadRequest, "invalid_token", "Token expired or revoked")
		return
	}
	s.grants.revoke(t.email)
	writeJSON(w, http.StatusOK, map[string]any{})
}
