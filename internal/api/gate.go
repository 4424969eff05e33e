package api

import (
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"parlor/internal/parlor"
)

// routeGate serves the questions of a video system whether a session may begin (Jitsi's reservation API): prefix
// /hooks/{kind}. Nobody without its secret learns anything.
func (s *server) routeGate(e *gin.Engine, kind parlor.Kind, gate *parlor.Gate) {
	g := e.Group("/hooks/"+string(kind)+"/conference", func(c *gin.Context) {
		if !gate.Trusts(c.Request.Header) {
			c.Header("WWW-Authenticate", `Basic realm="parlor"`)
			s.problem(c, http.StatusUnauthorized, "This address is for the video system, with the secret that it shares with us.")
		}
	})
	g.POST("", func(c *gin.Context) {
		if err := c.Request.ParseForm(); err != nil {
			s.problem(c, http.StatusBadRequest, "The form cannot be read.")
			return
		}
		asked, err := gate.Reads(c.Request.PostForm)
		if err != nil {
			answerGate(c)(gate.Refuses("Please come in by the link in your invitation."))
			return
		}
		s.begins(c, gate, asked)
	})
	g.GET("/:session", func(c *gin.Context) {
		name := c.Param("session")
		s.begins(c, gate, parlor.Asking{Session: name, Name: name, Begins: s.cfg.Now()})
	})
	// The room is empty. Whoever comes back to it is asked about anew, so there is nothing to forget.
	g.DELETE("/:session", func(c *gin.Context) { c.Status(http.StatusNoContent) })
}

// begins answers whether a session may begin. 503 where we cannot know: the video system asks again.
func (s *server) begins(c *gin.Context, gate *parlor.Gate, asked parlor.Asking) {
	left, err := s.desk.MayBegin(c, asked.Session)
	refused, no := errors.AsType[*parlor.RefusedError](err)
	switch {
	case no:
		answerGate(c)(gate.Refuses(refused.Why.Text))
	case err != nil:
		s.cfg.Log.ErrorContext(c, "reservation not answered", "request", requestID(c), "err", err)
		retryAfter(c.Writer.Header(), time.Second)
		s.problem(c, http.StatusServiceUnavailable, "Whether this may begin cannot be found out just now. Ask again.")
	default:
		if asked.Begins.IsZero() {
			asked.Begins = s.cfg.Now()
		}
		answerGate(c)(gate.Grants(asked, left))
	}
}

func answerGate(c *gin.Context) func(status int, body []byte) {
	return func(status int, body []byte) { c.Data(status, "application/json", body) }
}
