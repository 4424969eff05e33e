package google

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"parlor/internal/fake/calendar"
)

// idToken is the id token of a person for the client, valid for an hour.
func (s *Server) idToken(p calendar.Person, scopes scopeSet, nonce, access string) (string, error) {
	claims := identityClaims(p, scopes)
	now := s.now()
	half := sha256.Sum256([]byte(access))
	claims["iss"], claims["aud"], claims["azp"] = s.Origin(), s.opt.ClientID, s.opt.ClientID
	claims["iat"], claims["exp"] = now.Unix(), now.Add(time.Hour).Unix()
	claims["at_hash"] = base64.RawURLEncoding.EncodeToString(half[:16])
	if nonce != "" {
		claims["nonce"] = nonce
	}
	return s.keys.Sign(claims)
}

// identityClaims tells about a person what the scopes open.
func identityClaims(p calendar.Person, scopes scopeSet) map[string]any {
	claims := map[string]any{"sub": subject(p.Email)}
	if slices.Contains(scopes, scopeBase+"userinfo.email") {
		claims["email"], claims["email_verified"] = p.Email, !p.Unverified
	}
	if slices.Contains(scopes, scopeBase+"userinfo.profile") {
		given, family, _ := strings.Cut(p.Name, " ")
		claims["name"], claims["given_name"], claims["family_name"] = p.Name, given, family
	}
	_, domain, _ := strings.Cut(p.Email, "@")
	if domain != "gmail.com" && !p.Unverified {
		claims["hd"] = domain
	}
	return claims
}

// subject is a person's stable 21-digit id.
func subject(email string) string {
	sum := sha256.Sum256([]byte(email))
	n := new(big.Int).SetBytes(sum[:8])
	return fmt.Sprintf("1%020s", n.String())[:21]
}
