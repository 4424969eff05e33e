// Package zoom is a stand-in for Zoom: OAuth with refresh tokens that rotate, the few calls of its API that a calendar needs,
// webhooks, a page on which people change their room, and a page that one meets on. It carries no sound or video.
//
// Where Zoom's documentation leaves open whether something is refused or ignored, it is refused here.
//
// Start reading at Server and routes; the rules of personal rooms are in meeting_create.go.
package zoom

import (
	"net/http"
	"sync"
	"time"

	"parlor/internal/fake/stage"
)

// Options shape a Server. Zero values mean what Zoom does.
type Options struct {
	Now           func() time.Time // clock; nil: time.Now
	ClientID      string
	ClientSecret  string
	Redirects     []string      // registered redirect addresses; none: any absolute http(s) address
	TokenLife     time.Duration // of access tokens; 0: an hour
	RefreshLife   time.Duration // of refresh tokens; 0: 90 days
	WebhookURL    string        // where events are sent; "": nowhere
	WebhookSecret string
	WebhookRetry  time.Duration // first pause before a failed event is sent again; 0: half a second
}

// dailyLimit is how many meetings of one host may be created and updated between two midnights UTC.
const dailyLimit = 100

// Server is the stand-in. Close it when it sends events.
type Server struct {
	stage.Front
	opt    Options
	now    func() time.Time
	mux    *http.ServeMux
	grants *stage.Grants
	post   *postman

	mu       sync.Mutex
	people   []*Person
	meetings map[int64]*meeting
	spent    map[string]int // "day host" -> creates and updates
	serial   int64
}

// New returns a server that knows the people.
func New(people []Person, o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{
		opt: o, now: o.Now, grants: stage.NewGrants("eyJzdiI6", "eyJyZnQi", 20),
		meetings: map[int64]*meeting{}, spent: map[string]int{}, serial: 81_000_000_000,
	}
	s.Now = o.Now
	for _, p := range people {
		s.people = append(s.people, p.complete())
	}
	s.post = newPostman(o)
	s.mux = s.routes()
	return s
}

// SetWebhook says where events are sent from now on.
func (s *Server) SetWebhook(address string) { s.post.moveTo(address) }

// ServeHTTP answers one request and writes it into the log of calls.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	t, _ := s.grants.Bearer(r, s.now())
	s.Serve(w, r, t.Email, s.mux, refuse)
}

// Close waits until no event is under way any more.
func (s *Server) Close() { s.post.close() }

// Revoke takes the app away from a person, as they can on the Zoom App Marketplace, and tells the app.
func (s *Server) Revoke(email string) {
	s.grants.Revoke(email)
	if p, ok := s.find(email); ok {
		s.post.send(deauthorized(p, s.opt.ClientID, s.now()))
	}
}

// ExpireTokens ends the life of every access token.
func (s *Server) ExpireTokens() { s.grants.ExpireAccess() }

// SpendDay uses up what a host may still create and update today, but so many.
func (s *Server) SpendDay(email string, left int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.spent[s.today(email)] = dailyLimit - left
}

func (s *Server) today(email string) string { return s.now().UTC().Format(time.DateOnly) + " " + email }
