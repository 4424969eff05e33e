package store

import (
	"sync"

	"parlor/internal/parlor"
)

// memoSize is how many different settings are remembered; then it begins anew.
const memoSize = 1024

// decoded remembers what stored settings say: reading them is the most frequent request, and decoding costs about as
// much as the round trip. The text is the key, so nothing here can be out of date, and people with the same choices
// share an entry.
type decoded struct {
	sync.RWMutex
	byText map[string]decodedSettings
}

type decodedSettings struct {
	settings parlor.Settings
	etag     string
}

func (d *decoded) read(stored string) (parlor.Settings, string, error) {
	d.RLock()
	known, ok := d.byText[stored]
	d.RUnlock()
	if ok {
		return known.settings, known.etag, nil
	}
	settings, err := decodeSettings(stored)
	if err != nil {
		return settings, "", err
	}
	known = decodedSettings{settings, revision(stored)}
	d.Lock()
	defer d.Unlock()
	if len(d.byText) >= memoSize || d.byText == nil {
		d.byText = map[string]decodedSettings{}
	}
	d.byText[stored] = known
	return settings, known.etag, nil
}
