package store

import (
	"context"
	"errors"
	"slices"

	"parlor/internal/parlor"
)

// Disconnect takes a service from an account. What it was for signing in may stay; then the connection says so. Otherwise
// the identity is nobody's afterwards. A service that is not connected is no error.
func (s *Store) Disconnect(ctx context.Context, id parlor.AccountID, k parlor.Kind, keepSignIn bool) error {
	a, err := s.Account(ctx, id)
	if err != nil {
		return err
	}
	c, connected := a.Connection(k)
	if !connected {
		return nil
	}
	if keepSignIn {
		return s.SetConnection(ctx, id, parlor.Connection{Kind: k, Subject: c.Subject, Email: c.Email, State: parlor.SignInOnly})
	}
	if err := s.freeIdentity(ctx, id, c); err != nil {
		return err
	}
	after, err := s.UpdateAccount(ctx, id, func(a *parlor.Account) { dropConnection(a, k) })
	if err != nil || slices.Contains(emails(after), normalEmail(c.Email)) {
		return err
	}
	return s.unindexEmail(ctx, id, c.Email)
}

// dropConnection takes a connection away; one of the others names the account from then on.
func dropConnection(a *parlor.Account, k parlor.Kind) {
	a.Connections = slices.DeleteFunc(a.Connections, func(c parlor.Connection) bool { return c.Kind == k })
	if len(a.Connections) > 0 {
		a.Email = naming(a.Connections).Email
	}
	if k == parlor.KindOIDC {
		a.Groups = nil
	}
}

// freeIdentity lets an identity sign in anew, unless somebody else has it by now.
func (s *Store) freeIdentity(ctx context.Context, id parlor.AccountID, c parlor.Connection) error {
	key := identityKey(c.Kind, c.Subject)
	owner, err := s.holder(ctx, key)
	switch {
	case errors.Is(err, parlor.ErrNotFound):
		return nil
	case err != nil:
		return err
	case owner != id:
		return nil
	}
	return fail("free identity", s.rdb.Del(ctx, key).Err())
}

func (s *Store) unindexEmail(ctx context.Context, id parlor.AccountID, email string) error {
	if normalEmail(email) == "" {
		return nil
	}
	return fail("forget address", s.rdb.SRem(ctx, emailKey(email), string(id)).Err())
}
