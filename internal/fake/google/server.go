// Package google is a stand-in for Google: sign-in, Calendar v3, push channels and a plain calendar page, over real HTTP.
// It never talks to Google and holds no data of its own beyond grants and channels; events live in fake/calendar.
// Start reading at Server, routes and control.go.
package google

import (
	"net/http"
	"sync"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// Options shape a Server. Zero values mean what Google does.
type Options struct {
	Now          func() time.Time // clock; nil: time.Now
	ClientID     string
	ClientSecret string
	Redirects    []string      // registered redirect addresses; none: any absolute http(s) address
	TokenLife    time.Duration // of access tokens; 0: an hour
	RefreshLife  time.Duration // of refresh tokens; 0: for ever. A project in "Testing" has 7 days
	ChannelLife  time.Duration // longest life of a push channel; 0: 30 days, since Google documents none
	PushRetry    time.Duration // first pause before a failed push is repeated; 0: half a second
	Conference   ConferenceMode
	EditorHTML   bool // the calendar page saves descriptions as Google's web editor does
}

// Server is the stand-in. Close it when push channels were opened.
type Server struct {
	stage.Front
	world *calendar.World
	opt   Options
	now   func() time.Time
	mux   *http.ServeMux
	keys  *stage.Signer

	grants *stage.Grants
	syncs  stage.Seals
	push   *postman

	mu     sync.Mutex
	limits quota
	lists  ListMode
}

// New returns a server that shows world.
func New(world *calendar.World, o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{world: world, opt: o, now: o.Now, keys: stage.ProcessSigner(), grants: stage.NewGrants("ya29.", "1//", maxRefreshTokens)}
	s.Now = o.Now
	s.syncs.Renew()
	s.push = newPostman(s.now, stage.Or(o.PushRetry, 500*time.Millisecond))
	s.mux = s.routes()
	world.Listen(func(c calendar.Change) { s.push.changed(c.Calendar) })
	return s
}

// World is the calendar world behind the server.
func (s *Server) World() *calendar.World { return s.world }

// ServeHTTP answers one request and writes it into the log of calls.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c, _ := s.bearer(r)
	s.Serve(w, r, c.email, s.mux, refuse)
}

// Close stops the push channels and waits until nothing runs any more.
func (s *Server) Close() { s.push.close() }
