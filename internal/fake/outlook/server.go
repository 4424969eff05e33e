// Package outlook is a stand-in for Outlook on the web: a week, an appointment editor that hosts the add-in, and the
// Office script that the add-in's pages load. It knows no account, no token and no Graph; events live in fake/calendar.
// Start reading at Server, then save.go for what an editor writes and pages/host.js for how it hosts the add-in.
package outlook

import (
	"net/http"
	"time"

	"parlor/internal/fake/calendar"
)

// Options shape a Server.
type Options struct {
	Now         func() time.Time // clock; nil: time.Now
	ManifestURL string           // where the add-in's manifest is read each time an editor opens; "" installs no add-in
	Client      *http.Client     // that reads it; nil: http.DefaultClient
}

// Server is the stand-in, an http.Handler.
type Server struct {
	world *calendar.World
	opt   Options
	mux   *http.ServeMux
}

// New returns a server that shows world.
func New(world *calendar.World, o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Client == nil {
		o.Client = http.DefaultClient
	}
	s := &Server{world: world, opt: o, mux: http.NewServeMux()}
	s.routes()
	return s
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

func (s *Server) routes() {
	guard := http.NewCrossOriginProtection()
	s.mux.HandleFunc("GET /{$}", s.peoplePage)
	s.mux.HandleFunc("GET /calendar", s.weekPage)
	s.mux.HandleFunc("GET /calendar/new", s.newPage)
	s.mux.HandleFunc("GET /calendar/event", s.eventPage)
	s.mux.Handle("POST /calendar/save", guard.Handler(http.HandlerFunc(s.save)))
	s.mux.Handle("POST /calendar/delete", guard.Handler(http.HandlerFunc(s.remove)))
	s.mux.Handle("POST /share", guard.Handler(http.HandlerFunc(s.share)))
	s.mux.HandleFunc("GET /office.js", officeScript)
	s.mux.HandleFunc("GET /pages/{name}", asset)
}
