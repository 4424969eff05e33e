// Package graph is a stand-in for Microsoft: Entra ID sign-in and the calendar part of Microsoft Graph v1.0, over real HTTP.
// It never talks to Microsoft and holds no data beyond grants, delta rounds and subscriptions; events live in fake/calendar.
// Start reading at Server, routes and render.
package graph

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// DefaultTenant is the directory of everybody whose calendar.Person names none.
const DefaultTenant = "3f1c6e0a-5b7d-4c52-9d1e-8a2b4c6d8e0f"

// Options shape a Server. Zero values mean what Microsoft does.
type Options struct {
	Now              func() time.Time // clock; nil: time.Now
	ClientID         string
	ClientSecret     string
	Redirects        []string      // registered redirect addresses; none: any absolute http(s) address
	Tenant           string        // directory of people without one of their own; "": DefaultTenant
	TokenLife        time.Duration // of access tokens; 0: 75 minutes
	RefreshLife      time.Duration // of refresh tokens; 0: 90 days
	SubscriptionLife time.Duration // longest life of a subscription; 0: 4230 minutes
	PushRetry        time.Duration // first pause before a failed notification is repeated; 0: half a second
	HandshakeWait    time.Duration // how long a receiver has for the validation token; 0: 10 seconds
}

// Failure is an answer the server gives instead of doing what it was asked. Its Reason is a Graph error code such as
// "ApplicationThrottled", ClaimsChallenge, or for the sign-in addresses an RFC 6749 code or "AADSTS" and a number.
type Failure = stage.Failure

// Call is one request the server answered.
type Call = stage.Call

// Server is the stand-in. Close it when it is no longer used.
type Server struct {
	stage.Front

	world  *calendar.World
	opt    Options
	now    func() time.Time
	mux    *http.ServeMux // of Graph
	entra  *http.ServeMux // of signing in
	keys   *stage.Signer
	grants *stage.Grants
	rounds rounds
	load   load
	post   *postman

	mu       sync.Mutex
	claims   map[string]map[string]any // by e-mail address
	admin    map[string]bool           // scopes that only an administrator may allow
	lists    ListMode
	renamed  map[string]byte // by e-mail address: how often the mutable ids of a mailbox changed
	replayed map[string]replay
}

// New returns a server that shows world.
func New(world *calendar.World, o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Tenant = stage.Or(o.Tenant, DefaultTenant)
	s := &Server{
		world: world, opt: o, now: o.Now, keys: stage.ProcessSigner(), grants: stage.NewGrants("EwB", "0.A", 1000),
		claims: map[string]map[string]any{}, admin: map[string]bool{}, renamed: map[string]byte{}, replayed: map[string]replay{},
	}
	s.Now = o.Now
	s.rounds.reset()
	s.post = newPostman(o.Now, stage.Or(o.PushRetry, 500*time.Millisecond))
	world.Listen(s.changed)
	s.mux, s.entra = s.routes(), s.signInRoutes()
	return s
}

// World is the calendar world behind the server.
func (s *Server) World() *calendar.World { return s.world }

// ServeHTTP answers one request and writes it into the log of calls.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	t, _ := s.grants.Bearer(r, s.now())
	routes := s.entra
	if strings.HasPrefix(r.URL.Path, apiBase) {
		routes = s.mux
	}
	s.Serve(w, r, t.Email, routes, s.refuse)
}

// Close stops what runs in the background and waits for it.
func (s *Server) Close() { s.post.close() }
