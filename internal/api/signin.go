package api

import (
	"crypto/rand"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"parlor/internal/connect"
	"parlor/internal/parlor"
)

// signInPace is how many sign-ins one address may begin, over all replicas: a whole office may be behind it.
var signInPace = parlor.Rate{Requests: 300, Per: time.Minute}

// signIn sends the browser to the identity provider.
func (s *server) signIn(kind parlor.Kind) gin.HandlerFunc {
	return func(c *gin.Context) {
		to := c.Query("return")
		s.begin(c, kind, connect.Start{Return: to, Hint: appAsks(to).Get("login_hint")})
	}
}

// connect does the same for a service to be added to the account of this session.
func (s *server) connect(kind parlor.Kind) gin.HandlerFunc {
	return func(c *gin.Context) {
		rec, ok := connect.SessionOf(c.Request.Context())
		if !ok {
			s.backToStart(c, "signed_out", "")
			return
		}
		s.begin(c, kind, connect.Start{Return: c.Query("return"), Account: rec.Account})
	}
}

// begin fills in the browser and sends it to the provider.
func (s *server) begin(c *gin.Context, kind parlor.Kind, start connect.Start) {
	allowed, wait, err := s.st.Allow(c, "signin:"+network(c.ClientIP()), signInPace)
	if err != nil || !allowed {
		s.signInFailed(c, err, wait, start.Return)
		return
	}
	start.Browser = cookieOf(c.Request, signInCookie) // kept while it lives, so that two tabs can sign in
	if len(start.Browser) < len(rand.Text()) {
		start.Browser = rand.Text()
	}
	to, err := s.cn.Begin(c, kind, start)
	if err != nil {
		s.signInFailed(c, err, 0, start.Return)
		return
	}
	s.setCookie(c, signInCookie, start.Browser, signInCookieLife)
	s.redirect(c, to)
}

func (s *server) redirect(c *gin.Context, to string) {
	c.Header("Cache-Control", "no-store")
	c.Redirect(http.StatusSeeOther, to)
	c.Abort()
}
