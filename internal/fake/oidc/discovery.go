package oidc

import (
	"encoding/json"
	"net/http"
)

// discovery answers OpenID Connect Discovery 1.0.
func (s *Server) discovery(w http.ResponseWriter, _ *http.Request) {
	base := s.Issuer()
	writeJSON(w, http.StatusOK, map[string]any{
		"issuer":                                base,
		"authorization_endpoint":                base + "/authorize",
		"token_endpoint":                        base + "/token",
		"userinfo_endpoint":                     base + "/userinfo",
		"jwks_uri":                              base + "/keys",
		"response_types_supported":              []string{"code"},
		"subject_types_supported":               []string{"public"},
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"scopes_supported":                      s.scopes(),
		"token_endpoint_auth_methods_supported": []string{"client_secret_basic"},
		"code_challenge_methods_supported":      []string{"S256"},
		"grant_types_supported":                 []string{"authorization_code"},
	})
}

func (s *Server) scopes() []string {
	known := []string{"openid", "email", "profile"}
	if _, groupless := s.modes(); !groupless {
		known = append(known, "groups")
	}
	return known
}

func (s *Server) certs(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, s.signer().Public())
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// oauthError sends an error of RFC 6749, section 5.2.
func oauthError(w http.ResponseWriter, status int, code string) {
	writeJSON(w, status, map[string]string{"error": code})
}
