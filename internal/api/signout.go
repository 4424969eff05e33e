package api

import "github.com/gin-gonic/gin"

// signOut ends the session of the cookie; without one it does nothing.
func (s *server) signOut(c *gin.Context) {
	if token := cookieOf(c.Request, sessionCookie); token != "" {
		if err := s.st.EndSessionToken(c, token); err != nil {
			s.fail(c, err)
			return
		}
	}
	s.dropCookie(c, sessionCookie)
	s.redirect(c, "/")
}
