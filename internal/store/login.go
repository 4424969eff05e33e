package store

import (
	"context"
	"encoding/json"
	"fmt"

	"parlor/internal/parlor"
)

// Login opens the address and password by which a service is connected; parlor.ErrNotFound, ErrUnknownKey. It stands in the
// place of a token, and is dropped as one.
func (s *Store) Login(ctx context.Context, id parlor.AccountID, k parlor.Kind) (parlor.Login, error) {
	var l parlor.Login
	sealed, err := s.rdb.Get(ctx, tokenKey(id, k)).Bytes()
	if err != nil {
		return l, fail("read login", err)
	}
	plain, err := s.seal.Open(sealed, tokenPlace(id, k))
	if err != nil {
		return l, fmt.Errorf("open login: %w", err)
	}
	if err := json.Unmarshal(plain, &l); err != nil {
		return l, fmt.Errorf("decode login: %w", err)
	}
	return l, nil
}

// PutLogin seals and stores an address and password.
func (s *Store) PutLogin(ctx context.Context, id parlor.AccountID, k parlor.Kind, l parlor.Login) error {
	plain, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("encode login: %w", err)
	}
	sealed, err := s.seal.Seal(plain, tokenPlace(id, k))
	if err != nil {
		return fmt.Errorf("seal login: %w", err)
	}
	return fail("write login", s.rdb.Set(ctx, tokenKey(id, k), sealed, 0).Err())
}
