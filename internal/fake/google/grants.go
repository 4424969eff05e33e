package google

import (
	"crypto/rand"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// maxRefreshTokens is how many refresh tokens of one person live at once; the oldest die silently.
const maxRefreshTokens = 100

// grants are the codes and tokens that were given out.
type grants struct {
	mu       sync.Mutex
	codes    map[string]authCode
	access   map[string]grant
	refresh  map[string]grant
	consents map[string]scopeSet // by e-mail address: what a person ever agreed to
	order    []string            // refresh tokens, oldest first
}

// grant is what a token stands for.
type grant struct {
	email  string
	scopes scopeSet
	until  time.Time // zero: for ever
	family string    // the refresh token an access token came from
}

func (g *grants) reset() {
	g.codes, g.access, g.refresh = map[string]authCode{}, map[string]grant{}, map[string]grant{}
	g.consents = map[string]scopeSet{}
}

// bearer finds who sent a request by its access token.
func (g *grants) bearer(r *http.Request, now time.Time) (caller, bool) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return caller{}, false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	t, ok := g.access[token]
	if !ok || !now.Before(t.until) {
		return caller{}, false
	}
	return caller{t.email, t.scopes}, true
}

func (s *Server) userOf(r *http.Request) string {
	c, _ := s.grants.bearer(r, s.now())
	return c.email
}

// newAccess gives out an access token.
func (g *grants) newAccess(t grant) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	token := "ya29." + rand.Text() + rand.Text()
	g.access[token] = t
	return token
}

// newRefresh gives out a refresh token.
func (g *grants) newRefresh(t grant) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	token := "1//" + rand.Text() + rand.Text()
	g.refresh[token] = t
	g.order = append(g.order, token)
	g.dropOldest(t.email)
	return token
}

func (g *grants) dropOldest(email string) {
	g.order = slices.DeleteFunc(g.order, func(t string) bool { _, live := g.refresh[t]; return !live })
	var mine []string
	for _, t := range g.order {
		if g.refresh[t].email == email {
			mine = append(mine, t)
		}
	}
	for len(mine) > maxRefreshTokens {
		delete(g.refresh, mine[0])
		mine = mine[1:]
	}
}

// redeem finds a live refresh token.
func (g *grants) redeem(token string, now time.Time) (grant, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	t, ok := g.refresh[token]
	return t, ok && (t.until.IsZero() || now.Before(t.until))
}

// agree remembers a person's consent and tells whether it is the first one.
func (g *grants) agree(email string, scopes scopeSet) (first bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	first = len(g.consents[email]) == 0
	g.consents[email] = parseScopes(g.consents[email].String() + " " + scopes.String())
	return first
}

// agreed is everything a person ever agreed to.
func (g *grants) agreed(email string) scopeSet {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.consents[email]
}

// revoke kills every token and the consent of a person.
func (g *grants) revoke(email string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.consents, email)
	for _, tokens := range []map[string]grant{g.access, g.refresh} {
		for token, t := range tokens {
			if t.email == email {
				delete(tokens, token)
			}
		}
	}
}

// ExpireAccessTokens ends the life of every access token given out so far.
func (s *Server) ExpireAccessTokens() {
	s.grants.mu.Lock()
	defer s.grants.mu.Unlock()
	s.grants.access = map[string]grant{}
}

// RevokeGrants takes back what a person allowed, as they would in their Google account; "" means everybody.
func (s *Server) RevokeGrants(email string) {
	for _, p := range s.world.People() {
		if email == "" || p.Email == email {
			s.grants.revoke(p.Email)
		}
	}
}

// Grant gives a person's tokens to a test without the sign-in pages. No scopes means calendar.events.
func (s *Server) Grant(email string, scopes ...string) (access, refresh string) {
	if len(scopes) == 0 {
		scopes = calendarScopes("calendar.events")
	}
	set := parseScopes(strings.Join(scopes, " "))
	s.grants.agree(email, set)
	refresh = s.grants.newRefresh(grant{email: email, scopes: set, until: s.refreshUntil()})
	return s.grants.newAccess(grant{email, set, s.now().Add(s.tokenLife()), refresh}), refresh
}

func (s *Server) tokenLife() time.Duration { return or(s.opt.TokenLife, time.Hour) }

func (s *Server) refreshUntil() time.Time {
	if s.opt.RefreshLife == 0 {
		return time.Time{}
	}
	return s.now().Add(s.opt.RefreshLife)
}
