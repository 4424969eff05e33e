package door

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// hall is what one replica knows of the door of one account while pages stand at it: one subscription and one look at
// Redis for all of them, however many they are.
type hall struct {
	d      *Door
	acct   parlor.AccountID
	cancel context.CancelFunc

	mu      sync.Mutex
	streams map[*stream]bool // true once it was looked at
	came    chan struct{}

	views map[string]view // of links, from the last round
	count int             // of changes that hosts were told of
}

// view is what the pages of one link have in common.
type view struct {
	place
	sitting
	why closed
}

// enterHall lets a page take part in what happens at a door; not when the door is closing.
func (d *Door) enterHall(acct parlor.AccountID, s *stream) (leave func(), ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	select {
	case <-d.closed:
		return nil, false
	default:
	}
	h := d.halls[acct]
	if h == nil {
		ctx, cancel := context.WithCancel(context.Background())
		h = &hall{d: d, acct: acct, cancel: cancel, streams: map[*stream]bool{}, came: make(chan struct{}, 1)}
		d.halls[acct] = h
		d.open.Go(func() { h.run(ctx) })
	}
	h.mu.Lock()
	h.streams[s] = false
	h.mu.Unlock()
	select {
	case h.came <- struct{}{}:
	default:
	}
	return func() { d.leaveHall(h, s) }, true
}

func (d *Door) leaveHall(h *hall, s *stream) {
	d.mu.Lock()
	h.mu.Lock()
	delete(h.streams, s)
	last, ticket := len(h.streams) == 0, s.ticket
	h.mu.Unlock()
	if last {
		delete(d.halls, h.acct)
		h.cancel()
	}
	d.mu.Unlock()
	select {
	case <-d.closed: // the page goes on at another replica
		return
	default:
	}
	if ticket == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), writeTimeout)
	defer cancel()
	if err := d.st.Left(ctx, h.acct, ticket); err != nil {
		d.cfg.Log.WarnContext(ctx, "guest left unnoticed", slog.Any("error", err)) // they are missed soon
	}
}

// run keeps the pages up to date until the last of them is gone.
func (h *hall) run(ctx context.Context) {
	beat := time.NewTimer(h.d.beat)
	defer beat.Stop()
	news := h.d.st.Listen(ctx, h.acct)
	for ctx.Err() == nil {
		var err error
		select {
		case <-ctx.Done():
		case n := <-news:
			err = h.hear(ctx, n)
		case <-h.came:
			err = h.look(ctx, h.pages(true))
		case <-beat.C:
			err = h.round(ctx)
			beat.Reset(h.d.beat)
		}
		if err != nil && ctx.Err() == nil {
			h.d.cfg.Log.WarnContext(ctx, "door lost sight", slog.Any("error", err))
			h.tellAll(standingEvent(waits, words{Text: "The door is stuck for a moment. You keep your place."}))
			beat.Reset(h.d.again)
		}
	}
	for range news { // until it has ended, too
		continue
	}
}

func (h *hall) hear(ctx context.Context, n store.News) error {
	switch {
	case n.All:
		return h.round(ctx)
	case len(n.Tickets) == 0:
		h.tellHosts()
		return nil
	}
	h.tellHosts()
	about := map[string]bool{}
	for _, ticket := range n.Tickets {
		about[ticket] = true
	}
	var some []*stream
	for _, s := range h.pages(false) {
		if about[s.ticket] {
			some = append(some, s)
		}
	}
	return h.look(ctx, some)
}

// pages lists the streams, or only those that were not looked at yet.
func (h *hall) pages(fresh bool) []*stream {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []*stream
	for s, told := range h.streams {
		if !fresh || !told {
			out = append(out, s)
		}
	}
	return out
}

// looksAt notes that these pages are being told how it stands; one that came meanwhile is looked at next.
func (h *hall) looksAt(pages []*stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range pages {
		if _, there := h.streams[s]; there {
			h.streams[s] = true
		}
	}
}

func (h *hall) tellHosts() {
	h.count++
	for _, s := range h.pages(false) {
		if s.host {
			s.tell(changedEvent(h.count))
		}
	}
}

// tellAll tells those who wait what is none of their doing: it stands with them as before.
func (h *hall) tellAll(e event) {
	for _, s := range h.pages(false) {
		if s.waiting() {
			s.tell(e)
		}
	}
}
