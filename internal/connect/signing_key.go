package connect

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// maxKeys is how many bytes the list of a provider's keys may have.
const maxKeys = 1 << 20

// limitOf is the issuer for which the key that signed a token may sign, "" when it may for any. The keys that several
// tenants are told of include some of one tenant alone, or of personal accounts, which say so: one that leaked there must
// open nothing here (https://learn.microsoft.com/en-us/entra/identity-platform/access-tokens, "signing key issuer").
// The list is read again when it does not have the key.
func (p *provider) limitOf(ctx context.Context, raw string) (string, error) {
	kid, err := keyOf(raw)
	if err != nil {
		return "", err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if limit, known := p.limits[kid]; known {
		return limit, nil
	}
	if p.limits, err = p.readLimits(ctx); err != nil {
		return "", fmt.Errorf("read signing keys: %w", err)
	}
	limit, known := p.limits[kid]
	if !known {
		return "", errors.New("signed by a key that is not listed")
	}
	return limit, nil
}

func (p *provider) readLimits(ctx context.Context) (map[string]string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.keysURL, http.NoBody)
	if err != nil {
		return nil, err
	}
	resp, err := p.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer discard(resp)
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", resp.StatusCode)
	}
	var list struct {
		Keys []struct{ Kid, Issuer string }
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxKeys)).Decode(&list); err != nil {
		return nil, err
	}
	limits := make(map[string]string, len(list.Keys))
	for _, key := range list.Keys {
		limits[key.Kid] = key.Issuer
	}
	return limits, nil
}

// keyOf is the id of the key in the header of a signed token (RFC 7515, section 4.1.4).
func keyOf(raw string) (string, error) {
	head, _, _ := strings.Cut(raw, ".")
	text, err := base64.RawURLEncoding.DecodeString(head)
	if err != nil {
		return "", fmt.Errorf("read header of token: %w", err)
	}
	var header struct{ Kid string }
	if err := json.Unmarshal(text, &header); err != nil {
		return "", fmt.Errorf("read header of token: %w", err)
	}
	return header.Kid, nil
}
