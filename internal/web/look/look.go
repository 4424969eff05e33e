// Package look is the one visual language of Parlor: the stylesheet, the mark, the small script and the frame that every
// page stands in, with the headers that protect it. It knows no account, no meeting and no store.
//
// Start reading at Look.
package look

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"io/fs"
	"net/http"

	"parlor/internal/web/bundle"
)

//go:embed mark.svg parlor.css style/*.css script/*.ts
var files embed.FS

var sources = bundle.New(map[string]fs.FS{"internal/web/look": files})

// Files are the stylesheets and scripts, for the pages of clients that bundle them into their own.
func Files() fs.FS { return files }

// Look holds what pages are made of, ready to be served. It is safe for concurrent use.
type Look struct {
	byPath map[string]asset  // "/assets/parlor.1a2b3c4d.css"
	paths  map[string]string // "parlor.css" -> its path
}

type asset struct {
	body []byte
	kind string
}

var kinds = map[string]string{
	"css": "text/css; charset=utf-8",
	"js":  "text/javascript; charset=utf-8",
	"svg": "image/svg+xml",
}

// New bundles stylesheet and script and hashes every asset; it fails only when the embedded sources are broken.
func New() (*Look, error) {
	l := &Look{byPath: map[string]asset{}, paths: map[string]string{}}
	mark, err := files.ReadFile("mark.svg")
	if err != nil {
		return nil, err
	}
	sheet, err := sources.File("internal/web/look/parlor.css", bundle.Classic, nil)
	if err != nil {
		return nil, err
	}
	script, err := sources.File("internal/web/look/script/main.ts", bundle.Classic, nil)
	if err != nil {
		return nil, err
	}
	l.add("mark", "svg", mark)
	l.add("parlor", "css", sheet)
	l.add("parlor", "js", script)
	return l, nil
}

func (l *Look) add(stem, ext string, body []byte) {
	sum := sha256.Sum256(body)
	path := "/assets/" + stem + "." + base64.RawURLEncoding.EncodeToString(sum[:9]) + "." + ext
	l.byPath[path] = asset{body: body, kind: kinds[ext]}
	l.paths[stem+"."+ext] = path
}

// Path is the address of an asset, with the hash of its content in it; "" for a name that is none.
func (l *Look) Path(name string) string { return l.paths[name] }

// ServeHTTP answers below /assets/. What it serves never changes under one address, so it may be kept for a year.
func (l *Look) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a, ok := l.byPath[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	_, _ = w.Write(a.body)
}
