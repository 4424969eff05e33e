package api

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// ErrToken says that an access token is not ours, was altered or has expired.
var ErrToken = errors.New("access token not valid")

// tokenPlace is the associated data: what was sealed elsewhere is no token.
const tokenPlace = "access-token"

// Tokens makes and opens access tokens. They are sealed, so that opening one asks nobody; they live shortly, because
// nothing can take one back.
type Tokens struct {
	Seal *store.Sealer
	Now  func() time.Time
}

// Claims is what an access token says.
type Claims struct {
	Account parlor.AccountID `json:"acct"`
	Expires int64            `json:"exp"` // Unix seconds
	Device  string           `json:"dev"` // which of the person's devices
}

// Mint makes a token for a device of an account.
func (t Tokens) Mint(acct parlor.AccountID, device string, life time.Duration) (string, error) {
	plain, err := json.Marshal(Claims{Account: acct, Expires: t.Now().Add(life).Unix(), Device: device})
	if err != nil {
		return "", fmt.Errorf("encode claims: %w", err)
	}
	sealed, err := t.Seal.Seal(plain, []byte(tokenPlace))
	if err != nil {
		return "", fmt.Errorf("seal claims: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(sealed), nil
}

// Open reads a token; ErrToken when it is not valid now. A token of a key that we do not have yet is not valid either.
func (t Tokens) Open(token string) (Claims, error) {
	sealed, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return Claims{}, ErrToken
	}
	plain, err := t.Seal.Open(sealed, []byte(tokenPlace))
	if err != nil {
		return Claims{}, ErrToken
	}
	var claims Claims
	if err := json.Unmarshal(plain, &claims); err != nil || claims.Account == "" || t.Now().Unix() >= claims.Expires {
		return Claims{}, ErrToken
	}
	return claims, nil
}
