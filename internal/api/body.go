package api

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// maxBody is how many bytes a request may bring.
const maxBody = 1 << 20

// limitBody refuses a body that says it is too long, and cuts one that does not.
func (s *server) limitBody(c *gin.Context) {
	r := c.Request
	if r.ContentLength > maxBody {
		c.Header("Connection", "close")
		s.problem(c, http.StatusRequestEntityTooLarge, "The request is longer than 1 MiB.")
		return
	}
	if r.Body != nil && r.Body != http.NoBody {
		r.Body = http.MaxBytesReader(c.Writer, r.Body, maxBody)
	}
}
