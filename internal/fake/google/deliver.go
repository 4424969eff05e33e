package google

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"parlor/internal/fake/stage"
)

// deliver sends one message, again after a pause while the receiver answers 500, 502, 503 or 504.
func (p *postman) deliver(ctx context.Context, ch *channel, m message) {
	if !stage.Pause(ctx, time.Until(m.due)) {
		return
	}
	ch.number()
	status := stage.Repeat(ctx, p.retry, func() int { return post(ctx, ch, m) })
	if status == http.StatusOK && m.twice {
		post(ctx, ch, m)
	}
}

// number moves on to the next message number: 1 for sync, then rising with gaps.
func (ch *channel) number() {
	if ch.last == 0 {
		ch.last = 1
		return
	}
	ch.last += 1 + rand.Int64N(5000)
}

// post sends a message once and returns the status, 200 for every success and 0 when nobody answered.
func post(ctx context.Context, ch *channel, m message) int {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, ch.address, http.NoBody)
	if err != nil {
		return 0
	}
	h := req.Header
	h.Set("User-Agent", "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)")
	h.Set("Content-Type", "application/json; utf-8")
	h["X-Goog-Channel-ID"] = []string{ch.id}
	h["X-Goog-Resource-ID"] = []string{ch.resource}
	h["X-Goog-Resource-URI"] = []string{ch.uri}
	h.Set("X-Goog-Resource-State", m.state)
	h.Set("X-Goog-Message-Number", strconv.FormatInt(ch.last, 10))
	h.Set("X-Goog-Channel-Expiration", ch.until.UTC().Format(http.TimeFormat))
	if ch.token != "" {
		h.Set("X-Goog-Channel-Token", ch.token)
	}
	return stage.Push(req)
}
