package google

import (
	"embed"
	"html/template"
	"net/http"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

//go:embed pages
var pageFiles embed.FS

var pages = template.Must(template.ParseFS(pageFiles, "pages/*.html"))

// show sends a page.
func show(w http.ResponseWriter, status int, name string, view any) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = pages.ExecuteTemplate(w, name, view)
}

func (s *Server) pageRoutes(mux *http.ServeMux) {
	guard := http.NewCrossOriginProtection()
	mux.HandleFunc("GET /{$}", s.peoplePage)
	mux.HandleFunc("GET /calendar", s.weekPage)
	mux.HandleFunc("GET /calendar/event", s.eventPage)
	mux.HandleFunc("GET /calendar/edit", s.editPage)
	mux.HandleFunc("GET /calendar/r/eventedit", s.newPage)
	mux.HandleFunc("GET /calendar/r/eventedit/{eid}", s.editPage)
	mux.Handle("POST /calendar/save", guard.Handler(http.HandlerFunc(s.save)))
	mux.Handle("POST /calendar/copy", guard.Handler(http.HandlerFunc(s.copyByHand)))
	mux.Handle("POST /calendar/delete", guard.Handler(http.HandlerFunc(s.deleteByHand)))
	for _, name := range []string{"style.css", "calendar.js"} {
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) {
			http.ServeFileFS(w, r, pageFiles, "pages/"+name)
		})
	}
}

func (s *Server) peoplePage(w http.ResponseWriter, _ *http.Request) {
	show(w, http.StatusOK, "people.html", s.world.People())
}

// reader is whose calendar a page shows.
type reader struct {
	calendar.Person
	Calendar calendar.Entry
}

// writes tells whether the person may change the calendar's events.
func (r reader) writes() bool {
	return r.Calendar.Role == calendar.Owner || r.Calendar.Role == calendar.Writer
}

// reader finds the person and the calendar of a page; false after it answered that there is none.
func (s *Server) reader(w http.ResponseWriter, r *http.Request) (reader, bool) {
	id := stage.Or(r.FormValue("cal"), r.FormValue("user"))
	person, known := s.world.Person(r.FormValue("user"))
	if !known {
		show(w, http.StatusNotFound, "missing.html", "There is nobody with this address here.")
		return reader{}, false
	}
	entry, ok := s.world.Entry(id, person.Email)
	if !ok {
		show(w, http.StatusNotFound, "missing.html", "This person has no such calendar.")
		return reader{}, false
	}
	return reader{person, entry}, true
}
