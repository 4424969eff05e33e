package outlook

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"time"
)

// How long what is served may be kept.
const (
	forever    = "public, max-age=31536000, immutable" // its address has the hash of its content
	revalidate = "no-cache"
)

// file is one thing that is served as it is.
type file struct {
	body     []byte
	kind     string
	cache    string // "": Office asks that icons have no Cache-Control at all
	policy   string // content security policy, of pages
	download string // name under which a browser saves it, "" to show it
	shared   bool   // other sites may show it
}

func (f file) hash() string {
	sum := sha256.Sum256(f.body)
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

func (o *Outlook) add(path string, f file) {
	o.served[path] = f
	o.mux.Handle("GET "+path, f.handler())
}

func (f file) handler() http.HandlerFunc {
	etag := `"` + f.hash() + `"`
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("ETag", etag)
		h.Set("Content-Type", f.kind)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if f.shared {
			h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		}
		if f.cache != "" {
			h.Set("Cache-Control", f.cache)
		}
		if f.policy != "" {
			h.Set("Content-Security-Policy", f.policy)
			h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
		}
		if f.download != "" {
			h.Set("Content-Disposition", `attachment; filename="`+f.download+`"`)
		}
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.body))
	}
}
