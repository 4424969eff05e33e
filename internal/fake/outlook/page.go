package outlook

import (
	"embed"
	"html/template"
	"io"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"

	"parlor/internal/fake/stage"
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
		"; frame-src "+stage.Or(from, "'none'"))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = pages.ExecuteTemplate(w, name, view)
}

// missing says that a page cannot be shown, and why.
func missing(w http.ResponseWriter, status int, why string) { show(w, status, "missing.html", why) }

// asset sends one of the pages' own scripts or the stylesheet.
func asset(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if !slices.Contains([]string{".js", ".css"}, path.Ext(name)) {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	http.ServeFileFS(w, r, pageFiles, "pages/"+name)
}

// officeParts make up /office.js, in this order. They are modules for the type checker; a page that loads Office.js counts
// on a classic script, so what joins them is taken out and they follow one another in one function.
var officeParts = []string{"office_calls.js", "office_item.js", "office_context.js"}

var joints = regexp.MustCompile(`(?m)^(import [^;]*;\n|export )`)

// officeScript sends the Office script, which any page may load.
func officeScript(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/javascript; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	_, _ = io.WriteString(w, "(() => {\n")
	for _, name := range officeParts {
		text, _ := pageFiles.ReadFile("pages/" + name)
		_, _ = w.Write(joints.ReplaceAll(text, nil))
	}
	_, _ = io.WriteString(w, "})();\n")
}
