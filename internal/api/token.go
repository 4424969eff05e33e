package api

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
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

// Claims is what an access token says. It is written as its fields with spaces between: a token is opened for every
// request, and JSON would take as long as the decryption.
type Claims struct {
	Account parlor.AccountID
	Expires int64  // Unix seconds
	Device  string // which of the person's devices
}

func (c Claims) text() []byte { return fmt.Appendf(nil, "%d %s %s", c.Expires, c.Account, c.Device) }

func readClaims(text string) (c Claims, ok bool) {
	expires, rest, _ := strings.Cut(text, " ")
	account, device, ok := strings.Cut(rest, " ")
	at, err := strconv.ParseInt(expires, 10, 64)
	return Claims{Account: parlor.AccountID(account), Expires: at, Device: device}, ok && err == nil && account != ""
}

// Mint makes a token for a device of an account.
func (t Tokens) Mint(acct parlor.AccountID, device string, life time.Duration) (string, error) {
	claims := Claims{Account: acct, Expires: t.Now().Add(life).Unix(), Device: device}
	sealed, err := t.Seal.Seal(claims.text(), []byte(tokenPlace))
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
	claims, ok := readClaims(string(plain))
	if !ok || t.Now().Unix() >= claims.Expires {
		return Claims{}, ErrToken
	}
	return claims, nil
}
