package api

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"sync"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"parlor/internal/parlor"
)

const (
	maxHook      = 1 << 20 // bytes that a push may bring: Graph's 500 items are about half of it
	nudgesAtOnce = 8       // of one push
)

var pushes = promauto.NewCounterVec(prometheus.CounterOpts{
	Name: "parlor_pushes_total", Help: "Pushes of calendar services that brought a pass about, by service.",
}, []string{"service"})

// hook takes a service's pushes: it reads, checks the secret, asks for a pass and answers, and calls nobody else. 503
// when the nudge could not be stored, so that the service sends it again.
func (s *server) hook(kind parlor.Kind) gin.HandlerFunc {
	return func(c *gin.Context) {
		body, err := io.ReadAll(io.LimitReader(c.Request.Body, maxHook+1))
		if err != nil || len(body) > maxHook {
			s.problem(c, http.StatusRequestEntityTooLarge, "A push brings at most 1 MiB.")
			return
		}
		heard, err := s.cn.Hear(kind, c.Request.Header, c.Request.URL.Query(), body)
		if err != nil {
			s.problem(c, http.StatusBadRequest, "This is no push of the service.")
			return
		}
		ctx := c.Request.Context()
		if err := errors.Join(s.take(ctx, kind, heard.Pings), s.takePeople(ctx, kind, heard)); err != nil {
			s.again(c, err)
			return
		}
		answer(c, heard)
	}
}

// again asks the service to send the push once more: it does so after 503, and not after other errors.
func (s *server) again(c *gin.Context, err error) {
	s.cfg.Log.ErrorContext(c, "push not taken", "request", requestID(c), "err", err)
	retryAfter(c.Writer.Header(), 0)
	s.problem(c, http.StatusServiceUnavailable, "The push could not be taken down. Send it again.")
}

func answer(c *gin.Context, heard parlor.Heard) {
	kind := heard.ReplyType
	switch {
	case heard.Reply == nil:
		c.Status(http.StatusNoContent)
		return
	case kind == "":
		kind = "text/plain; charset=utf-8"
	}
	c.Data(http.StatusOK, kind, heard.Reply)
}

// dirty is a calendar that a push speaks for.
type dirty struct {
	account  parlor.AccountID
	calendar parlor.CalendarID
	ending   string // the channel that is to be replaced, if any
}

// take asks for a pass over each calendar that the pings speak for: once, however many they are.
func (s *server) take(ctx context.Context, kind parlor.Kind, pings []parlor.Ping) error {
	list, err := s.heard(ctx, kind, pings)
	if err != nil {
		return err
	}
	errs := make([]error, min(nudgesAtOnce, len(list)))
	var wait sync.WaitGroup
	for i := range errs {
		wait.Go(func() {
			for at := i; at < len(list) && errs[i] == nil; at += len(errs) {
				errs[i] = s.nudge(ctx, kind, list[at])
			}
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}

// heard drops the pings that speak for a channel we do not know, or with a wrong secret: both look like success to the
// sender, who learns nothing, and who would only repeat them.
func (s *server) heard(ctx context.Context, kind parlor.Kind, pings []parlor.Ping) ([]dirty, error) {
	var ids []string
	said := map[parlor.Ping]bool{}
	for _, ping := range pings {
		ping.Number = 0
		if !said[ping] {
			said[ping] = true
			ids = append(ids, ping.Watch)
		}
	}
	slices.Sort(ids)
	known, err := s.st.WatchesByID(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	list := map[dirty]bool{}
	for ping := range said {
		w, ok := known[ping.Watch]
		if !ok || w.Service != kind || !w.SecretIs(ping.Secret) {
			continue
		}
		d := dirty{account: w.Account, calendar: w.Calendar}
		if ping.Renew {
			d.ending = w.ID
		}
		list[d] = true
	}
	for d := range list { // a ping that ends its channel says all that another of the same calendar says
		if d.ending != "" {
			delete(list, dirty{account: d.account, calendar: d.calendar})
		}
	}
	return slices.Collect(maps.Keys(list)), nil
}

// nudge asks for a pass; it replaces the channel too, when that is ending. No provider is called from here.
func (s *server) nudge(ctx context.Context, kind parlor.Kind, d dirty) error {
	if d.ending != "" {
		if err := s.st.EndWatch(ctx, d.account, d.calendar, d.ending); err != nil && !errors.Is(err, parlor.ErrNotFound) {
			return err
		}
	}
	if err := s.cfg.Sync.Nudge(ctx, d.account, d.calendar); err != nil {
		return err
	}
	pushes.WithLabelValues(string(kind)).Inc()
	return nil
}
