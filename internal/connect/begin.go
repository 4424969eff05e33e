package connect

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"parlor/internal/parlor"
)

// How long a person may take at the identity provider.
const signInLife = 10 * time.Minute

// Start is what begins a sign-in.
type Start struct {
	Return  string           // where to go afterwards; see SafeReturn
	Browser string           // random value of a cookie: only the browser that began may finish
	Account parlor.AccountID // set: connect the service to this account instead of signing in
	Hint    string           // e-mail address that the provider may fill in; may be empty
	Consent bool             // ask for the permission again, so that the provider gives a new refresh token
}

// pending is what we remember of a sign-in while the person is at the provider.
type pending struct {
	Kind     parlor.Kind
	Browser  []byte // SHA-256 of the cookie's value
	Nonce    string
	Verifier string
	Return   string
	Account  parlor.AccountID
}

// Begin returns the address at the provider to which the browser is to be sent. ErrProvider: it cannot be reached;
// parlor.ErrNotFound: no such service.
func (c *Connector) Begin(ctx context.Context, k parlor.Kind, start Start) (string, error) {
	s, err := c.service(k)
	if err != nil {
		return "", err
	}
	if start.Account == "" && connectOnly(s) {
		return "", fmt.Errorf("sign in with %s: %w", k, parlor.ErrNotFound)
	}
	cfg, _, err := c.oauth(ctx, s)
	if err != nil {
		return "", err
	}
	p := pending{
		Kind: k, Browser: hash(start.Browser), Nonce: random(), Verifier: oauth2.GenerateVerifier(),
		Return: SafeReturn(start.Return), Account: start.Account,
	}
	state := random()
	if err := c.st.PutSignIn(ctx, state, p, signInLife); err != nil {
		return "", fmt.Errorf("begin sign-in: %w", err)
	}
	cfg.RedirectURL = c.callback(p)
	options := []oauth2.AuthCodeOption{oidc.Nonce(p.Nonce), oauth2.S256ChallengeOption(p.Verifier)}
	for name, value := range s.OAuth.Params {
		options = append(options, oauth2.SetAuthURLParam(name, value))
	}
	if start.Hint != "" {
		options = append(options, oauth2.SetAuthURLParam("login_hint", start.Hint))
	}
	if start.Consent {
		options = append(options, oauth2.SetAuthURLParam("prompt", "consent"))
	}
	return cfg.AuthCodeURL(state, options...), nil
}

func (c *Connector) callback(p pending) string {
	if p.Account != "" {
		return c.origin + "/connect/" + string(p.Kind) + "/callback"
	}
	return c.origin + "/signin/" + string(p.Kind) + "/callback"
}

// begunBy says whether the sign-in was begun with this service by the browser that has the cookie.
func (p pending) begunBy(k parlor.Kind, browser string) bool {
	return p.Kind == k && browser != "" && subtle.ConstantTimeCompare(p.Browser, hash(browser)) == 1
}

// random returns 32 random bytes in 43 characters that need no escaping.
func random() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b)
}

func hash(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}
