package store_test

import (
	"bytes"
	"errors"
	"testing"

	"parlor/internal/store"
)

func TestSealerRotates(t *testing.T) {
	first := must(store.NewKeyset())
	added := must(store.AddKey(first))
	promoted := must(store.PromoteKey(added))
	place := []byte("ada token:google")

	old := must(sealer(t, first).Seal([]byte("secret"), place))
	between := must(sealer(t, added).Seal([]byte("secret"), place))
	young := must(sealer(t, promoted).Seal([]byte("secret"), place))

	for name, keyset := range map[string][]byte{"added": added, "promoted": promoted} {
		for _, sealed := range [][]byte{old, between, young} {
			if plain, err := sealer(t, keyset).Open(sealed, place); err != nil || string(plain) != "secret" {
				t.Errorf("%s keyset: opened %q, %v", name, plain, err)
			}
		}
	}
	if !bytes.Equal(old[:5], between[:5]) {
		t.Error("an added key seals before it is promoted")
	}
	if bytes.Equal(old[:5], young[:5]) {
		t.Error("a promoted key does not seal")
	}
	if _, err := sealer(t, first).Open(young, place); !errors.Is(err, store.ErrUnknownKey) {
		t.Errorf("a key that is not in the keyset: %v", err)
	}
}

func TestSealerNoticesTampering(t *testing.T) {
	s := sealer(t, must(store.NewKeyset()))
	sealed := must(s.Seal([]byte("secret"), []byte("ada")))
	flipped := bytes.Clone(sealed)
	flipped[len(flipped)-1] ^= 1
	for name, c := range map[string]struct{ sealed, place []byte }{
		"flipped bit": {flipped, []byte("ada")},
		"other place": {sealed, []byte("bob")},
		"cut":         {sealed[:8], []byte("ada")},
		"empty":       {nil, []byte("ada")},
		"plain text":  {[]byte(`{"access_token":"x"}`), []byte("ada")},
	} {
		if _, err := s.Open(c.sealed, c.place); err == nil || errors.Is(err, store.ErrUnknownKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestKeysetRefusesNonsense(t *testing.T) {
	for _, keyset := range []string{"", "{}", `{"primaryKeyId":1,"key":[]}`, "AAAA"} {
		if _, err := store.NewSealer([]byte(keyset)); err == nil {
			t.Errorf("NewSealer accepts %q", keyset)
		}
		if _, err := store.AddKey([]byte(keyset)); err == nil {
			t.Errorf("AddKey accepts %q", keyset)
		}
		if _, err := store.PromoteKey([]byte(keyset)); err == nil {
			t.Errorf("PromoteKey accepts %q", keyset)
		}
	}
}

func sealer(t *testing.T, keyset []byte) *store.Sealer {
	t.Helper()
	s, err := store.NewSealer(keyset)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
