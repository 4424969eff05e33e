package store

import (
	"context"
	"errors"
	"slices"
	"strings"

	"parlor/internal/parlor"
)

// AccountsByEmail says which accounts have an address by one of the services that they sign in with, whatever its case; none is no error. An address may have several accounts, and proves nothing about a person by itself.
func (s *Store) AccountsByEmail(ctx context.Context, email string) ([]parlor.AccountID, error) {
	if normalEmail(email) == "" {
		return nil, nil
	}
	ids, err := s.rdb.SMembers(ctx, emailKey(email)).Result()
	if err != nil {
		return nil, fail("look up address", err)
	}
	var found []parlor.AccountID
	for _, id := range ids {
		a, err := s.Account(ctx, parlor.AccountID(id))
		if errors.Is(err, parlor.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if slices.Contains(emails(a), normalEmail(email)) { // the index may be ahead of the account, or behind it
			found = append(found, a.ID)
		}
	}
	slices.Sort(found)
	return found, nil
}

// refreshAccount writes what a provider says of a person now. An address is in the index before the account has it and
// until the account has it no more, so that a crash in between leaves nobody out.
func (s *Store) refreshAccount(ctx context.Context, id parlor.AccountID, who parlor.Identity) (parlor.Account, error) {
	if who.Kind.Vouches() {
		if err := s.indexEmail(ctx, id, who.Email); err != nil {
			return parlor.Account{}, err
		}
	}
	var before parlor.Account
	a, err := s.UpdateAccount(ctx, id, func(a *parlor.Account) {
		before = *a
		before.Connections = slices.Clone(a.Connections)
		refresh(a, who)
	})
	if err == nil {
		err = errors.Join(s.enter(ctx, a), s.strike(ctx, before, a))
	}
	if err != nil {
		return a, err
	}
	for _, old := range emails(before) {
		if slices.Contains(emails(a), old) {
			continue
		}
		if err := s.rdb.SRem(ctx, emailKey(old), string(id)).Err(); err != nil {
			return a, fail("forget address", err)
		}
	}
	return a, nil
}

func (s *Store) indexEmail(ctx context.Context, id parlor.AccountID, email string) error {
	if normalEmail(email) == "" {
		return nil
	}
	return fail("index address", s.rdb.SAdd(ctx, emailKey(email), string(id)).Err())
}

// emails are the addresses by which an account is found, as they are compared.
func emails(a parlor.Account) []string {
	var list []string
	for _, c := range a.Connections {
		if c.Kind.Vouches() {
			list = append(list, normalEmail(c.Email))
		}
	}
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(email string) bool { return email == "" })
}

func normalEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }
