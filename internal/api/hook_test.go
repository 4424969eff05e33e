package api

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

func TestHook(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		record := store.WatchRecord{
			ID: "ch-1", Account: h.acct, Calendar: "ada@example.com", Service: parlor.KindGoogle,
			SecretHash: store.HashSecret("s3cret"), Until: h.clock.Now().Add(time.Hour),
		}
		if err := h.st.PutWatch(t.Context(), record); err != nil {
			t.Fatal(err)
		}
		cases := []struct {
			name, channel, secret, body string
			status                      int
			nudges                      int
		}{
			{"right", "ch-1", "s3cret", "", http.StatusNoContent, 1},
			{"wrong secret", "ch-1", "guess", "", http.StatusNoContent, 0},
			{"no secret", "ch-1", "", "", http.StatusNoContent, 0},
			{"unknown channel", "ch-2", "s3cret", "", http.StatusNoContent, 0},
			{"no channel", "", "s3cret", "", http.StatusBadRequest, 0},
			{"oversized", "ch-1", "s3cret", strings.Repeat("x", maxHook+1), http.StatusRequestEntityTooLarge, 0},
		}
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				h.nudged = nil
				w := h.push(c.channel, c.secret, c.body)
				same(t, w.Code, c.status)
				same(t, len(h.nudged), c.nudges)
			})
		}
	})
}

func (h *house) push(channel, secret, body string) *recorder {
	h.t.Helper()
	var headers []string
	for name, value := range map[string]string{"X-Goog-Channel-ID": channel, "X-Goog-Channel-Token": secret} {
		if value != "" {
			headers = append(headers, name+": "+value)
		}
	}
	return h.call("POST", "/hooks/google", body, headers...)
}

func TestHookWhoseNudgeIsLostAsksForARepeat(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		record := store.WatchRecord{
			ID: "ch-1", Account: h.acct, Calendar: "c", Service: parlor.KindGoogle,
			SecretHash: store.HashSecret("s3cret"), Until: h.clock.Now().Add(time.Hour),
		}
		if err := h.st.PutWatch(t.Context(), record); err != nil {
			t.Fatal(err)
		}
		h.nudge = fmt.Errorf("enqueue: %w", store.ErrUnavailable)
		aProblem(t, h.push("ch-1", "s3cret", ""), http.StatusServiceUnavailable)
		h.nudge = errors.New("queue broken")
		aProblem(t, h.push("ch-1", "s3cret", ""), http.StatusServiceUnavailable)
	})
}
