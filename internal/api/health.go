package api

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// healthz says that the process lives.
func (s *server) healthz(c *gin.Context) { c.JSON(http.StatusOK, gin.H{"status": "ok"}) }

// readyz says that it can serve: Redis answers and the keyset opens what is stored.
func (s *server) readyz(c *gin.Context) {
	if err := s.st.Ready(c); err != nil {
		s.cfg.Log.WarnContext(c, "not ready", "err", err)
		s.problem(c, http.StatusServiceUnavailable, "Redis does not answer, or what is stored cannot be opened with our keyset.")
		return
	}
	c.JSON(http.StatusOK, gin.H{"status": "ready"})
}
