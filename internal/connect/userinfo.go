package connect

import (
	"context"
	"errors"
	"fmt"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"parlor/internal/parlor"
)

// complete adds to the claims of an id_token what only the userinfo endpoint tells (OpenID Connect Core 1.0, section 5.3):
// Zitadel leaves address and name out of the id_token unless told otherwise, others the groups. What the id_token says stands.
// A provider whose endpoint fails has failed: somebody without their groups may be let do what their group may not.
func (c *Connector) complete(ctx context.Context, s parlor.Service, provider *oidc.Provider, token *oauth2.Token, claims map[string]any) error {
	if !s.OAuth.UserInfo || provider.UserInfoEndpoint() == "" || has(claims, "email", "email_verified", "name", groupsClaim) {
		return nil
	}
	info, err := provider.UserInfo(oidc.ClientContext(ctx, c.http), oauth2.StaticTokenSource(token))
	if err != nil {
		return err
	}
	if info.Subject != claims["sub"] {
		return errors.New("it speaks of somebody else") // section 5.3.2
	}
	var more map[string]any
	if err := info.Claims(&more); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	if !has(claims, "email", "email_verified") { // the one is said of the other
		delete(claims, "email")
		delete(claims, "email_verified")
	}
	for name, value := range more {
		if !has(claims, name) {
			claims[name] = value
		}
	}
	return nil
}

// has says whether all of these claims are there.
func has(claims map[string]any, names ...string) bool {
	for _, name := range names {
		if claims[name] == nil {
			return false
		}
	}
	return true
}
