package jitsi

import (
	"context"
	"fmt"
	"net/http"
)

// answers asks the server for its front page. Any answer of its own will do; 502 to 504 are those of a proxy before a
// server that is down (RFC 9110, section 15.6).
func answers(cfg Config) func(context.Context) error {
	return func(ctx context.Context) error {
		base, err := address(cfg.URL)
		if err != nil {
			return err
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodHead, base.String(), nil)
		if err != nil {
			return fmt.Errorf("ask jitsi: %w", err)
		}
		answer, err := cfg.HTTP.Do(r)
		if err != nil {
			return fmt.Errorf("ask jitsi: %w", err)
		}
		defer func() { _ = answer.Body.Close() }()
		if answer.StatusCode >= http.StatusBadGateway && answer.StatusCode <= http.StatusGatewayTimeout {
			return fmt.Errorf("ask jitsi: status %d", answer.StatusCode)
		}
		return nil
	}
}
