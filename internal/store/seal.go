package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// ErrUnknownKey says that something was sealed with a key that our keyset lacks: this replica is not ready.
var ErrUnknownKey = errors.New("sealed with a key that is not in the keyset")

// A Tink ciphertext begins with a version byte and the big-endian id of its key
// (https://developers.google.com/tink/wire-format).
const (
	tinkVersion = 0x01
	tinkPrefix  = 5
)

// Sealer encrypts what Redis must not be able to read, and notices what was exchanged there.
type Sealer struct {
	aead    tink.AEAD
	known   map[uint32]bool
	primary uint32
}

// NewSealer reads a Tink keyset in JSON, as NewKeyset makes it.
func NewSealer(keysetJSON []byte) (*Sealer, error) {
	handle, err := readKeyset(keysetJSON)
	if err != nil {
		return nil, err
	}
	primitive, err := aead.New(handle)
	if err != nil {
		return nil, fmt.Errorf("use keyset: %w", err)
	}
	s := &Sealer{aead: primitive, known: map[uint32]bool{}, primary: handle.KeysetInfo().GetPrimaryKeyId()}
	for _, key := range handle.KeysetInfo().GetKeyInfo() {
		s.known[key.GetKeyId()] = true
	}
	return s, nil
}

// Seal encrypts plain with the primary key. What is given as ad must be given again to Open; it says where the
// ciphertext belongs.
func (s *Sealer) Seal(plain, ad []byte) ([]byte, error) { return s.aead.Encrypt(plain, ad) }

// Open decrypts; ErrUnknownKey when our keyset lacks the key, another error when the text or ad was tampered with.
func (s *Sealer) Open(sealed, ad []byte) ([]byte, error) {
	if id, ok := keyID(sealed); ok && !s.known[id] {
		return nil, fmt.Errorf("key %d: %w", id, ErrUnknownKey)
	}
	plain, err := s.aead.Decrypt(sealed, ad)
	if err != nil {
		return nil, fmt.Errorf("decrypt: %w", err)
	}
	return plain, nil
}

// current says whether sealed was made with the primary key.
func (s *Sealer) current(sealed []byte) bool {
	id, ok := keyID(sealed)
	return ok && id == s.primary
}

func keyID(sealed []byte) (uint32, bool) {
	if len(sealed) < tinkPrefix || sealed[0] != tinkVersion {
		return 0, false
	}
	return binary.BigEndian.Uint32(sealed[1:tinkPrefix]), true
}

func readKeyset(keysetJSON []byte) (*keyset.Handle, error) {
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(keysetJSON)))
	if err != nil {
		return nil, fmt.Errorf("read keyset: %w", err)
	}
	return handle, nil
}
