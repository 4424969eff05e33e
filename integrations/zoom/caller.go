package zoom

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

const longestAnswer = 1 << 20 // bytes

// caller makes calls in the name of one person: the client carries their token. An app that people connect themselves
// knows them as "me" alone.
type caller struct {
	http *http.Client
	base string
	now  func() time.Time
}

// call sends body, where there is one, as JSON, and reads the answer into out.
func (c caller) call(ctx context.Context, method, path string, body, out any) error {
	var sent io.Reader = http.NoBody
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("write request: %w", err)
		}
		sent = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, sent)
	if err != nil {
		return fmt.Errorf("make request: %w", err)
	}
	req.Header.Set("Accept", "application/json") // or errors come as XML
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := c.http.Do(req)
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err // the address holds ids
	}
	if err != nil {
		return fmt.Errorf("reach zoom: %w", err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, longestAnswer))
	if err != nil {
		return fmt.Errorf("read answer of zoom: %w", err)
	}
	if resp.StatusCode/100 != 2 {
		return newRefused(resp, raw, c.now()).meaning()
	}
	if err := json.Unmarshal(raw, out); err != nil {
		return fmt.Errorf("zoom answered %d with what is no JSON: %w", resp.StatusCode, errFault)
	}
	return nil
}
