package outlook

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"parlor/manifests"
)

// Manifest is the manifest for this installation, checked against what is served beside it; the error holds everything
// that Outlook could object to.
func (o *Outlook) Manifest() ([]byte, error) {
	manifest := o.served[download].body
	faults := manifests.CheckOutlook(manifest, manifests.Installation{Origin: o.cfg.Origin, Get: o.get})
	if err := errors.Join(faults...); err != nil {
		return nil, fmt.Errorf("the manifest has faults:\n%w", err)
	}
	return manifest, nil
}

// ManifestURL is where the manifest can be had.
func (o *Outlook) ManifestURL() string { return o.cfg.Origin + download }

// get reads what is served at an address of this installation.
func (o *Outlook) get(address string) ([]byte, error) {
	f, ok := o.served[strings.TrimPrefix(address, o.cfg.Origin)]
	if !ok {
		return nil, fmt.Errorf("get %s: %w", address, fs.ErrNotExist)
	}
	return f.body, nil
}
