package google

import (
	"context"
	"sync"
	"time"

	"parlor/internal/fake/stage"
)

// PushMode bends how push messages arrive. Only `exists` messages are dropped, doubled or delayed.
type PushMode struct {
	Drop      bool
	Double    bool
	Delay     time.Duration
	EarlySync bool // the sync message arrives before the answer to the watch
}

// channel is one push channel.
type channel struct {
	id, token, address, user, calendar, resource, uri string
	until                                             time.Time

	queue chan message
	quit  chan struct{}
	last  int64 // newest message number; only add and the channel's own goroutine touch it
}

// message is one push to be sent.
type message struct {
	state string    // sync or exists
	due   time.Time // not to be sent before; zero: at once
	twice bool
}

// postman delivers push messages, one goroutine a channel.
type postman struct {
	now   func() time.Time
	retry time.Duration
	stop  context.CancelFunc
	start func(func(context.Context))
	done  sync.WaitGroup

	mu       sync.Mutex
	mode     PushMode
	closed   bool
	channels map[string]*channel
	used     map[string]bool // channel ids are never used twice
}

func newPostman(now func() time.Time, retry time.Duration) *postman {
	ctx, stop := context.WithCancel(context.Background())
	p := &postman{now: now, retry: retry, stop: stop, channels: map[string]*channel{}, used: map[string]bool{}}
	p.start = func(work func(context.Context)) { p.done.Go(func() { work(ctx) }) }
	return p
}

// Pushes sets how push messages arrive from now on.
func (s *Server) Pushes(m PushMode) {
	s.push.mu.Lock()
	defer s.push.mu.Unlock()
	s.push.mode = m
}

// Channels counts the live push channels of a calendar.
func (s *Server) Channels(calendar string) int {
	s.push.mu.Lock()
	defer s.push.mu.Unlock()
	n := 0
	for _, ch := range s.push.channels {
		if ch.calendar == calendar && s.now().Before(ch.until) {
			n++
		}
	}
	return n
}

// ExpireChannels ends every push channel silently, as happens at the end of its life.
func (s *Server) ExpireChannels() {
	s.push.mu.Lock()
	defer s.push.mu.Unlock()
	for id, ch := range s.push.channels {
		close(ch.quit)
		delete(s.push.channels, id)
	}
}

// add opens a channel and sends its sync message; false when the id was used before.
func (p *postman) add(ch *channel) bool {
	p.mu.Lock()
	if p.closed || p.used[ch.id] {
		p.mu.Unlock()
		return false
	}
	p.used[ch.id] = true
	p.channels[ch.id] = ch
	ch.queue, ch.quit = make(chan message, 4096), make(chan struct{})
	early, sent := p.mode.EarlySync, make(chan struct{})
	p.start(func(ctx context.Context) { p.serve(ctx, ch, sent) })
	p.mu.Unlock()
	if early {
		<-sent
	}
	return true
}

// serve sends a channel's messages until it ends.
func (p *postman) serve(ctx context.Context, ch *channel, synced chan<- struct{}) {
	p.deliver(ctx, ch, message{state: "sync"})
	close(synced)
	for {
		select {
		case <-ctx.Done():
			return
		case <-ch.quit:
			return
		case m := <-ch.queue:
			p.deliver(ctx, ch, m)
		}
	}
}

// drop ends a channel; false when there is none with these ids of this person.
func (p *postman) drop(id, resource, user string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	ch, ok := p.channels[id]
	if !ok || ch.resource != resource || ch.user != user {
		return false
	}
	close(ch.quit)
	delete(p.channels, id)
	return true
}

// changed queues a message on every live channel of a calendar. A full queue loses it, as pushes may get lost.
func (p *postman) changed(calendar string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for id, ch := range p.channels {
		if !p.now().Before(ch.until) {
			close(ch.quit)
			delete(p.channels, id)
			continue
		}
		if ch.calendar != calendar || p.mode.Drop {
			continue
		}
		select {
		case ch.queue <- message{"exists", time.Now().Add(p.mode.Delay), p.mode.Double}:
		default:
		}
	}
}

// close ends every channel and waits for their goroutines.
func (p *postman) close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.stop()
	p.done.Wait()
	stage.PushClient.CloseIdleConnections()
}
