package grant

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/url"
	"regexp"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

var verifierForm = regexp.MustCompile(`^[A-Za-z0-9._~-]{43,128}$`) // RFC 7636, section 4.1

// Token answers a request to the token endpoint. *Refusal, or store.ErrUnavailable.
func (a *Authority) Token(ctx context.Context, form url.Values, d Device) (Granted, error) {
	var kind, id, scope string
	if twice := all(form, map[string]*string{"grant_type": &kind, "client_id": &id, "scope": &scope}); twice != nil {
		return Granted{}, twice
	}
	client, known := a.client(id)
	switch {
	case !known:
		return Granted{}, refuse("invalid_client", "client_id is missing or unknown")
	case !scopeTaken(scope):
		return Granted{}, refuse("invalid_scope", "the only scope is "+Scope)
	case kind == "authorization_code":
		return a.exchange(ctx, client, form, d)
	case kind == "refresh_token":
		return a.refresh(ctx, client, form, d)
	case kind == "":
		return Granted{}, refuse("invalid_request", "grant_type is missing")
	}
	return Granted{}, refuse("unsupported_grant_type", "grant_type must be authorization_code or refresh_token")
}

// exchange takes a code. One that comes again ends what it gave, but only from whoever knows the verifier: a stranger who
// saw it somewhere can end nothing.
func (a *Authority) exchange(ctx context.Context, client Client, form url.Values, d Device) (Granted, error) {
	var text, redirect, verifier string
	if twice := all(form, map[string]*string{"code": &text, "redirect_uri": &redirect, "code_verifier": &verifier}); twice != nil {
		return Granted{}, twice
	}
	if text == "" || redirect == "" || verifier == "" {
		return Granted{}, refuse("invalid_request", "code, redirect_uri and code_verifier are required")
	}
	if !verifierForm.MatchString(verifier) {
		return Granted{}, refuse("invalid_grant", "code_verifier must have 43 to 128 unreserved characters")
	}
	c, ok := a.readCode(text)
	if !ok {
		return Granted{}, refuse("invalid_grant", "the code is not valid")
	}
	bound := bind(client.ID, redirect, challengeOf(verifier))
	if subtle.ConstantTimeCompare([]byte(bound), []byte(c.bound)) != 1 {
		return Granted{}, refuse("invalid_grant", "the code is not for this client, redirect_uri and code_verifier").of(c.grant)
	}
	if a.now().Unix() >= c.expires {
		return Granted{}, a.lateCode(ctx, c)
	}
	return a.begin(ctx, client, c, d)
}

// lateCode refuses an expired code, and ends what it gave if it was used in time.
func (a *Authority) lateCode(ctx context.Context, c code) error {
	if err := a.st.EndGrant(ctx, c.account, c.grant, ""); err != nil && !errors.Is(err, parlor.ErrNotFound) {
		return err
	}
	return refuse("invalid_grant", "the code has expired").of(c.grant)
}

func (a *Authority) begin(ctx context.Context, client Client, c code, d Device) (Granted, error) {
	err := a.st.BeginGrant(ctx, store.GrantRecord{
		ID: c.grant, Client: client.ID, Account: c.account, UserAgent: d.UserAgent, Address: d.Address,
	}, c.session)
	switch {
	case errors.Is(err, parlor.ErrNotFound):
		return Granted{}, refuse("invalid_grant", "the session in which this was allowed is over").of(c.grant)
	case errors.Is(err, store.ErrReused):
		return Granted{}, refuse("invalid_grant", "the code was used before; what it gave has ended").of(c.grant)
	case err != nil:
		return Granted{}, err
	}
	return a.granted(c.account, c.grant, store.FirstGeneration)
}
