package api

import (
	"cmp"
	"errors"

	"github.com/gin-gonic/gin"

	"parlor/internal/connect"
	"parlor/internal/parlor"
)

// signedIn takes the browser back from the identity provider and gives it a new session. One that it had ends: its
// token may be known to somebody who prepared this browser.
func (s *server) signedIn(kind parlor.Kind) gin.HandlerFunc {
	return func(c *gin.Context) {
		result, ok := s.finish(c, kind)
		if !ok {
			return
		}
		if result.NeedConsent { // the provider gave no refresh token, and none was kept
			s.begin(c, kind, connect.Start{Return: result.Return, Consent: true})
			return
		}
		if err := s.rotate(c, result.Account); err != nil {
			s.signInFailed(c, err, 0, result.Return)
			return
		}
		s.arrive(c, kind, result)
	}
}

// connected does the same for a service that was added; the session stays.
func (s *server) connected(kind parlor.Kind) gin.HandlerFunc {
	return func(c *gin.Context) {
		rec, signedIn := connect.SessionOf(c.Request.Context())
		if !signedIn {
			s.backToStart(c, "signed_out", "")
			return
		}
		result, ok := s.finish(c, kind)
		switch {
		case !ok:
		case result.Account != rec.Account:
			s.backToStart(c, "state", "")
		case result.NeedConsent:
			s.begin(c, kind, connect.Start{Return: result.Return, Account: rec.Account, Consent: true})
		default:
			s.arrive(c, kind, result)
		}
	}
}

func (s *server) finish(c *gin.Context, kind parlor.Kind) (connect.Result, bool) {
	result, err := s.cn.Finish(c, kind, c.Request.URL.Query(), cookieOf(c.Request, signInCookie))
	s.dropCookie(c, signInCookie)
	if err != nil {
		s.signInFailed(c, err, 0, result.Return)
		return result, false
	}
	return result, true
}

func (s *server) rotate(c *gin.Context, acct parlor.AccountID) error {
	if old := cookieOf(c.Request, sessionCookie); old != "" {
		if err := s.st.EndSessionToken(c, old); err != nil {
			return err
		}
	}
	token, err := s.st.NewSession(c, acct, c.Request.UserAgent(), c.ClientIP())
	if err != nil {
		return err
	}
	// Whoever is disabled at this moment: their sessions may have been ended just before this one began.
	if a, err := s.st.Account(c, acct); err != nil || a.Disabled {
		return cmp.Or(err, errors.Join(parlor.ErrDisabled, s.st.EndSessionToken(c, token)))
	}
	s.setCookie(c, sessionCookie, token, sessionCookieLife)
	return nil
}

// arrive has the calendars read and sends the person on. One who left the calendar permission unticked is told first, but
// not in the small window of an app.
func (s *server) arrive(c *gin.Context, kind parlor.Kind, result connect.Result) {
	if err := s.cfg.Sync.Connected(c, result.Account, kind); err != nil {
		s.signInFailed(c, err, 0, result.Return)
		return
	}
	if len(result.Missing) > 0 && appAsks(result.Return) == nil {
		s.backToStart(c, "scope", "")
		return
	}
	s.redirect(c, connect.SafeReturn(result.Return))
}
