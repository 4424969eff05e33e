// Package extension makes the browser extension of this installation: one set of bundled sources, packed with a manifest
// for Chrome and one for Firefox, and serves both as downloads. Nothing here asks who is there.
//
// Start reading at New.
package extension

import (
	"fmt"
	"net/http"

	"parlor/manifests"
)

// Config is what the extension needs to know of the installation.
type Config struct {
	Origin string   // "https://rooms.example.com"; "" for a build that asks for its server
	Pages  []string // origins of calendar pages besides Google's own, as in the demo
	Key    string   // Chrome's key; "" is one of the origin's own that can sign nothing
	IDs    []string // under which stores or administrators distribute it too
	Store  bool     // without any key: a store has its own
}

// Extension is both builds, packed. It is safe for concurrent use.
type Extension struct {
	chromeID, firefoxID string
	redirects           []string
	zips                map[Browser][]byte
	mux                 *http.ServeMux
}

// Browser is a kind of browser.
type Browser string

// The browsers that there are builds for.
const (
	Chrome  Browser = "chrome"
	Firefox Browser = "firefox"
)

// New bundles and packs both builds; it fails when the key or an id is none, or what is embedded is broken.
func New(cfg Config) (*Extension, error) {
	switch {
	case cfg.Store:
		cfg.Key = ""
	case cfg.Key == "" && cfg.Origin != "":
		cfg.Key = manifests.PlaceholderKey(cfg.Origin)
	}
	e := &Extension{firefoxID: manifests.FirefoxID(cfg.Origin), zips: map[Browser][]byte{}, mux: http.NewServeMux()}
	if err := e.identify(cfg); err != nil {
		return nil, err
	}
	shared, err := files(cfg)
	if err != nil {
		return nil, fmt.Errorf("bundle extension: %w", err)
	}
	made := manifests.Extension{Origin: cfg.Origin, Pages: cfg.Pages, Key: cfg.Key}
	for browser, manifest := range map[Browser]func(manifests.Extension) ([]byte, error){
		Chrome: manifests.Chrome, Firefox: manifests.Firefox,
	} {
		if e.zips[browser], err = e.pack(browser, made, manifest, shared); err != nil {
			return nil, fmt.Errorf("pack extension for %s: %w", browser, err)
		}
		e.mux.Handle("GET "+path(browser), download(browser, e.zips[browser]))
	}
	return e, nil
}

// identify finds the ids, and the origins that browsers hand to them.
func (e *Extension) identify(cfg Config) error {
	ids := append([]string{e.firefoxID}, cfg.IDs...)
	if cfg.Key != "" {
		id, err := manifests.ChromeID(cfg.Key)
		if err != nil {
			return fmt.Errorf("extension key: %w", err)
		}
		e.chromeID = id
		ids = append(ids, id)
	}
	for _, id := range ids {
		origin, err := manifests.RedirectOrigin(id)
		if err != nil {
			return fmt.Errorf("extension id: %w", err)
		}
		e.redirects = append(e.redirects, origin)
	}
	return nil
}

// Zip is a build, ready for a store or a browser.
func (e *Extension) Zip(b Browser) []byte { return e.zips[b] }

// ChromeID is the id that Chrome gives the build; "" when a store gives it.
func (e *Extension) ChromeID() string { return e.chromeID }

// FirefoxID is the id of the add-on in Firefox.
func (e *Extension) FirefoxID() string { return e.firefoxID }

// Redirects are the origins at which the extensions of this installation take their sign-in.
func (e *Extension) Redirects() []string { return e.redirects }
