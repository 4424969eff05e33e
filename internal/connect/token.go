package connect

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/oauth2"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

const (
	tokenMargin = time.Minute           // a token that ends sooner is renewed first
	leaseLife   = 20 * time.Second      // more than providerTimeout, and renewed besides
	leasePause  = 20 * time.Millisecond // between looks at what the holder of the lease is doing
	writeLimit  = 5 * time.Second       // for storing a token that the caller no longer waits for
)

// token returns an access token that is good for a while, renewing it when it is not.
func (c *Connector) token(ctx context.Context, id parlor.AccountID, s parlor.Service) (*oauth2.Token, error) {
	t, err := c.stored(ctx, id, s.Kind)
	if err != nil {
		return nil, err
	}
	if c.fresh(t) {
		return t, nil
	}
	return c.renewed(ctx, id, s, t.AccessToken)
}

// renewed returns a token other than the stale one. One worker refreshes it under a lease; the others wait and read what
// that one stored.
func (c *Connector) renewed(ctx context.Context, id parlor.AccountID, s parlor.Service, stale string) (*oauth2.Token, error) {
	for {
		t, err := c.stored(ctx, id, s.Kind)
		if err != nil {
			return nil, err
		}
		if t.AccessToken != stale && c.fresh(t) {
			return t, nil
		}
		lease, err := c.st.Lease(ctx, id, tokenLease(s.Kind), leaseLife)
		if err == nil {
			return c.renewUnder(ctx, lease, id, s, stale)
		}
		if !errors.Is(err, parlor.ErrBusy) {
			return nil, err
		}
		if err := pause(ctx, leasePause); err != nil {
			return nil, err
		}
	}
}

// renewUnder refreshes as the holder of the lease, if nobody did just before. It does not stop when the caller goes away:
// the provider may have retired the old token already.
func (c *Connector) renewUnder(ctx context.Context, l *store.Lease, id parlor.AccountID, s parlor.Service, stale string) (*oauth2.Token, error) {
	ctx = context.WithoutCancel(ctx)
	kept, stop := l.Keep(ctx)
	defer func() {
		stop()
		_ = l.Release(ctx) // it ends by itself
	}()
	t, err := c.stored(ctx, id, s.Kind)
	if err != nil || (t.AccessToken != stale && c.fresh(t)) {
		return t, err
	}
	next, err := c.refresh(kept, s, t)
	if errors.Is(err, parlor.ErrRevoked) {
		return nil, c.grantDied(ctx, id, s.Kind)
	}
	if err != nil {
		return nil, err
	}
	if err := c.st.PutToken(ctx, id, s.Kind, next); err != nil {
		return nil, fmt.Errorf("store refreshed token: %w", err)
	}
	return next, nil
}

// dead are the refusals of a refresh that only the person can mend, by signing in again: the grant is gone (RFC 6749,
// section 5.2), or the provider wants to see them (OpenID Connect Core 1.0, section 3.1.2.6; Entra's conditional access).
var dead = []string{"invalid_grant", "interaction_required", "consent_required", "login_required"}

// refresh asks the provider for a new access token (RFC 6749, section 6); parlor.ErrRevoked when the grant is dead. Any
// other failure may pass.
func (c *Connector) refresh(ctx context.Context, s parlor.Service, old *oauth2.Token) (*oauth2.Token, error) {
	if old.RefreshToken == "" {
		return nil, parlor.ErrRevoked
	}
	cfg, _, err := c.oauth(ctx, s)
	if err != nil {
		return nil, err
	}
	next, err := cfg.TokenSource(c.asClient(ctx), &oauth2.Token{RefreshToken: old.RefreshToken}).Token()
	if refused, ok := errors.AsType[*oauth2.RetrieveError](err); ok && slices.Contains(dead, refused.ErrorCode) {
		return nil, parlor.ErrRevoked
	}
	if err != nil {
		return nil, fmt.Errorf("refresh token: %w: %w", ErrProvider, plain(err))
	}
	return c.dated(next), nil // x/oauth2 keeps the old refresh token when no new one came
}

// Revoked marks a connection as one that the person must renew: the service refused a token that was fresh. Whoever wants to
// know is told once.
func (c *Connector) Revoked(ctx context.Context, id parlor.AccountID, k parlor.Kind) error {
	died, err := c.st.MoveConnection(ctx, id, k, parlor.ReconnectNeeded)
	if died && c.died != nil {
		c.died(ctx, id, k)
	}
	return err
}

// OnDeath has somebody told of each connection whose grant died. Call it before the first request.
func (c *Connector) OnDeath(tell func(context.Context, parlor.AccountID, parlor.Kind)) { c.died = tell }

// grantDied marks a connection and forgets its token, so that nobody tries it again. It returns parlor.ErrRevoked.
func (c *Connector) grantDied(ctx context.Context, id parlor.AccountID, k parlor.Kind) error {
	if err := errors.Join(c.Revoked(ctx, id, k), c.st.DropToken(ctx, id, k)); err != nil {
		return fmt.Errorf("mark %s: %w: %w", k, parlor.ErrRevoked, err)
	}
	return fmt.Errorf("%s: %w", k, parlor.ErrRevoked)
}

// keepToken stores the token of a sign-in, with the refresh token that was kept when none came; false when there is none
// at all. It waits for a refresh under way, which would overwrite it.
func (c *Connector) keepToken(ctx context.Context, id parlor.AccountID, k parlor.Kind, t *oauth2.Token) (bool, error) {
	lease, err := c.await(ctx, id, k)
	if err != nil {
		return false, err
	}
	defer func() { _ = lease.Release(context.WithoutCancel(ctx)) }()
	if t.RefreshToken == "" {
		old, err := c.st.Token(ctx, id, k)
		if err != nil && !errors.Is(err, parlor.ErrNotFound) {
			return false, err
		}
		if err == nil {
			t.RefreshToken = old.RefreshToken
		}
	}
	return t.RefreshToken != "", c.st.PutToken(ctx, id, k, t)
}

// await takes the lease of a token as soon as it is free.
func (c *Connector) await(ctx context.Context, id parlor.AccountID, k parlor.Kind) (*store.Lease, error) {
	ctx, cancel := context.WithTimeout(ctx, leaseLife+writeLimit)
	defer cancel()
	for {
		lease, err := c.st.Lease(ctx, id, tokenLease(k), leaseLife)
		if !errors.Is(err, parlor.ErrBusy) {
			return lease, err
		}
		if err := pause(ctx, leasePause); err != nil {
			return nil, err
		}
	}
}

// stored reads a token; parlor.ErrRevoked when there is none, since it was dropped when its grant died.
func (c *Connector) stored(ctx context.Context, id parlor.AccountID, k parlor.Kind) (*oauth2.Token, error) {
	t, err := c.st.Token(ctx, id, k)
	if errors.Is(err, parlor.ErrNotFound) {
		return nil, fmt.Errorf("%s has no token: %w", k, parlor.ErrRevoked)
	}
	return t, err
}

func (c *Connector) fresh(t *oauth2.Token) bool {
	return t.AccessToken != "" && (t.Expiry.IsZero() || t.Expiry.After(c.now().Add(tokenMargin)))
}

func tokenLease(k parlor.Kind) string { return "token:" + string(k) }

// pause waits, or returns why the context ended.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}
