package google

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"

	"parlor/internal/fake/calendar"
)

// signer signs id tokens (RS256) with a key that lives as long as the process, since drawing one takes a while.
type signer struct {
	key  *rsa.PrivateKey
	name string
	sign jose.Signer
}

var processSigner = sync.OnceValue(newSigner)

func newSigner() *signer {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(fmt.Sprintf("draw signing key: %v", err))
	}
	name := strings.ToLower(rand.Text())
	s, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: name}},
		(&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		panic(fmt.Sprintf("make signer: %v", err))
	}
	return &signer{key, name, s}
}

func (k *signer) public() jose.JSONWebKeySet {
	return jose.JSONWebKeySet{Keys: []jose.JSONWebKey{
		{Key: &k.key.PublicKey, KeyID: k.name, Algorithm: string(jose.RS256), Use: "sig"},
	}}
}

// idToken is the id token of a person for the client, valid for an hour.
func (s *Server) idToken(p calendar.Person, scopes scopeSet, nonce, access string) (string, error) {
	claims := identityClaims(p, scopes)
	now := s.now()
	half := sha256.Sum256([]byte(access))
	claims["iss"], claims["aud"], claims["azp"] = s.base(), s.opt.ClientID, s.opt.ClientID
	claims["iat"], claims["exp"] = now.Unix(), now.Add(time.Hour).Unix()
	claims["at_hash"] = base64.RawURLEncoding.EncodeToString(half[:16])
	if nonce != "" {
		claims["nonce"] = nonce
	}
	body, err := json.Marshal(claims)
	if err != nil {
		return "", fmt.Errorf("write id token: %w", err)
	}
	signed, err := s.keys.sign.Sign(body)
	if err != nil {
		return "", fmt.Errorf("sign id token: %w", err)
	}
	return signed.CompactSerialize()
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
