package api

import (
	"errors"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"parlor/internal/parlor"
)

// maxHook is how many bytes a push may bring.
const maxHook = 64 << 10

var pushes = promauto.NewCounterVec(prometheus.CounterOpts{
	Name: "parlor_pushes_total", Help: "Pushes of calendar services that brought a pass about, by service.",
}, []string{"service"})

// hook takes a service's pushes: it reads, checks the secret, asks for a pass and answers, and calls nobody else. 503
// when the nudge could not be stored, so that the service sends it again.
func (s *server) hook(kind parlor.Kind) gin.HandlerFunc {
	return func(c *gin.Context) {
		body, err := io.ReadAll(io.LimitReader(c.Request.Body, maxHook+1))
		if err != nil || len(body) > maxHook {
			s.problem(c, http.StatusRequestEntityTooLarge, "A push brings at most 64 KiB.")
			return
		}
		heard, err := s.cn.Hear(kind, c.Request.Header, c.Request.URL.Query(), body)
		if err != nil {
			s.problem(c, http.StatusBadRequest, "This is no push of the service.")
			return
		}
		for _, ping := range heard.Pings {
			if err := s.nudge(c, kind, ping); err != nil {
				s.again(c, err)
				return
			}
		}
		answer(c, heard.Reply)
	}
}

// again asks the service to send the push once more: it does so after 503, and not after other errors.
func (s *server) again(c *gin.Context, err error) {
	s.cfg.Log.ErrorContext(c, "push not taken", "request", requestID(c), "err", err)
	retryAfter(c.Writer.Header(), 0)
	s.problem(c, http.StatusServiceUnavailable, "The push could not be taken down. Send it again.")
}

func answer(c *gin.Context, reply []byte) {
	if reply == nil {
		c.Status(http.StatusNoContent)
		return
	}
	c.Data(http.StatusOK, "text/plain; charset=utf-8", reply)
}

// nudge drops a push that speaks for a channel we do not know, or with a wrong secret: both look like success to the
// sender, who learns nothing, and who would only repeat it.
func (s *server) nudge(c *gin.Context, kind parlor.Kind, ping parlor.Ping) error {
	watch, err := s.st.WatchByID(c, ping.Watch)
	if errors.Is(err, parlor.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if watch.Service != kind || !watch.SecretIs(ping.Secret) {
		return nil
	}
	if err := s.cfg.Sync.Nudge(c, watch.Account, watch.Calendar); err != nil {
		return err
	}
	pushes.WithLabelValues(string(kind)).Inc()
	return nil
}
