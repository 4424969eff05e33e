package api

import (
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
)

// How many bytes a request may bring. A million characters of an event's text are four million bytes, and more when a
// client escapes them.
const (
	maxBody = 1 << 20
	maxText = 8 << 20 // to the routes of invitations, which take an event's text
)

func bodyLimit(path string) int64 {
	switch path {
	case "/v1/invitations", "/v1/invitations/removal":
		return maxText
	}
	return maxBody
}

// limitBody refuses a body that says it is too long, and cuts one that does not.
func (s *server) limitBody(c *gin.Context) {
	r := c.Request
	most := bodyLimit(r.URL.Path)
	if r.ContentLength > most {
		c.Header("Connection", "close")
		s.problem(c, http.StatusRequestEntityTooLarge, fmt.Sprintf("The request is longer than %d MiB.", most>>20))
		return
	}
	if r.Body != nil && r.Body != http.NoBody {
		r.Body = http.MaxBytesReader(c.Writer, r.Body, most)
	}
}
