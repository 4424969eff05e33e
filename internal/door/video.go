package door

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

// errVideo says that the video system, or the host's connection to it, gave no way in.
var errVideo = errors.New("video system")

// How long an answer of the video system holds, and how long it may take.
const (
	probeHolds = 10 * time.Second
	probeTakes = 2 * time.Second
)

// probe knows whether the video system answered when it was last asked.
type probe struct {
	mu    sync.Mutex
	asked time.Time
	gone  bool
}

// down asks whether the video system fails to answer, at most every ten seconds; those who come meanwhile wait for the same
// answer. Where it cannot be asked it is up.
func (p *probe) down(ctx context.Context, ask func(context.Context) error, now func() time.Time) bool {
	if ask == nil {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.asked.IsZero() && now().Sub(p.asked) < probeHolds {
		return p.gone
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), probeTakes)
	defer cancel()
	p.gone, p.asked = ask(ctx) != nil, now()
	return p.gone
}

// downPage is what down.html shows.
type downPage struct {
	invitation
}

// sayDown offers to try again, and to go on all the same: the guest's network may reach what ours does not.
func (d *Door) sayDown(k *knock) error {
	k.w.Header().Set("Retry-After", "10")
	return d.page(k, http.StatusServiceUnavailable, "down", "The video system does not answer", downPage{k.invitation()}, nil)
}
