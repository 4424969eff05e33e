package api

import (
	"net/http"
	"net/netip"
	"time"

	"github.com/gin-gonic/gin"

	"parlor/internal/connect"
	"parlor/internal/parlor"
)

// Limits is how many requests are taken, at the same pace all the time and at most that many at once. They are counted
// in each process by itself, so that counting costs no round trip: with n replicas up to n times as many pass. What can
// be guessed (sign-in, passcodes) is counted in Redis besides.
type Limits struct {
	Address parlor.Rate // of one address (IPv6: of one /64)
	Session parlor.Rate // of one session or device
}

// DefaultLimits suits people, and many of them behind one address.
func DefaultLimits() Limits {
	return Limits{
		Address: parlor.Rate{Requests: 3000, Per: time.Minute},
		Session: parlor.Rate{Requests: 600, Per: time.Minute},
	}
}

func (s *server) limitAddress(l *limiter) gin.HandlerFunc {
	return func(c *gin.Context) {
		if l != nil {
			s.hold(c, l.take(network(c.ClientIP())))
		}
	}
}

func (s *server) limitSession(l *limiter) gin.HandlerFunc {
	return func(c *gin.Context) {
		if rec, ok := connect.SessionOf(c.Request.Context()); ok && l != nil {
			s.hold(c, l.take(string(rec.Account)+" "+rec.ID))
		}
	}
}

func (s *server) hold(c *gin.Context, wait time.Duration) {
	if wait <= 0 {
		return
	}
	retryAfter(c.Writer.Header(), wait)
	s.problem(c, http.StatusTooManyRequests, "That was very many requests. Wait a moment.")
}

// network is the address itself, or the /64 that one household or host has in IPv6.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Is4() || ip.Is4In6() {
		return address
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}
