package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"time"

	"parlor/internal/fake/stage"
)

// Limits of a receiver (https://learn.microsoft.com/en-us/graph/change-notifications-delivery-webhooks).
const (
	answerWait  = 3 * time.Second
	slowAnswer  = 2900 * time.Millisecond
	slowFrom    = 100 // deliveries before a receiver counts as slow
	slowPercent = 15  // of slow answers: notifications are dropped
	slowWindow  = 10 * time.Minute
	mostBatched = 100
)

// PushMode bends how notifications arrive. Lifecycle notifications always arrive.
type PushMode struct {
	Drop  bool
	Once  bool          // no natural duplicates: one item for each change, instead of three for an update
	Delay time.Duration // so long after the change; what comes meanwhile goes along in one POST
}

// postman sends notifications: one goroutine for each receiving address that has something waiting.
type postman struct {
	now   func() time.Time
	retry time.Duration
	ctx   func() context.Context // of the server's life
	stop  context.CancelFunc
	done  sync.WaitGroup

	mu      sync.Mutex
	mode    PushMode
	closed  bool
	subs    []Subscription
	waiting map[string][]map[string]any // by address; an entry means a goroutine is at work
	pace    map[string]*pace
	dropped int
}

// pace is how fast a receiver answered in the present window.
type pace struct {
	since       time.Time
	total, slow int
}

func newPostman(now func() time.Time, retry time.Duration) *postman {
	ctx, stop := context.WithCancel(context.Background())
	return &postman{
		now: now, retry: retry, ctx: func() context.Context { return ctx }, stop: stop,
		waiting: map[string][]map[string]any{}, pace: map[string]*pace{},
	}
}

// Pushes sets how notifications arrive from now on.
func (s *Server) Pushes(m PushMode) {
	s.post.mu.Lock()
	defer s.post.mu.Unlock()
	s.post.mode = m
}

// Dropped counts the notifications that a slow receiver lost.
func (s *Server) Dropped() int {
	s.post.mu.Lock()
	defer s.post.mu.Unlock()
	return s.post.dropped
}

// Subscriptions lists the live subscriptions of a mailbox, oldest first.
func (s *Server) Subscriptions(email string) []Subscription {
	p := s.post
	p.mu.Lock()
	defer p.mu.Unlock()
	p.expire()
	var out []Subscription
	for _, sub := range p.subs {
		if sub.Email == email {
			out = append(out, sub)
		}
	}
	return out
}

// ExpireSubscriptions ends every subscription silently, as happens at the end of its life.
func (s *Server) ExpireSubscriptions() {
	s.post.mu.Lock()
	defer s.post.mu.Unlock()
	s.post.subs = nil
}

// expire forgets subscriptions whose end has come. The caller holds the lock.
func (p *postman) expire() {
	now := p.now()
	p.subs = slices.DeleteFunc(p.subs, func(sub Subscription) bool { return !now.Before(sub.Until) })
}

// add keeps a new subscription; false when its mailbox has too many.
func (p *postman) add(sub Subscription) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.expire()
	count := 0
	for _, other := range p.subs {
		if other.Email == sub.Email {
			count++
		}
	}
	if p.closed || count >= mostSubscriptions {
		return false
	}
	p.subs = append(p.subs, sub)
	return true
}

func (p *postman) replace(sub Subscription) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range p.subs {
		if p.subs[i].ID == sub.ID {
			p.subs[i] = sub
		}
	}
}

func (p *postman) remove(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.subs = slices.DeleteFunc(p.subs, func(sub Subscription) bool { return sub.ID == id })
}

// send queues items for an address. The caller holds the lock.
func (p *postman) send(address string, items ...map[string]any) {
	if p.closed || len(items) == 0 {
		return
	}
	queue, busy := p.waiting[address]
	p.waiting[address] = append(queue, items...)
	if !busy {
		delay := p.mode.Delay
		p.done.Go(func() { p.serve(p.ctx(), address, delay) })
	}
}

// serve posts what waits for an address until nothing does.
func (p *postman) serve(ctx context.Context, address string, delay time.Duration) {
	for {
		stage.Pause(ctx, delay)
		p.mu.Lock()
		items := p.waiting[address]
		if len(items) == 0 || ctx.Err() != nil {
			delete(p.waiting, address)
			p.mu.Unlock()
			return
		}
		now := items[:min(len(items), mostBatched)]
		p.waiting[address] = append([]map[string]any(nil), items[len(now):]...)
		lost := p.tooSlow(address)
		if lost {
			p.dropped += len(now)
		}
		p.mu.Unlock()
		if !lost {
			stage.Repeat(ctx, p.retry, func() int { return p.deliver(ctx, address, now) })
		}
	}
}

// deliver posts items once; whatever is no success within three seconds is worth another try.
func (p *postman) deliver(ctx context.Context, address string, items []map[string]any) int {
	ctx, stop := context.WithTimeout(ctx, answerWait)
	defer stop()
	body, err := json.Marshal(map[string]any{"value": items})
	if err != nil {
		return 0
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	began := time.Now()
	status := stage.Push(req)
	p.timed(address, time.Since(began))
	if status != http.StatusOK {
		return http.StatusServiceUnavailable
	}
	return status
}

// timed remembers how long a receiver took.
func (p *postman) timed(address string, took time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	k := p.pace[address]
	if k == nil || now.Sub(k.since) > slowWindow {
		k = &pace{since: now}
		p.pace[address] = k
	}
	k.total++
	if took > slowAnswer {
		k.slow++
	}
}

// tooSlow tells whether an address loses its notifications. The caller holds the lock.
func (p *postman) tooSlow(address string) bool {
	k := p.pace[address]
	return k != nil && k.total >= slowFrom && p.now().Sub(k.since) <= slowWindow && k.slow*100 >= slowPercent*k.total
}

// close stops every goroutine and waits for it.
func (p *postman) close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.stop()
	p.done.Wait()
	stage.PushClient.CloseIdleConnections()
}
