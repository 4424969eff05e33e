package jobs

import (
	"errors"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"parlor/internal/parlor"
	"parlor/internal/syncer"
)

var (
	passes = promauto.NewCounterVec(prometheus.CounterOpts{
		Name: "parlor_passes_total", Help: "Passes over one calendar, by how they ended: done, busy, throttled or failed.",
	}, []string{"outcome"})
	eventWrites = promauto.NewCounter(prometheus.CounterOpts{
		Name: "parlor_event_writes_total", Help: "Events that were changed in calendars.",
	})
)

// notePass counts a pass and writes its line into the log. Who waits for another worker is no news.
func notePass(task passTask, r syncer.Report, took time.Duration, err error) {
	how := ending(err)
	passes.WithLabelValues(how).Inc()
	eventWrites.Add(float64(r.Written))
	attrs := []any{"account", task.Account, "seen", r.Seen, "written", r.Written, "full", r.Full, "took", took}
	switch how {
	case "done":
		slog.Info("pass", attrs...)
	case "busy":
		slog.Debug("pass", append(attrs, "error", err)...)
	default:
		slog.Warn("pass", append(attrs, "error", err)...)
	}
}

func ending(err error) string {
	var throttled *parlor.ThrottledError
	switch {
	case err == nil:
		return "done"
	case errors.Is(err, parlor.ErrBusy):
		return "busy"
	case errors.As(err, &throttled):
		return "throttled"
	}
	return "failed"
}
