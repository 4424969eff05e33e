package store

import (
	"context"
	"encoding/json"
	"fmt"

	"golang.org/x/oauth2"

	"parlor/internal/parlor"
)

// Token opens the stored token of a service; parlor.ErrNotFound, ErrUnknownKey.
func (s *Store) Token(ctx context.Context, id parlor.AccountID, k parlor.Kind) (*oauth2.Token, error) {
	sealed, err := s.rdb.Get(ctx, tokenKey(id, k)).Bytes()
	if err != nil {
		return nil, fail("read token", err)
	}
	plain, err := s.seal.Open(sealed, tokenPlace(id, k))
	if err != nil {
		return nil, fmt.Errorf("open token: %w", err)
	}
	t := new(oauth2.Token)
	if err := json.Unmarshal(plain, t); err != nil {
		return nil, fmt.Errorf("decode token: %w", err)
	}
	return t, nil
}

// PutToken seals and stores a token.
func (s *Store) PutToken(ctx context.Context, id parlor.AccountID, k parlor.Kind, t *oauth2.Token) error {
	plain, err := json.Marshal(t)
	if err != nil {
		return fmt.Errorf("encode token: %w", err)
	}
	sealed, err := s.seal.Seal(plain, tokenPlace(id, k))
	if err != nil {
		return fmt.Errorf("seal token: %w", err)
	}
	return fail("write token", s.rdb.Set(ctx, tokenKey(id, k), sealed, 0).Err())
}

// DropToken forgets a token.
func (s *Store) DropToken(ctx context.Context, id parlor.AccountID, k parlor.Kind) error {
	return fail("drop token", s.rdb.Del(ctx, tokenKey(id, k)).Err())
}

// tokenPlace ties a ciphertext to its account and key, so that it opens nowhere else.
func tokenPlace(id parlor.AccountID, k parlor.Kind) []byte {
	return []byte(string(id) + "\x00" + tokenKey(id, k))
}
