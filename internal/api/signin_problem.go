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
	{connect.ErrState, "state"},
	{connect.ErrDenied, "denied"},
	{connect.ErrProvider, "provider"},
	{parlor.ErrTaken, "taken"},
	{store.ErrUnavailable, "unavailable"},
}

// signInFailed sends the browser to the portal, which says what happened.
func (s *server) signInFailed(c *gin.Context, err error, wait time.Duration) {
	if wait > 0 {
		s.backToStart(c, "slow")
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
	s.backToStart(c, name)
}

func (s *server) backToStart(c *gin.Context, problem string) {
	s.redirect(c, "/?problem="+url.QueryEscape(problem))
}
