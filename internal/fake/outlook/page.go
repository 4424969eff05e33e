package outlook

import (
	"embed"
	"html/template"
	"net/http"
	"path"
	"slices"
	"strings"
)

//go:embed pages
var pageFiles embed.FS

var pages = template.Must(template.ParseFS(pageFiles, "pages/*.html"))

// show sends a page that may frame and show pictures of the given origins.
func show(w http.ResponseWriter, status int, name string, view any, origins ...string) {
	from := strings.Join(origins, " ")
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "+
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; img-src 'self' data: "+from+
		"; frame-src "+or(from, "'none'"))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = pages.ExecuteTemplate(w, name, view)
}

// missing says that a page cannot be shown, and why.
func missing(w http.ResponseWriter, status int, why string) { show(w, status, "missing.html", why) }

// asset sends a script or stylesheet; from says whose pages may load it.
func asset(name, from string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !slices.Contains([]string{".js", ".css"}, path.Ext(name)) {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Cross-Origin-Resource-Policy", from)
		http.ServeFileFS(w, r, pageFiles, "pages/"+name)
	}
}
