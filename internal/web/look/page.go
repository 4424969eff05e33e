package look

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed pages/*.html
var shared embed.FS

// Frame is what every page has around its own content.
type Frame struct {
	Title  string
	Reader *Reader // nil: signed out
	Nav    string  // the page's place in the navigation: "meetings"
	Zone   string  // IANA name of the zone that the page's times were written in; "" when the page must not remember one
	// Refresh makes a page that waits come back by itself where no script keeps it up to date; nil: it stays.
	Refresh *Refresh
	Notice  *Notice // what the last click did, nil if there is nothing to say
	Body    any     // what the page itself needs
}

// Refresh says when a page is asked for again, and at which address of ours.
type Refresh struct {
	Seconds int
	To      string
}

// Reader is the person who is signed in.
type Reader struct {
	Name, Email string
	Admin       bool
}

// Notice is one message above the content.
type Notice struct {
	Bad  bool
	Text string
}

// Pages are the templates of one part of the house, each inside the common frame.
type Pages struct{ byName map[string]*template.Template }

// Pages reads the templates of a folder; each defines "content", and those whose name begins with _ are parts for the
// others. It panics when one is broken, as template.Must does: they are part of the binary.
func (l *Look) Pages(fsys fs.FS, folder string) *Pages {
	base := template.Must(template.New("frame.html").Funcs(template.FuncMap{"asset": l.Path}).ParseFS(shared, "pages/*.html"))
	names, err := fs.Glob(fsys, folder+"/*.html")
	parts, pages := split(names)
	for _, part := range parts {
		base = template.Must(base.ParseFS(fsys, part))
	}
	p := &Pages{byName: map[string]*template.Template{}}
	for _, page := range pages {
		own := template.Must(template.Must(base, err).Clone())
		p.byName[strings.TrimSuffix(path.Base(page), ".html")] = template.Must(own.ParseFS(fsys, page))
	}
	return p
}

func split(names []string) (parts, pages []string) {
	for _, name := range names {
		if strings.HasPrefix(path.Base(name), "_") {
			parts = append(parts, name)
		} else {
			pages = append(pages, name)
		}
	}
	return parts, pages
}

// Write renders a page whole before the first byte leaves, so that a fault in a template is an error and no torn page.
// A reader who has left meanwhile is none. The caller has set the headers.
func (p *Pages) Write(w http.ResponseWriter, status int, name string, f Frame) error {
	t, ok := p.byName[name]
	if !ok {
		return fmt.Errorf("render page %s: no such page", name)
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, "frame.html", f); err != nil {
		return fmt.Errorf("render page %s: %w", name, err)
	}
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes())
	return nil
}
