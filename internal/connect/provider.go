package connect

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"parlor/internal/parlor"
)

// provider is an identity provider, discovered when first needed (OpenID Connect Discovery 1.0).
type provider struct {
	issuer string
	http   *http.Client

	mu    sync.Mutex
	oidc  *oidc.Provider
	style oauth2.AuthStyle
}

// discover returns what the provider says of itself. A failure is not remembered: the next sign-in asks again.
func (p *provider) discover(ctx context.Context) (*oidc.Provider, oauth2.AuthStyle, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.oidc != nil {
		return p.oidc, p.style, nil
	}
	found, err := oidc.NewProvider(oidc.ClientContext(ctx, p.http), p.issuer)
	if err != nil {
		return nil, 0, fmt.Errorf("discover %s: %w: %w", p.issuer, ErrProvider, err)
	}
	var says struct {
		Methods []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := found.Claims(&says); err != nil {
		return nil, 0, fmt.Errorf("discover %s: %w: %w", p.issuer, ErrProvider, err)
	}
	p.oidc, p.style = found, oauth2.AuthStyleInHeader // the default of section 3
	if slices.Contains(says.Methods, "client_secret_post") {
		p.style = oauth2.AuthStyleInParams
	}
	return p.oidc, p.style, nil
}

// oauth returns the client configuration at a service, and its provider.
func (c *Connector) oauth(ctx context.Context, s parlor.Service) (*oauth2.Config, *oidc.Provider, error) {
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
		Scopes: slices.Concat(s.OAuth.SignIn, s.OAuth.Calendar),
	}, found, nil
}

// asClient makes x/oauth2 use our HTTP client, with its timeout.
func (c *Connector) asClient(ctx context.Context) context.Context {
	return context.WithValue(ctx, oauth2.HTTPClient, c.http)
}
