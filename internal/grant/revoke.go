package grant

import (
	"context"
	"errors"
	"net/url"

	"parlor/internal/parlor"
)

// Access opens an access token; false when it is not valid.
type Access func(token string) (acct parlor.AccountID, grant string, ok bool)

// Revoke ends the grant of a refresh or an access token (RFC 7009). A token that is not valid is no error; *Refusal when it
// is another client's, or store.ErrUnavailable.
func (a *Authority) Revoke(ctx context.Context, form url.Values, access Access) error {
	var id, token string
	if twice := all(form, map[string]*string{"client_id": &id, "token": &token}); twice != nil {
		return twice
	}
	client, known := a.client(id)
	switch {
	case !known:
		return refuse("invalid_client", "client_id is missing or unknown")
	case token == "":
		return refuse("invalid_request", "token is missing")
	}
	acct, grant, ok := access(token)
	if r, refreshes := a.readRefresh(token); refreshes {
		acct, grant, ok = r.account, r.grant, true
	}
	if !ok {
		return nil
	}
	err := a.st.EndGrant(ctx, acct, grant, client.ID)
	switch {
	case errors.Is(err, parlor.ErrForbidden):
		return refuse("invalid_grant", "the token belongs to another client").of(grant)
	case errors.Is(err, parlor.ErrNotFound):
		return nil
	}
	return err
}
