package stage

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/go-jose/go-jose/v4"
)

// Signer signs id tokens (RS256).
type Signer struct {
	key  *rsa.PrivateKey
	name string
	sign jose.Signer
}

// ProcessSigner is a signer whose key lives as long as the process, since drawing one takes a while.
var ProcessSigner = sync.OnceValue(NewSigner)

// NewSigner draws a key of its own.
func NewSigner() *Signer {
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
	return &Signer{key, name, s}
}

// Public is the key set that verifies what was signed.
func (k *Signer) Public() jose.JSONWebKeySet {
	return jose.JSONWebKeySet{Keys: []jose.JSONWebKey{
		{Key: &k.key.PublicKey, KeyID: k.name, Algorithm: string(jose.RS256), Use: "sig"},
	}}
}

// Sign makes a token of claims.
func (k *Signer) Sign(claims map[string]any) (string, error) {
	body, err := json.Marshal(claims)
	if err != nil {
		return "", fmt.Errorf("write id token: %w", err)
	}
	signed, err := k.sign.Sign(body)
	if err != nil {
		return "", fmt.Errorf("sign id token: %w", err)
	}
	return signed.CompactSerialize()
}
