package connect

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"parlor/internal/parlor"
)

// provider is an identity provider, discovered when first needed (OpenID Connect Discovery 1.0).
type provider struct {
	issuer   string // its discovery document is below it
	template string // with several tenants, the issuer that the document states, {tenantid} in the place of the id
	http     *http.Client

	mu      sync.Mutex
	oidc    *oidc.Provider
	style   oauth2.AuthStyle
	scopes  []string // that it says it knows
	keysURL string
	revoke  string            // where tokens are revoked (RFC 7009), "" where they cannot be
	limits  map[string]string // with several tenants: id of a key -> the issuer it may sign for
}

func newProvider(o *parlor.OAuth, client *http.Client) *provider {
	p := &provider{issuer: o.Issuer, http: client}
	switch len(o.Tenants) {
	case 0:
	case 1:
		p.issuer = inTenant(o.Issuer, strings.ToLower(o.Tenants[0]))
	default:
		p.issuer, p.template = inTenant(o.Issuer, anyTenant), inTenant(o.Issuer, tenantID)
	}
	return p
}

// discover returns what the provider says of itself. A failure is not remembered: the next sign-in asks again.
func (p *provider) discover(ctx context.Context) (*oidc.Provider, oauth2.AuthStyle, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.oidc != nil {
		return p.oidc, p.style, nil
	}
	ctx = oidc.ClientContext(ctx, p.http)
	if p.template != "" {
		ctx = oidc.InsecureIssuerURLContext(ctx, p.template) // says is compared below instead
	}
	found, err := oidc.NewProvider(ctx, p.issuer)
	if err != nil {
		return nil, 0, fmt.Errorf("discover %s: %w: %w", p.issuer, ErrProvider, err)
	}
	var says struct {
		Issuer  string   `json:"issuer"`
		Keys    string   `json:"jwks_uri"`
		Methods []string `json:"token_endpoint_auth_methods_supported"`
		Scopes  []string `json:"scopes_supported"`
		Revoke  string   `json:"revocation_endpoint"` // RFC 8414, section 2
	}
	if err := found.Claims(&says); err != nil {
		return nil, 0, fmt.Errorf("discover %s: %w: %w", p.issuer, ErrProvider, err)
	}
	if p.template != "" && says.Issuer != p.template {
		return nil, 0, fmt.Errorf("discover %s: %w: it calls itself %.100q", p.issuer, ErrProvider, says.Issuer)
	}
	p.revoke = says.Revoke
	p.oidc, p.keysURL, p.scopes, p.style = found, says.Keys, says.Scopes, oauth2.AuthStyleInHeader // the default of section 3
	if slices.Contains(says.Methods, "client_secret_post") {
		p.style = oauth2.AuthStyleInParams
	}
	return p.oidc, p.style, nil
}

// oauth returns the client configuration at a service, and its provider.
func (c *Connector) oauth(ctx context.Context, s parlor.Service) (*oauth2.Config, *oidc.Provider, error) {
	if s.OAuth != nil && s.OAuth.Plain != nil {
		return plainConfig(s.OAuth), nil, nil
	}
	p, ok := c.providers[s.Kind]
	if !ok {
		return nil, nil, fmt.Errorf("sign in with %s: %w", s.Kind, parlor.ErrNotFound)
	}
	found, style, err := p.discover(ctx)
	if err != nil {
		return nil, nil, err
	}
	endpoint := found.Endpoint()
	endpoint.AuthStyle = style
	return &oauth2.Config{
		ClientID: s.OAuth.ClientID, ClientSecret: s.OAuth.ClientSecret, Endpoint: endpoint,
		Scopes: slices.Concat(s.OAuth.SignIn, s.OAuth.Calendar, p.offered(s.OAuth.Offered)),
	}, found, nil
}

// offered are those of the scopes that the provider says it knows; it must have been discovered.
func (p *provider) offered(scopes []string) []string {
	return slices.DeleteFunc(slices.Clone(scopes), func(scope string) bool { return !slices.Contains(p.scopes, scope) })
}

// asClient makes x/oauth2 use our HTTP client, with its timeout.
func (c *Connector) asClient(ctx context.Context) context.Context {
	return context.WithValue(ctx, oauth2.HTTPClient, c.http)
}
