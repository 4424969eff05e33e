package graph

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

func (s *Server) signInRoutes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{tenant}/v2.0/.well-known/openid-configuration", s.discovery)
	mux.HandleFunc("GET /{tenant}/discovery/v2.0/keys", s.certs)
	mux.HandleFunc("GET /{tenant}/oauth2/v2.0/authorize", s.authorize)
	mux.HandleFunc("POST /{tenant}/oauth2/v2.0/authorize", s.authorize)
	mux.HandleFunc("POST /{tenant}/oauth2/v2.0/token", s.token)
	return mux
}

// anyTenant tells whether a tenant in an address stands for several directories.
func anyTenant(tenant string) bool { return tenant == "organizations" || tenant == "common" }

// tenantOf is the directory somebody belongs to.
func (s *Server) tenantOf(p calendar.Person) string { return stage.Or(p.Tenant, s.opt.Tenant) }

// knowsTenant tells whether a tenant in an address exists.
func (s *Server) knowsTenant(tenant string) bool {
	if anyTenant(tenant) || tenant == s.opt.Tenant {
		return true
	}
	for _, p := range s.world.People() {
		if p.Tenant == tenant {
			return true
		}
	}
	return false
}

// discovery answers OpenID Connect Discovery 1.0. For several directories the issuer is a template, as Entra's is.
func (s *Server) discovery(w http.ResponseWriter, r *http.Request) {
	tenant := r.PathValue("tenant")
	if !s.knowsTenant(tenant) {
		s.entraError(w, http.StatusBadRequest, "AADSTS90002")
		return
	}
	base := s.Origin() + "/" + tenant
	issuer := base
	if anyTenant(tenant) {
		issuer = s.Origin() + "/{tenantid}"
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"issuer":                                issuer + "/v2.0",
		"authorization_endpoint":                base + "/oauth2/v2.0/authorize",
		"token_endpoint":                        base + "/oauth2/v2.0/token",
		"end_session_endpoint":                  base + "/oauth2/v2.0/logout",
		"jwks_uri":                              base + "/discovery/v2.0/keys",
		"userinfo_endpoint":                     s.Origin() + "/oidc/userinfo",
		"response_types_supported":              []string{"code", "id_token", "code id_token", "id_token token"},
		"response_modes_supported":              []string{"query", "fragment", "form_post"},
		"subject_types_supported":               []string{"pairwise"},
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"scopes_supported":                      []string{"openid", "profile", "email", "offline_access"},
		"token_endpoint_auth_methods_supported": []string{"client_secret_post", "private_key_jwt", "client_secret_basic", "self_signed_tls_client_auth"},
		"claims_supported":                      []string{"sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "ver", "at_hash", "c_hash", "email"},
	})
}

func (s *Server) certs(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "max-age=86400, private")
	_ = json.NewEncoder(w).Encode(s.keys.Public())
}

// SetClaims lays claims over a person's id tokens; nil takes a claim out. Entra lets administrators write any e-mail address.
func (s *Server) SetClaims(email string, claims map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.claims[email] = claims
}

// idToken is the id token of a person for the client (version 2.0), valid for an hour.
func (s *Server) idToken(p calendar.Person, scopes []string, nonce string) (string, error) {
	now, tenant := s.now(), s.tenantOf(p)
	claims := map[string]any{
		"ver": "2.0", "iss": s.Origin() + "/" + tenant + "/v2.0", "aud": s.opt.ClientID,
		"sub": strings.TrimRight(base64.RawURLEncoding.EncodeToString(hashOf(p.Email+s.opt.ClientID)), "="),
		"iat": now.Unix(), "nbf": now.Unix(), "exp": now.Unix() + 3600, "tid": tenant, "uti": guidOf(now.String()), "rh": "0.A",
	}
	if holds(scopes, "profile") {
		claims["name"], claims["preferred_username"], claims["oid"] = p.Name, p.Email, guidOf(p.Email)
	}
	if holds(scopes, "email") && !p.Unverified {
		claims["email"] = p.Email
	}
	if nonce != "" {
		claims["nonce"] = nonce
	}
	s.mu.Lock()
	for k, v := range s.claims[p.Email] {
		claims[k] = v
		if v == nil {
			delete(claims, k)
		}
	}
	s.mu.Unlock()
	return s.keys.Sign(claims)
}

// challenge is the header of a continuous access evaluation challenge.
func (s *Server) challenge() string {
	claims := fmt.Sprintf(`{"access_token":{"nbf":{"essential":true,"value":"%d"}}}`, s.now().Unix())
	return fmt.Sprintf(`Bearer realm="", authorization_uri=%q, client_id=%q, error="insufficient_claims", claims=%q`,
		s.Origin()+"/common/oauth2/v2.0/authorize", graphApp, base64.StdEncoding.EncodeToString([]byte(claims)))
}
