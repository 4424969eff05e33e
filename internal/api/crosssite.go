package api

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// refuseCrossSite keeps other sites from acting with the person's cookie (net/http.CrossOriginProtection). A request
// that brings its own token needs no such care: no site can make a browser add one.
func (s *server) refuseCrossSite(c *gin.Context) {
	if hasBearer(c.Request) {
		return
	}
	if err := s.origin.Check(c.Request); err != nil {
		s.problem(c, http.StatusForbidden, "This request came from another site.")
	}
}

const bearerPrefix = "bearer "

func hasBearer(r *http.Request) bool {
	h := r.Header.Get("Authorization")
	return len(h) > len(bearerPrefix) && strings.EqualFold(h[:len(bearerPrefix)], bearerPrefix)
}
