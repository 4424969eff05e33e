package google

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// pushTries is how often a message is tried before it is given up.
const pushTries = 5

// pushClient follows no redirects: a push that is answered with one has failed.
var pushClient = &http.Client{
	Timeout:       10 * time.Second,
	Transport:     &http.Transport{},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// deliver sends one message, again after a pause while the receiver answers 500, 502, 503 or 504.
func (p *postman) deliver(ctx context.Context, ch *channel, m message) {
	if !pause(ctx, time.Until(m.due)) {
		return
	}
	ch.number()
	for try := range pushTries {
		status := post(ctx, ch, m)
		if status == http.StatusOK && m.twice {
			post(ctx, ch, m)
		}
		if !repeatable(status) || !pause(ctx, p.retry<<try) {
			return
		}
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

func repeatable(status int) bool {
	return status == 500 || status == 502 || status == 503 || status == 504
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
	res, err := pushClient.Do(req)
	if err != nil {
		return 0
	}
	_ = res.Body.Close()
	if res.StatusCode < 300 {
		return http.StatusOK
	}
	return res.StatusCode
}

// pause waits; false when the server closes meanwhile.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
