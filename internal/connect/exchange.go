package connect

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"parlor/internal/parlor"
)

// exchange turns the code into a token and verifies who it speaks of: signature, issuer, audience, expiry and nonce of the
// id_token (OpenID Connect Core 1.0, section 3.1.3.7). Where there is none, the service is asked.
func (c *Connector) exchange(ctx context.Context, s parlor.Service, p pending, code string) (*oauth2.Token, parlor.Identity, error) {
	cfg, provider, err := c.oauth(ctx, s)
	if err != nil {
		return nil, parlor.Identity{}, err
	}
	cfg.RedirectURL = c.callback(p)
	token, err := cfg.Exchange(c.asClient(ctx), code, oauth2.VerifierOption(p.Verifier))
	if err != nil {
		return nil, parlor.Identity{}, fmt.Errorf("exchange code: %w: %w", ErrProvider, plain(err))
	}
	if s.OAuth.Plain != nil {
		who, err := c.ask(ctx, s, token)
		return c.dated(token), who, err
	}
	raw, _ := token.Extra("id_token").(string)
	claims, err := c.verify(ctx, s, provider, raw, p.Nonce)
	if err != nil {
		return nil, parlor.Identity{}, fmt.Errorf("verify id_token: %w: %w", ErrProvider, err)
	}
	if err := c.complete(ctx, s, provider, token, claims); err != nil {
		return nil, parlor.Identity{}, fmt.Errorf("read userinfo: %w: %w", ErrProvider, err)
	}
	who, err := identity(s, claims)
	return c.dated(token), who, err
}

// verify returns what an id_token claims, once its signature, issuer, audience, expiry and nonce are in order.
func (c *Connector) verify(ctx context.Context, s parlor.Service, provider *oidc.Provider, raw, nonce string) (map[string]any, error) {
	about := c.providers[s.Kind]
	checks := &oidc.Config{ClientID: s.OAuth.ClientID, Now: c.now, SkipIssuerCheck: about.template != ""}
	checked, err := provider.Verifier(checks).Verify(ctx, raw)
	if err != nil {
		return nil, err
	}
	var claims map[string]any
	if err := checked.Claims(&claims); err != nil {
		return nil, err
	}
	if about.template != "" {
		if err := about.checkIssuer(ctx, raw, checked.Issuer, claims); err != nil {
			return nil, err
		}
	}
	if subtle.ConstantTimeCompare([]byte(checked.Nonce), []byte(nonce)) != 1 {
		return nil, errors.New("nonce differs")
	}
	return claims, nil
}

// identity reads who an id_token speaks of.
func identity(s parlor.Service, claims map[string]any) (parlor.Identity, error) {
	read := s.OAuth.Identify
	if read == nil {
		read = standard
	}
	who, err := read(claims)
	if err != nil {
		return parlor.Identity{}, fmt.Errorf("read id_token: %w: %w", ErrProvider, err)
	}
	if who.Subject == "" {
		return parlor.Identity{}, fmt.Errorf("read id_token: %w: no subject", ErrProvider)
	}
	who.Kind = s.Kind
	if who.Name == "" {
		who.Name, _, _ = strings.Cut(who.Email, "@")
	}
	return who, nil
}

// standard reads the claims of OpenID Connect Core 1.0, section 5.1. Some providers send email_verified as a text.
func standard(claims map[string]any) (parlor.Identity, error) {
	text := func(name string) string {
		value, _ := claims[name].(string)
		return value
	}
	return parlor.Identity{
		Subject: text("sub"), Tenant: text("tid"), Email: text("email"), Name: text("name"),
		EmailVerified: claims["email_verified"] == true || text("email_verified") == "true",
	}, nil
}

// dated states the expiry by our own clock.
func (c *Connector) dated(t *oauth2.Token) *oauth2.Token {
	if t.ExpiresIn > 0 {
		t.Expiry = c.now().Add(time.Duration(t.ExpiresIn) * time.Second)
	}
	return t
}

// missing lists the scopes of a service's calendar that were not granted. A reply without scope grants what was asked (RFC
// 6749, section 5.1). Entra names a scope of Graph with or without Graph's address before it, in any case
// (https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow#successful-response-1).
func missing(s parlor.Service, token *oauth2.Token) []string {
	text, _ := token.Extra("scope").(string)
	if text == "" {
		return nil
	}
	resource := ""
	if u, err := url.Parse(s.API); err == nil {
		resource = u.Scheme + "://" + u.Host + "/"
	}
	short := func(scope string) string { return strings.ToLower(strings.TrimPrefix(scope, resource)) }
	granted := map[string]bool{}
	for scope := range strings.FieldsSeq(text) {
		granted[short(scope)] = true
	}
	var out []string
	for _, scope := range s.OAuth.Calendar {
		if !granted[short(scope)] {
			out = append(out, scope)
		}
	}
	return out
}

// plain keeps of a token endpoint's refusal the code alone, and not the body, which nobody checked for secrets.
func plain(err error) error {
	refused, ok := errors.AsType[*oauth2.RetrieveError](err)
	if !ok {
		return err
	}
	status := 0
	if refused.Response != nil {
		status = refused.Response.StatusCode
	}
	return fmt.Errorf("token endpoint answered %d %.60q", status, refused.ErrorCode)
}
