// Package oidc is a stand-in for a provider of OpenID Connect that is nobody's calendar, over real HTTP. It is strict where
// providers are: registered redirect addresses only, PKCE and a nonce, the client's secret in the header.
// It knows people and nothing of calendars. Start reading at Server.
package oidc

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"parlor/internal/fake/stage"
)

// Options shape a Server. Zero values mean what the specification says.
type Options struct {
	Now          func() time.Time // clock; nil: time.Now
	ClientID     string
	ClientSecret string
	Redirects    []string // registered redirect addresses; none: any absolute http(s) address
}

// Person is somebody who can sign in.
type Person struct {
	Email, Name string
	Verified    *bool    // email_verified; nil: it is not said
	Groups      []string // in the claim "groups"; nil: it is not there
}

// Server is the stand-in.
type Server struct {
	stage.Front
	opt    Options
	mux    *http.ServeMux
	grants *stage.Grants

	mu     sync.Mutex
	people []Person
	keys   []*stage.Signer // the last one signs
	bare   bool
	silent bool
}

// Realm is the path of the issuer below the server's origin.
const Realm = "/realms/example"

// New returns a server that knows these people.
func New(o Options, people ...Person) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{opt: o, grants: stage.NewGrants("at-", "rt-", 1), people: people, keys: []*stage.Signer{stage.ProcessSigner()}}
	s.Now = o.Now
	s.mux = http.NewServeMux()
	s.mux.HandleFunc("GET "+Realm+"/.well-known/openid-configuration", s.discovery)
	s.mux.HandleFunc("GET "+Realm+"/authorize", s.authorize)
	s.mux.HandleFunc("POST "+Realm+"/authorize", s.authorize)
	s.mux.HandleFunc("POST "+Realm+"/token", s.token)
	s.mux.HandleFunc("GET "+Realm+"/userinfo", s.userinfo)
	s.mux.HandleFunc("GET "+Realm+"/keys", s.certs)
	s.mux.HandleFunc("GET /style.css", style)
	return s
}

// Issuer is the address that the provider calls itself by.
func (s *Server) Issuer() string { return s.Origin() + Realm }

// ServeHTTP answers one request and writes it into the log of calls.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.Serve(w, r, "", s.mux, func(w http.ResponseWriter, _ *http.Request, f stage.Failure) { oauthError(w, f.Status, f.Reason) })
}

// Put adds a person, or changes what is known of them.
func (s *Server) Put(p Person) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.people = append(slices.DeleteFunc(s.people, func(known Person) bool { return strings.EqualFold(known.Email, p.Email) }), p)
}

// Bare makes the id_token say who it is and nothing else, as Zitadel's does; userinfo tells the rest.
func (s *Server) Bare(bare bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bare = bare
}

// Groupless leaves the scope "groups" out of what the document offers, and refuses it, as Keycloak does.
func (s *Server) Groupless(silent bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.silent = silent
}

// Rotate signs with a new key from now on; the document of keys lists the old one no more.
func (s *Server) Rotate() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys = []*stage.Signer{stage.NewSigner()}
}

func (s *Server) signer() *stage.Signer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.keys[len(s.keys)-1]
}

func (s *Server) person(email string) (Person, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.people {
		if strings.EqualFold(p.Email, email) {
			return p, true
		}
	}
	return Person{}, false
}

func (s *Server) everybody() []Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.people)
}

func (s *Server) modes() (bare, groupless bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bare, s.silent
}
