package api

import "github.com/gin-gonic/gin"

// policyNone is for answers that are no page: nothing may be loaded, framed or sent from them. Pages set their own.
const policyNone = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// protect sets the security headers of every answer.
func (s *server) protect(c *gin.Context) {
	h := c.Writer.Header()
	h["Content-Security-Policy"] = []string{policyNone}
	h["X-Content-Type-Options"] = []string{"nosniff"}
	h["Referrer-Policy"] = []string{"no-referrer"}
	h["Permissions-Policy"] = []string{"camera=(), microphone=(), geolocation=(), payment=(), usb=()"}
	h["Cross-Origin-Opener-Policy"] = []string{"same-origin"}
	if s.secure {
		h["Strict-Transport-Security"] = []string{"max-age=31536000"}
	}
	c.Next()
}
