package connect_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

const calendarScope = "https://calendar.example/events"

var signingKey = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

// provider is an OpenID provider and a calendar service in one: what a test sets, it answers.
type provider struct {
	*httptest.Server
	t      *testing.T
	now    func() time.Time
	mu     sync.Mutex
	claims map[string]any    // of the next id_token; replaces the defaults
	scope  string            // of token replies; "" leaves it out
	give   string            // refresh token of the code exchange; "" gives none
	refuse func() (int, any) // answer to refreshes instead of a token
	down   bool              // discovery answers 503
	dead   map[string]bool   // access tokens that the service refuses
	asked  url.Values        // of the last authorization request

	template  string // in the place of the tenant in the issuer that several tenants are told
	limit     string // the issuer that the key may sign for, as Entra says it; "" says nothing
	rotate    bool   // each refresh gives a new refresh token and ends the one before
	hold      func() // waits before each call of the service is answered
	challenge string // WWW-Authenticate of refusals

	exchanges, refreshes, calls int
	bodies                      []string
}

func newProvider(t *testing.T, now func() time.Time) *provider {
	p := &provider{t: t, now: now, template: "{tenantid}", scope: "openid email profile " + calendarScope, give: "rt-1", dead: map[string]bool{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discovery)
	mux.HandleFunc("GET /entra/{tenant}/v2.0/.well-known/openid-configuration", p.tenantDiscovery)
	mux.HandleFunc("GET /jwks", p.keys)
	mux.HandleFunc("POST /token", p.token)
	mux.HandleFunc("/calendar/", p.calendar)
	mux.HandleFunc("/away", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://127.0.0.1:1/steal", http.StatusFound)
	})
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func (p *provider) discovery(w http.ResponseWriter, _ *http.Request) {
	if p.down {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	p.describe(w, p.URL)
}

// tenantDiscovery is Entra's: the document for several organisations states a template where the issuer should be.
func (p *provider) tenantDiscovery(w http.ResponseWriter, r *http.Request) {
	tenant := r.PathValue("tenant")
	if tenant == "organizations" {
		tenant = p.template
	}
	p.describe(w, p.URL+"/entra/"+tenant+"/v2.0")
}

func (p *provider) describe(w http.ResponseWriter, issuer string) {
	reply(w, http.StatusOK, map[string]any{
		"issuer": issuer, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/jwks",
		"id_token_signing_alg_values_supported": []string{"RS256"}, "token_endpoint_auth_methods_supported": []string{"client_secret_post"},
	})
}

func (p *provider) keys(w http.ResponseWriter, _ *http.Request) {
	text, err := jose.JSONWebKey{Key: p.key().Public(), KeyID: "k", Algorithm: "RS256", Use: "sig"}.MarshalJSON()
	if err != nil {
		p.t.Error(err)
	}
	key := map[string]any{}
	if err := json.Unmarshal(text, &key); err != nil {
		p.t.Error(err)
	}
	if p.limit != "" {
		key["issuer"] = p.limit
	}
	reply(w, http.StatusOK, map[string]any{"keys": []any{key}})
}

func (p *provider) key() *rsa.PrivateKey {
	key, err := signingKey()
	if err != nil {
		p.t.Fatal(err)
	}
	return key
}

// authorize is the person at the provider: they agree, and the browser is sent back with this query.
func (p *provider) authorize(address string) url.Values {
	p.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		p.t.Fatal(err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = u.Query()
	return url.Values{"state": {p.asked.Get("state")}, "code": {"the-code"}}
}

func (p *provider) token(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r.PostFormValue("client_id") != "client" || r.PostFormValue("client_secret") != "hush" {
		reply(w, http.StatusUnauthorized, map[string]string{"error": "invalid_client"})
		return
	}
	switch r.PostFormValue("grant_type") {
	case "authorization_code":
		p.exchange(w, r)
	case "refresh_token":
		p.refresh(w, r)
	}
}

func (p *provider) exchange(w http.ResponseWriter, r *http.Request) {
	p.exchanges++
	challenge := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if base64.RawURLEncoding.EncodeToString(challenge[:]) != p.asked.Get("code_challenge") ||
		r.PostFormValue("redirect_uri") != p.asked.Get("redirect_uri") || r.PostFormValue("code") != "the-code" {
		reply(w, http.StatusBadRequest, map[string]string{"error": "invalid_grant"})
		return
	}
	out := map[string]any{"access_token": "at-0", "token_type": "Bearer", "expires_in": 3600, "id_token": p.idToken()}
	if p.scope != "" {
		out["scope"] = p.scope
	}
	if p.give != "" {
		out["refresh_token"] = p.give
	}
	reply(w, http.StatusOK, out)
}

func (p *provider) refresh(w http.ResponseWriter, r *http.Request) {
	p.refreshes++
	if p.refuse != nil {
		status, body := p.refuse()
		reply(w, status, body)
		return
	}
	if r.PostFormValue("refresh_token") != p.give {
		reply(w, http.StatusBadRequest, map[string]string{"error": "invalid_grant"})
		return
	}
	out := map[string]any{"access_token": fmt.Sprint("at-", p.refreshes), "token_type": "Bearer", "expires_in": 3600}
	if p.rotate {
		p.give = fmt.Sprint("rt-", p.refreshes+1)
		out["refresh_token"] = p.give
	}
	reply(w, http.StatusOK, out)
}

func (p *provider) idToken() string {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: p.key(), KeyID: "k"}}, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	claims := map[string]any{
		"iss": p.URL, "aud": "client", "sub": "sub-ada", "nonce": p.asked.Get("nonce"), "iat": p.now().Unix(),
		"exp": p.now().Add(time.Hour).Unix(), "email": "ada@example.com", "email_verified": true, "name": "Ada Lovelace",
	}
	maps.Copy(claims, p.claims)
	text, err := jwt.Signed(signer).Claims(claims).Serialize()
	if err != nil {
		p.t.Fatal(err)
	}
	return text
}

// calendar answers every call that carries a token it did not refuse.
func (p *provider) calendar(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	if p.hold != nil {
		p.hold()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls++
	p.bodies = append(p.bodies, string(body))
	access := r.Header.Get("Authorization")
	if access == "" || p.dead[access] || p.dead["*"] {
		if p.challenge != "" {
			w.Header().Set("WWW-Authenticate", p.challenge)
		}
		reply(w, http.StatusUnauthorized, map[string]string{"error": "authError"})
		return
	}
	reply(w, http.StatusOK, map[string]string{"token": access})
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
