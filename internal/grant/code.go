package grant

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/url"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// codeLife is how long an app has to exchange a code.
const codeLife = time.Minute

// codePlace and refreshPlace are the associated data: what was sealed for one use is nothing for another.
const (
	codePlace    = "authorization-code"
	refreshPlace = "refresh-token"
)

// code is what an authorization code says. It is sealed, so that nothing is stored until it is used.
type code struct {
	account parlor.AccountID
	grant   string // the grant it will begin
	session string // in which the person allowed it
	bound   string // to client, redirect address and challenge
	expires int64  // Unix seconds
}

// Allow lets an app in for the person of a session and returns where to send the browser.
func (a *Authority) Allow(k Ask, session store.SessionRecord) (string, error) {
	c := code{
		account: session.Account, grant: rand.Text(), session: session.ID,
		bound: bind(k.Client.ID, k.redirect, k.challenge), expires: a.now().Add(codeLife).Unix(),
	}
	text, err := a.close(codePlace, "%d %s %s %s %s", c.expires, c.account, c.grant, c.session, c.bound)
	if err != nil {
		return "", err
	}
	return a.back(k, url.Values{"code": {text}}), nil
}

// Decline returns where to send the browser of somebody who does not let the app in.
func (a *Authority) Decline(k Ask) string {
	return a.back(k, url.Values{"error": {"access_denied"}, "error_description": {"the person declined"}})
}

func (a *Authority) readCode(text string) (c code, ok bool) {
	plain, ok := a.open(codePlace, text)
	if !ok {
		return code{}, false
	}
	n, err := fmt.Sscanf(plain, "%d %s %s %s %s", &c.expires, &c.account, &c.grant, &c.session, &c.bound)
	return c, err == nil && n == 5
}

// bind makes one word of what a code is tied to.
func bind(client, redirect, challenge string) string {
	sum := sha256.Sum256([]byte(client + "\x00" + redirect + "\x00" + challenge))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// challengeOf is the S256 challenge of a verifier (RFC 7636, section 4.2).
func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// close seals words for one use.
func (a *Authority) close(place, format string, words ...any) (string, error) {
	sealed, err := a.seal.Seal(fmt.Appendf(nil, format, words...), []byte(place))
	if err != nil {
		return "", fmt.Errorf("seal %s: %w", place, err)
	}
	return base64.RawURLEncoding.EncodeToString(sealed), nil
}

// longest is more than any code or token of ours has.
const longest = 1000

func (a *Authority) open(place, text string) (string, bool) {
	if len(text) > longest {
		return "", false
	}
	sealed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return "", false
	}
	plain, err := a.seal.Open(sealed, []byte(place))
	return string(plain), err == nil
}
