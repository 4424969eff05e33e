package store

import (
	"bytes"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
)

// NewKeyset draws a Tink keyset with one AES-256-GCM key, as JSON in clear text.
func NewKeyset() ([]byte, error) {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("draw keyset: %w", err)
	}
	return writeKeyset(handle)
}

// AddKey returns the keyset with one further key, which opens but does not seal yet: give it to every replica first.
func AddKey(keysetJSON []byte) ([]byte, error) {
	return changeKeyset(keysetJSON, func(m *keyset.Manager, _ *keyset.Handle) error {
		_, err := m.Add(aead.AES256GCMKeyTemplate())
		return err
	})
}

// PromoteKey returns the keyset with its newest key sealing.
func PromoteKey(keysetJSON []byte) ([]byte, error) {
	return changeKeyset(keysetJSON, func(m *keyset.Manager, h *keyset.Handle) error {
		keys := h.KeysetInfo().GetKeyInfo()
		return m.SetPrimary(keys[len(keys)-1].GetKeyId())
	})
}

func changeKeyset(keysetJSON []byte, change func(*keyset.Manager, *keyset.Handle) error) ([]byte, error) {
	handle, err := readKeyset(keysetJSON)
	if err != nil {
		return nil, err
	}
	m := keyset.NewManagerFromHandle(handle)
	if err := change(m, handle); err != nil {
		return nil, fmt.Errorf("change keyset: %w", err)
	}
	if handle, err = m.Handle(); err != nil {
		return nil, fmt.Errorf("change keyset: %w", err)
	}
	return writeKeyset(handle)
}

func writeKeyset(handle *keyset.Handle) ([]byte, error) {
	var out bytes.Buffer
	if err := insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(&out)); err != nil {
		return nil, fmt.Errorf("write keyset: %w", err)
	}
	return out.Bytes(), nil
}
