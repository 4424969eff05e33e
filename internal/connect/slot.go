package connect

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"parlor/internal/parlor"
)

// How long a request waits between looks for a free slot, at first and at most.
const (
	slotPause    = 10 * time.Millisecond
	slotPauseMax = 200 * time.Millisecond
)

// slot is one request's place among those of an account that are in flight at a service; nil where they are not counted.
type slot struct {
	*transport
	holder string
	once   sync.Once
}

// takeSlot waits for a slot; *parlor.ThrottledError when none became free in time, so that the queue shall wait instead.
func (t *transport) takeSlot(ctx context.Context, patience time.Duration) (*slot, error) {
	slots := t.service.Pace.AtOnce
	if slots <= 0 {
		return nil, nil
	}
	s := &slot{transport: t, holder: rand.Text()}
	waited, next := time.Duration(0), slotPause
	for {
		took, err := t.c.st.TakeSlot(ctx, t.account, t.service.Kind, s.holder, slots, requestTimeout)
		if err != nil {
			return nil, fmt.Errorf("wait for other requests: %w", err)
		}
		if took {
			return s, nil
		}
		if waited >= patience {
			return nil, &parlor.ThrottledError{After: longestWait, Reason: "our own requests in flight"}
		}
		if err := pause(ctx, next); err != nil {
			return nil, err
		}
		waited += next
		next = min(2*next, slotPauseMax)
	}
}

// give returns the slot, also when the request was given up. One that cannot be returned ends by itself.
func (s *slot) give(ctx context.Context) {
	if s == nil {
		return
	}
	s.once.Do(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeLimit)
		defer cancel()
		_ = s.c.st.ReturnSlot(ctx, s.account, s.service.Kind, s.holder)
	})
}

// until gives the slot back when the body is read to its end or closed.
func (s *slot) until(ctx context.Context, body io.ReadCloser) io.ReadCloser {
	if s == nil || body == nil || body == http.NoBody {
		s.give(ctx)
		return body
	}
	return &held{body, func() { s.give(ctx) }}
}

// held is a body with which something ends.
type held struct {
	io.ReadCloser
	end func()
}

// Read reads on; the end of the body, or a failure, is the end of what is held.
func (h *held) Read(p []byte) (int, error) {
	n, err := h.ReadCloser.Read(p)
	if err != nil {
		h.end()
	}
	return n, err
}

// Close ends what is held.
func (h *held) Close() error {
	err := h.ReadCloser.Close()
	h.end()
	return err
}
