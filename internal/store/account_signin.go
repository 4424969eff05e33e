package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"parlor/internal/parlor"
)

// SignIn finds the account of an identity, or makes one, and refreshes its name and address. A connection that is there
// keeps its state.
func (s *Store) SignIn(ctx context.Context, who parlor.Identity) (a parlor.Account, created bool, err error) {
	fresh, err := s.drawID()
	if err != nil {
		return a, false, err
	}
	id, err := s.claimIdentity(ctx, who, parlor.AccountID(fresh))
	if err != nil {
		return a, false, wrap("claim identity", err)
	}
	if created, err = s.ensureAccount(ctx, id, who); err != nil {
		return a, false, wrap("make account", err)
	}
	a, err = s.refreshAccount(ctx, id, who)
	return a, created, err
}

// Connect adds an identity to an account that exists; parlor.ErrTaken when the identity has another account, or the
// account another identity at that service.
func (s *Store) Connect(ctx context.Context, id parlor.AccountID, who parlor.Identity) (parlor.Account, error) {
	a, err := s.Account(ctx, id)
	if err != nil {
		return a, err
	}
	if c, ok := a.Connection(who.Kind); ok && c.Subject != who.Subject {
		return a, fmt.Errorf("connect a second %s identity: %w", who.Kind, parlor.ErrTaken)
	}
	owner, err := s.claimIdentity(ctx, who, id)
	if err != nil {
		return a, wrap("claim identity", err)
	}
	if owner != id {
		return a, fmt.Errorf("connect %s identity: %w", who.Kind, parlor.ErrTaken)
	}
	return s.refreshAccount(ctx, id, who)
}

// claimIdentity returns the account that has the identity: the wished one if nobody had it.
func (s *Store) claimIdentity(ctx context.Context, who parlor.Identity, wish parlor.AccountID) (parlor.AccountID, error) {
	key := identityKey(who.Kind, who.Subject)
	won, err := s.setNew(ctx, key, string(wish))
	if err != nil || won {
		return wish, err
	}
	owner, err := s.rdb.Get(ctx, key).Result()
	return parlor.AccountID(owner), fail("read owner", err)
}

// ensureAccount writes the record of an account whose identity is claimed; also after a crash between the two.
func (s *Store) ensureAccount(ctx context.Context, id parlor.AccountID, who parlor.Identity) (created bool, err error) {
	if _, err := s.Account(ctx, id); !errors.Is(err, parlor.ErrNotFound) {
		return false, err
	}
	if err := s.index(ctx, id); err != nil {
		return false, err
	}
	a := parlor.Account{ID: id, Created: s.now().UTC()}
	refresh(&a, who)
	record, err := json.Marshal(a)
	if err != nil {
		return false, fmt.Errorf("encode account: %w", err)
	}
	return s.setNew(ctx, accountKey(id), record)
}

// refresh takes over what the provider says now; the first service of those that vouch for a person names the account.
func refresh(a *parlor.Account, who parlor.Identity) {
	c, ok := a.Connection(who.Kind)
	if !ok {
		c = parlor.Connection{Kind: who.Kind, State: parlor.Connected}
	}
	c.Subject, c.Email = who.Subject, who.Email
	putConnection(a, c)
	if who.Kind == parlor.KindOIDC { // the others name no groups, and take none away
		a.Groups = who.Groups
	}
	if naming(a.Connections).Kind == who.Kind {
		a.Name, a.Email = who.Name, who.Email
	}
}

// naming is the connection that names an account.
func naming(all []parlor.Connection) parlor.Connection {
	for _, c := range all {
		if c.Kind.Vouches() {
			return c
		}
	}
	return all[0]
}
