package api

import (
	"errors"
	"net/url"
	"time"

	"github.com/gin-gonic/gin"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

// signInProblems names what can go wrong at sign-in; the portal has the words for each name.
var signInProblems = []struct {
	err  error
	name string
}{
	{connect.ErrDomain, "domain"},
	{connect.ErrTenant, "tenant"},
	{connect.ErrUnverified, "unverified"},
	{connect.ErrNoAddress, "no_address"},
	{connect.ErrState, "state"},
	{connect.ErrDenied, "denied"},
	{connect.ErrProvider, "provider"},
	{parlor.ErrTaken, "taken"},
	{parlor.ErrDisabled, "disabled"},
	{store.ErrUnavailable, "unavailable"},
}

// signInFailed sends the browser to the portal, which says what happened. to is where the sign-in was to lead.
func (s *server) signInFailed(c *gin.Context, err error, wait time.Duration, to string) {
	if wait > 0 {
		s.backToStart(c, "slow", to)
		return
	}
	name := "provider"
	for _, p := range signInProblems {
		if errors.Is(err, p.err) {
			name = p.name
			break
		}
	}
	s.cfg.Log.WarnContext(c, "sign-in failed", "request", requestID(c), "problem", name, "err", err)
	s.backToStart(c, name, to)
}

// backToStart keeps the request of an app, so that its window still leads to it when the person tries again.
func (s *server) backToStart(c *gin.Context, problem, to string) {
	q := url.Values{"problem": {problem}}
	if appAsks(to) != nil {
		q.Set("return", to)
	}
	s.redirect(c, "/?"+q.Encode())
}

// appAsks is the request of an app that waits for a sign-in; nil when to leads elsewhere.
func appAsks(to string) url.Values {
	u, err := url.Parse(connect.SafeReturn(to))
	if err != nil || u.Path != "/oauth/authorize" {
		return nil
	}
	return u.Query()
}
