package extension

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"time"
)

func path(b Browser) string { return "/downloads/parlor-" + string(b) + ".zip" }

// Patterns are what to route here, for http.ServeMux.
func Patterns() []string { return []string{path(Chrome), path(Firefox)} }

// ServeHTTP answers the paths of Patterns.
func (e *Extension) ServeHTTP(w http.ResponseWriter, r *http.Request) { e.mux.ServeHTTP(w, r) }

func download(b Browser, body []byte) http.HandlerFunc {
	sum := sha256.Sum256(body)
	etag := `"` + base64.RawURLEncoding.EncodeToString(sum[:9]) + `"`
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("ETag", etag)
		h.Set("Content-Type", "application/zip")
		h.Set("Content-Disposition", `attachment; filename="parlor-`+string(b)+`.zip"`)
		h.Set("Cache-Control", "no-cache")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
	}
}
