// Package outlook serves the Outlook add-in of this installation: its pages and scripts, its icons, and the manifest that
// Outlook installs it from. Nothing here asks who is there: the scripts bring their own tokens to the API.
//
// Start reading at New.
package outlook

import (
	"fmt"
	"io/fs"
	"net/http"

	"parlor/addin"
	"parlor/internal/web/bundle"
	"parlor/internal/web/client"
	"parlor/internal/web/icon"
	"parlor/internal/web/look"
	"parlor/manifests"
)

// DefaultOfficeJS is where Microsoft keeps the library that every add-in must load from there.
const DefaultOfficeJS = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js"

// The addresses that stand elsewhere too: in the portal, in Microsoft's documentation, in the manifest.
const (
	download = "/downloads/outlook.xml"
	allowed  = "/.well-known/microsoft-officeaddins-allowed.json"
	script   = "/addin/commands.js" // there is no hash in it, because the manifest names it
)

// Config is what the add-in's pages need to know of the installation.
type Config struct {
	Look     *look.Look
	Origin   string // "https://rooms.example.com"
	OfficeJS string // address of office.js; "" is Microsoft's. Outlook may also be at its origin, as in the demo.
}

// Outlook is the add-in, bundled and ready to be served. It is safe for concurrent use.
type Outlook struct {
	cfg    Config
	mux    *http.ServeMux
	icons  *icon.Set
	served map[string]file   // by path
	assets map[string]string // "pane.js" -> its path with the hash of its content
}

var sources = bundle.New(map[string]fs.FS{"addin": addin.Sources, "internal/web/client": client.Sources, "internal/web/look": look.Files()})

// New bundles the add-in, draws its icons and makes its manifest; it fails only when what is embedded is broken.
func New(cfg Config) (*Outlook, error) {
	if cfg.OfficeJS == "" {
		cfg.OfficeJS = DefaultOfficeJS
	}
	icons, err := icon.New()
	if err != nil {
		return nil, err
	}
	o := &Outlook{cfg: cfg, mux: http.NewServeMux(), icons: icons, served: map[string]file{}, assets: map[string]string{}}
	if err := o.bundle(); err != nil {
		return nil, fmt.Errorf("bundle add-in: %w", err)
	}
	if err := o.pages(); err != nil {
		return nil, fmt.Errorf("make add-in pages: %w", err)
	}
	if err := o.files(); err != nil {
		return nil, err
	}
	o.mux.HandleFunc("GET /addin/sign-in", o.signIn)
	return o, nil
}

// ServeHTTP answers the paths of Patterns.
func (o *Outlook) ServeHTTP(w http.ResponseWriter, r *http.Request) { o.mux.ServeHTTP(w, r) }

// Patterns are what to route here, for http.ServeMux.
func Patterns() []string {
	return []string{"/addin/", download, allowed}
}

// files makes what is neither page nor bundle: icons, the manifest, and the list of scripts that Outlook may run alone.
func (o *Outlook) files() error {
	for _, name := range o.icons.Names() {
		body, _ := o.icons.PNG(name)
		o.add("/addin/icons/"+name, file{body: body, kind: "image/png", shared: true})
	}
	manifest, err := manifests.Outlook(o.cfg.Origin)
	if err != nil {
		return err
	}
	o.add(download, file{body: manifest, kind: "application/xml; charset=utf-8", cache: revalidate, download: "parlor-outlook.xml"})
	list := fmt.Appendf(nil, "{\"allowed\": [%q]}\n", o.cfg.Origin+script)
	o.add(allowed, file{body: list, kind: "application/json", cache: revalidate})
	return nil
}
