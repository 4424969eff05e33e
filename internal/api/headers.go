package api

import (
	"maps"
	"net/http"

	"github.com/gin-gonic/gin"
)

// policyNone is for answers that are no page: nothing may be loaded, framed or sent from them. Pages set their own.
const policyNone = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// The values are shared by all answers: to change one, Set it, which replaces the slice.
var (
	guards = http.Header{
		"Content-Security-Policy": {policyNone},
		"X-Content-Type-Options":  {"nosniff"},
		"Referrer-Policy":         {"no-referrer"},
	}
	hsts = []string{"max-age=31536000"}
)

// protect sets the security headers of every answer. What concerns documents only (opener, permissions), pages set.
func (s *server) protect(c *gin.Context) {
	h := c.Writer.Header()
	maps.Copy(h, guards)
	if s.secure {
		h["Strict-Transport-Security"] = hsts
	}
	c.Next()
}
