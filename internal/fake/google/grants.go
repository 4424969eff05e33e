package google

import (
	"net/http"
	"strings"
	"time"

	"parlor/internal/fake/stage"
)

// maxRefreshTokens is how many refresh tokens of one person live at once; the oldest die silently.
const maxRefreshTokens = 100

// bearer finds who sent a request by its access token.
func (s *Server) bearer(r *http.Request) (caller, bool) {
	t, ok := s.grants.Bearer(r, s.now())
	return caller{t.Email, t.Scopes}, ok
}

// ExpireAccessTokens ends the life of every access token given out so far.
func (s *Server) ExpireAccessTokens() { s.grants.ExpireAccess() }

// RevokeGrants takes back what a person allowed, as they would in their Google account; "" means everybody.
func (s *Server) RevokeGrants(email string) {
	for _, p := range s.world.People() {
		if email == "" || p.Email == email {
			s.grants.Revoke(p.Email)
		}
	}
}

// Grant gives a person's tokens to a test without the sign-in pages. No scopes means calendar.events.
func (s *Server) Grant(email string, scopes ...string) (access, refresh string) {
	if len(scopes) == 0 {
		scopes = calendarScopes("calendar.events")
	}
	set := parseScopes(strings.Join(scopes, " "))
	s.grants.Agree(email, set)
	refresh = s.grants.NewRefresh(stage.Grant{Email: email, Scopes: set, Until: s.refreshUntil()})
	return s.grants.NewAccess(stage.Grant{Email: email, Scopes: set, Until: s.now().Add(s.tokenLife()), Family: refresh}), refresh
}

func (s *Server) tokenLife() time.Duration { return stage.Or(s.opt.TokenLife, time.Hour) }

func (s *Server) refreshUntil() time.Time {
	if s.opt.RefreshLife == 0 {
		return time.Time{}
	}
	return s.now().Add(s.opt.RefreshLife)
}
