package connect

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"parlor/internal/parlor"
)

// exchange turns the code into a token and verifies who it speaks of: signature, issuer, audience, expiry and nonce of the
// id_token (OpenID Connect Core 1.0, section 3.1.3.7).
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
	raw, _ := token.Extra("id_token").(string)
	checked, err := provider.Verifier(&oidc.Config{ClientID: cfg.ClientID, Now: c.now}).Verify(ctx, raw)
	if err != nil {
		return nil, parlor.Identity{}, fmt.Errorf("verify id_token: %w: %w", ErrProvider, err)
	}
	if subtle.ConstantTimeCompare([]byte(checked.Nonce), []byte(p.Nonce)) != 1 {
		return nil, parlor.Identity{}, fmt.Errorf("verify id_token: %w: nonce differs", ErrProvider)
	}
	who, err := identity(s.Kind, checked)
	return c.dated(token), who, err
}

func identity(k parlor.Kind, checked *oidc.IDToken) (parlor.Identity, error) {
	var claims struct {
		Email    string `json:"email"`
		Verified any    `json:"email_verified"` // some providers send it as a text
		Name     string `json:"name"`
	}
	if err := checked.Claims(&claims); err != nil {
		return parlor.Identity{}, fmt.Errorf("read id_token: %w: %w", ErrProvider, err)
	}
	if checked.Subject == "" {
		return parlor.Identity{}, fmt.Errorf("read id_token: %w: no subject", ErrProvider)
	}
	who := parlor.Identity{
		Kind: k, Subject: checked.Subject, Email: claims.Email, Name: claims.Name,
		EmailVerified: claims.Verified == true || claims.Verified == "true",
	}
	if who.Name == "" {
		who.Name, _, _ = strings.Cut(who.Email, "@")
	}
	return who, nil
}

// dated states the expiry by our own clock.
func (c *Connector) dated(t *oauth2.Token) *oauth2.Token {
	if t.ExpiresIn > 0 {
		t.Expiry = c.now().Add(time.Duration(t.ExpiresIn) * time.Second)
	}
	return t
}

// missing lists the asked scopes that were not granted. A reply without scope grants what was asked (RFC 6749, section 5.1).
func missing(asked []string, token *oauth2.Token) []string {
	text, _ := token.Extra("scope").(string)
	if text == "" {
		return nil
	}
	granted := strings.Fields(text)
	var out []string
	for _, scope := range asked {
		if !slices.Contains(granted, scope) {
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
