package connect

import (
	"context"
	"fmt"
	"net/http"

	"golang.org/x/oauth2"

	"parlor/internal/parlor"
)

// plainConfig is the client at a service that speaks OAuth 2.0 alone. The client shows itself in the header, which every
// server must take (RFC 6749, section 2.3.1). Scopes are not asked for: the app's registration says which it has.
func plainConfig(o *parlor.OAuth) *oauth2.Config {
	return &oauth2.Config{
		ClientID: o.ClientID, ClientSecret: o.ClientSecret,
		Endpoint: oauth2.Endpoint{AuthURL: o.Plain.AuthURL, TokenURL: o.Plain.TokenURL, AuthStyle: oauth2.AuthStyleInHeader},
	}
}

// ask finds out whom a fresh token speaks of, where no id_token says it: the service is asked.
func (c *Connector) ask(ctx context.Context, s parlor.Service, token *oauth2.Token) (parlor.Identity, error) {
	bearing := &http.Client{Timeout: providerTimeout, Transport: fresh{s.API, token.AccessToken, c.wire}}
	who, err := s.OAuth.Plain.Who(ctx, bearing)
	if err != nil {
		return who, fmt.Errorf("ask %s whom the token speaks of: %w: %w", s.Kind, ErrProvider, err)
	}
	if who.Subject == "" {
		return who, fmt.Errorf("ask %s whom the token speaks of: %w: no subject", s.Kind, ErrProvider)
	}
	who.Kind = s.Kind
	return who, nil
}

// fresh sends a token that is not stored yet, to its service alone.
type fresh struct {
	api, access string
	wire        http.RoundTripper
}

// RoundTrip sends one request.
func (f fresh) RoundTrip(req *http.Request) (*http.Response, error) {
	if !sameHost(f.api, req.URL) {
		return nil, fmt.Errorf("refuse to send a token to %s", req.URL.Host)
	}
	out := req.Clone(req.Context())
	out.Header.Set("Authorization", "Bearer "+f.access)
	return f.wire.RoundTrip(out)
}

// connectOnly: nobody signs in with a service that is a room and no calendar.
func connectOnly(s parlor.Service) bool { return s.Rooms != nil && s.Calendar == nil }
