package stage

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"time"
)

// pushTries is how often a message is tried before it is given up.
const pushTries = 5

// PushClient follows no redirects: a push that is answered with one has failed.
var PushClient = &http.Client{
	Timeout:       10 * time.Second,
	Transport:     &http.Transport{},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// Repeat posts, and again after a growing pause while the receiver answers 500, 502, 503 or 504. It returns the last
// status, 200 for every success and 0 when nobody answered.
func Repeat(ctx context.Context, first time.Duration, post func() int) int {
	status := 0
	for try := range pushTries {
		status = post()
		repeatable := status == 500 || status == 502 || status == 503 || status == 504
		if !repeatable || !Pause(ctx, first<<try) {
			return status
		}
	}
	return status
}

// Push sends a request once and returns its status as Repeat does.
func Push(req *http.Request) int {
	res, err := PushClient.Do(req)
	if err != nil {
		return 0
	}
	_ = res.Body.Close()
	if res.StatusCode < 300 {
		return http.StatusOK
	}
	return res.StatusCode
}

// Pause waits; false when ctx ends meanwhile.
func Pause(ctx context.Context, d time.Duration) bool {
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

// AllowedHook tells whether pushes may go to an address: https, or plain http on this machine.
func AllowedHook(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	local := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	return u.Scheme == "https" || u.Scheme == "http" && local
}

// Or is v, or fallback when v is zero.
func Or[T comparable](v, fallback T) T {
	var zero T
	if v == zero {
		return fallback
	}
	return v
}
