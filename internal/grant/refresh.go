package grant

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// refresh is what a refresh token says: the grant, and the how manyth token of it this is.
type refresh struct {
	account    parlor.AccountID
	grant      string
	generation int64
}

func (a *Authority) granted(acct parlor.AccountID, grant string, generation int64) (Granted, error) {
	text, err := a.close(refreshPlace, "%d %s %s", generation, acct, grant)
	return Granted{Account: acct, Grant: grant, Refresh: text}, err
}

func (a *Authority) readRefresh(text string) (r refresh, ok bool) {
	plain, ok := a.open(refreshPlace, text)
	if !ok {
		return refresh{}, false
	}
	n, err := fmt.Sscanf(plain, "%d %s %s", &r.generation, &r.account, &r.grant)
	return r, err == nil && n == 3
}

func (a *Authority) refresh(ctx context.Context, client Client, form url.Values, d Device) (Granted, error) {
	text, twice := one(form, "refresh_token")
	switch {
	case twice != nil:
		return Granted{}, twice
	case text == "":
		return Granted{}, refuse("invalid_request", "refresh_token is missing")
	}
	r, ok := a.readRefresh(text)
	if !ok {
		return Granted{}, refuse("invalid_grant", "the refresh token is not valid")
	}
	next, err := a.st.RenewGrant(ctx, store.GrantRecord{ID: r.grant, Client: client.ID, Account: r.account, UserAgent: d.UserAgent}, r.generation)
	switch {
	case errors.Is(err, parlor.ErrNotFound):
		return Granted{}, refuse("invalid_grant", "this has ended, or belongs to another client").of(r.grant)
	case errors.Is(err, store.ErrReused):
		return Granted{}, refuse("invalid_grant", "the refresh token was used before; everything that came of it has ended").of(r.grant)
	case err != nil:
		return Granted{}, err
	}
	return a.granted(r.account, r.grant, next)
}
