package api

import (
	"crypto/rand"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"parlor/internal/connect"
	"parlor/internal/parlor"
)

// signInPace is how many sign-ins one address may begin, over all replicas.
var signInPace = parlor.Rate{Requests: 30, Per: time.Minute}

// signIn sends the browser to the identity provider.
func (s *server) signIn(kind parlor.Kind) gin.HandlerFunc {
	return func(c *gin.Context) { s.begin(c, kind, "", false) }
}

// connect does the same for a service to be added to the account of this session.
func (s *server) connect(kind parlor.Kind) gin.HandlerFunc {
	return func(c *gin.Context) {
		rec, ok := connect.SessionOf(c.Request.Context())
		if !ok {
			s.backToStart(c, "signed_out")
			return
		}
		s.begin(c, kind, rec.Account, false)
	}
}

// begin asks for consent anew when the provider gave no refresh token, and none was kept.
func (s *server) begin(c *gin.Context, kind parlor.Kind, acct parlor.AccountID, consent bool) {
	allowed, wait, err := s.st.Allow(c, "signin:"+network(c.ClientIP()), signInPace)
	if err != nil || !allowed {
		s.signInFailed(c, err, wait)
		return
	}
	browser := cookieOf(c.Request, signInCookie) // kept while it lives, so that two tabs can sign in
	if len(browser) < len(rand.Text()) {
		browser = rand.Text()
	}
	to, err := s.cn.Begin(c, kind, connect.Start{Return: c.Query("return"), Browser: browser, Account: acct, Consent: consent})
	if err != nil {
		s.signInFailed(c, err, 0)
		return
	}
	s.setCookie(c, signInCookie, browser, signInCookieLife)
	s.redirect(c, to)
}

func (s *server) redirect(c *gin.Context, to string) {
	c.Header("Cache-Control", "no-store")
	c.Redirect(http.StatusSeeOther, to)
	c.Abort()
}
