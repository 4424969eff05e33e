package graph

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"parlor/internal/fake/stage"
)

// handshake asks a receiver to send a token back, decoded and as plain text.
func (s *Server) handshake(ctx context.Context, address string) error {
	ctx, stop := context.WithTimeout(ctx, stage.Or(s.opt.HandshakeWait, 10*time.Second))
	defer stop()
	// Real tokens have colons and spaces; a plus, a percent sign and markup are here to be stricter.
	token := "Validation: Testing client application reachability for subscription Request-Id: " + guidOf(address+s.now().String()) + " <b>&+%2B</b>"
	joint := "?"
	if strings.Contains(address, "?") {
		joint = "&"
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address+joint+"validationToken="+url.QueryEscape(token), http.NoBody)
	if err != nil {
		return fault("InvalidRequest", "Subscription notification URL is not valid.")
	}
	req.Header.Set("Content-Type", "text/plain; charset=utf-8")
	req.Header.Set("Accept", "text/plain")
	res, err := stage.PushClient.Do(req)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return fault("InvalidRequest", "Subscription validation request timed out.")
	case err != nil:
		return fault("ValidationError", "Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.")
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(res.Body, 4096))
	kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return fault("InvalidRequest", "Subscription validation request timed out.")
	case res.StatusCode != http.StatusOK:
		return fault("ValidationError", "Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.")
	case err != nil || string(answer) != token || kind != "text/plain":
		return fault("InvalidRequest", "Subscription validation request failed. Response must exactly match validationToken query parameter.")
	}
	return nil
}
