package api

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// The cookies.
const (
	sessionCookie = "parlor_session" // the session; its record in the store says how long it lives
	signInCookie  = "parlor_signin"  // ties a sign-in to the browser that began it
)

const (
	sessionCookieLife = 400 * 24 * time.Hour // the longest that browsers keep one
	signInCookieLife  = 10 * time.Minute
)

func (s *server) setCookie(c *gin.Context, name, value string, life time.Duration) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int(life.Seconds()), HttpOnly: true, Secure: s.secure,
		SameSite: http.SameSiteLaxMode,
	})
}

func (s *server) dropCookie(c *gin.Context, name string) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name: name, Path: "/", MaxAge: -1, HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode,
	})
}

func cookieOf(r *http.Request, name string) string {
	cookie, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return cookie.Value
}
