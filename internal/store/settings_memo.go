package store

import (
	"maps"
	"sync"

	"parlor/internal/parlor"
)

// memoSize is how many different settings are remembered; then it begins anew.
const memoSize = 1024

// decoded remembers what stored settings say under a ruling: reading them is the most frequent request, and decoding costs
// about as much as the round trip. Both texts are the key, so nothing here can be out of date, and people with the same
// choices share an entry.
type decoded struct {
	sync.RWMutex
	byText map[decodedFrom]decodedSettings
}

type decodedFrom struct{ stored, mark string }

type decodedSettings struct {
	settings parlor.Settings
	etag     string
}

func (d *decoded) read(stored string, r parlor.Ruling) (parlor.Settings, string, error) {
	from := decodedFrom{stored, r.Mark}
	d.RLock()
	known, ok := d.byText[from]
	d.RUnlock()
	if !ok {
		settings, err := r.Settings([]byte(stored))
		if err != nil {
			return settings, "", err
		}
		known = decodedSettings{settings, settingsTag(stored, r)}
		d.keep(from, known)
	}
	own := known.settings
	own.Locked = maps.Clone(known.settings.Locked)
	return own, known.etag, nil
}

func (d *decoded) keep(from decodedFrom, known decodedSettings) {
	d.Lock()
	defer d.Unlock()
	if len(d.byText) >= memoSize || d.byText == nil {
		d.byText = map[decodedFrom]decodedSettings{}
	}
	d.byText[from] = known
}
