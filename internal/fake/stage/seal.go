package stage

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"sync"
)

// Seals seals marks into tokens that clients cannot read or make. Renew it before its first use.
type Seals struct {
	mu  sync.Mutex
	key []byte
}

// Renew makes every token given out so far unknown.
func (k *Seals) Renew() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.key = []byte(rand.Text())
}

func (k *Seals) sum(body []byte) []byte {
	k.mu.Lock()
	defer k.mu.Unlock()
	mac := hmac.New(sha256.New, k.key)
	mac.Write(body)
	return mac.Sum(nil)[:12]
}

// Seal is the token of a mark.
func (k *Seals) Seal(mark any) string {
	body, err := json.Marshal(mark)
	if err != nil {
		return ""
	}
	return base64.URLEncoding.EncodeToString(append(k.sum(body), body...))
}

// Open reads a token into mark; false when it was not sealed here since the last Renew.
func (k *Seals) Open(token string, mark any) bool {
	raw, err := base64.URLEncoding.DecodeString(token)
	if err != nil || len(raw) < 12 || !hmac.Equal(raw[:12], k.sum(raw[12:])) {
		return false
	}
	return json.Unmarshal(raw[12:], mark) == nil
}
