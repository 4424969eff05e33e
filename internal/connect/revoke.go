package connect

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/oauth2"

	"parlor/internal/parlor"
)

// Revoke has a service forget what it granted to an account, where it offers that (RFC 7009), and drops the token. A token
// that is no longer good is no error. ErrProvider: the service could not be asked, and the token is still there.
func (c *Connector) Revoke(ctx context.Context, id parlor.AccountID, k parlor.Kind) error {
	if _, err := c.passwordService(k); err == nil { // there is nobody to tell
		return c.Drop(ctx, id, k)
	}
	token, err := c.st.Token(ctx, id, k)
	if errors.Is(err, parlor.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	token, err = c.revocable(ctx, id, k, token)
	if errors.Is(err, parlor.ErrRevoked) {
		return c.Drop(ctx, id, k)
	}
	if err != nil {
		return fmt.Errorf("revoke token of %s: %w", k, err)
	}
	if err := c.revoke(ctx, k, token); err != nil {
		return fmt.Errorf("revoke token of %s: %w", k, err)
	}
	return c.Drop(ctx, id, k)
}

// Drop forgets the token of a service without asking anybody.
func (c *Connector) Drop(ctx context.Context, id parlor.AccountID, k parlor.Kind) error {
	return c.st.DropToken(ctx, id, k)
}

func (c *Connector) revoke(ctx context.Context, k parlor.Kind, token *oauth2.Token) error {
	s, err := c.service(k)
	if errors.Is(err, parlor.ErrNotFound) || err == nil && s.OAuth == nil {
		return nil // it is not configured any more
	}
	if err != nil {
		return err
	}
	cfg, _, err := c.oauth(ctx, s)
	if err != nil {
		return err
	}
	at := c.revocationAt(s)
	if at == "" {
		return nil
	}
	if s.OAuth.Plain != nil {
		token = &oauth2.Token{AccessToken: token.AccessToken}
	}
	req, err := revocation(ctx, cfg, at, token)
	if err != nil {
		return err
	}
	return c.send(req)
}

// revocationAt is where a service takes tokens back, "" where it does not.
func (c *Connector) revocationAt(s parlor.Service) string {
	if s.OAuth.Plain != nil {
		return s.OAuth.Plain.RevokeURL
	}
	return c.providers[s.Kind].revoke
}

// revocable is the token to be taken back: a live one where the service takes access tokens alone.
func (c *Connector) revocable(ctx context.Context, id parlor.AccountID, k parlor.Kind, token *oauth2.Token) (*oauth2.Token, error) {
	s, err := c.service(k)
	if err != nil || s.OAuth == nil || s.OAuth.Plain == nil || c.fresh(token) {
		return token, nil //nolint:nilerr // a service that is not configured any more is told nothing
	}
	return c.token(ctx, id, s)
}

// revocation asks for the end of a grant (RFC 7009, section 2.1).
func revocation(ctx context.Context, cfg *oauth2.Config, at string, token *oauth2.Token) (*http.Request, error) {
	form := url.Values{"token": {token.RefreshToken}, "token_type_hint": {"refresh_token"}}
	if token.RefreshToken == "" {
		form = url.Values{"token": {token.AccessToken}, "token_type_hint": {"access_token"}}
	}
	if cfg.Endpoint.AuthStyle == oauth2.AuthStyleInParams {
		form.Set("client_id", cfg.ClientID)
		form.Set("client_secret", cfg.ClientSecret)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, at, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if cfg.Endpoint.AuthStyle == oauth2.AuthStyleInHeader {
		req.SetBasicAuth(url.QueryEscape(cfg.ClientID), url.QueryEscape(cfg.ClientSecret))
	}
	return req, nil
}

// send sends a request and takes every answer for good that will be the same the next time.
func (c *Connector) send(req *http.Request) error {
	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrProvider, err)
	}
	defer discard(resp)
	if resp.StatusCode >= http.StatusInternalServerError || resp.StatusCode == http.StatusTooManyRequests {
		return fmt.Errorf("%w: it answered %d", ErrProvider, resp.StatusCode)
	}
	return nil
}
