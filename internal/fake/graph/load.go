package graph

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"sync"
	"time"
)

// Limits of a mailbox and an app (https://learn.microsoft.com/en-us/graph/throttling-limits).
const (
	mostAtOnce  = 4
	mostRecent  = 10000
	recentReach = 10 * time.Minute
	maxBody     = 4 << 20
)

// load is what each mailbox is busy with.
type load struct {
	mu     sync.Mutex
	slow   time.Duration
	atOnce map[string]int
	peak   map[string]int
	recent map[string][]time.Time
	zipped int
}

// Slow makes every Graph answer take so long, so that requests of one mailbox overlap.
func (s *Server) Slow(d time.Duration) {
	s.load.mu.Lock()
	defer s.load.mu.Unlock()
	s.load.slow = d
}

// Peak is the highest number of requests a mailbox had in flight at once, refused ones included.
func (s *Server) Peak(email string) int {
	s.load.mu.Lock()
	defer s.load.mu.Unlock()
	return s.load.peak[email]
}

// Zipped counts the request bodies that came gzip-compressed.
func (s *Server) Zipped() int {
	s.load.mu.Lock()
	defer s.load.mu.Unlock()
	return s.load.zipped
}

// enter counts a request in, or refuses it; leave counts it out.
func (s *Server) enter(r *http.Request, email string) (leave func(), err error) {
	l := &s.load
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.atOnce == nil {
		l.atOnce, l.peak, l.recent = map[string]int{}, map[string]int{}, map[string][]time.Time{}
	}
	now := s.now()
	times := l.recent[email]
	for len(times) > 0 && !times[0].After(now.Add(-recentReach)) {
		times = times[1:]
	}
	l.recent[email] = times
	l.peak[email] = max(l.peak[email], l.atOnce[email]+1)
	if l.atOnce[email] >= mostAtOnce {
		return nil, fault("ApplicationThrottled", "").after(time.Second)
	}
	if len(times) >= mostRecent {
		return nil, fault("ApplicationThrottled", "Application is over its RequestRate limit.").after(times[0].Add(recentReach).Sub(now))
	}
	l.recent[email] = append(times, now)
	l.atOnce[email]++
	slow := l.slow
	return func() {
		if slow > 0 {
			select {
			case <-time.After(slow):
			case <-r.Context().Done():
			}
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		l.atOnce[email]--
	}, nil
}

// unzip replaces a gzip-compressed body by its content.
func (s *Server) unzip(r *http.Request) error {
	if r.Header.Get("Content-Encoding") != "gzip" {
		return nil
	}
	s.load.mu.Lock()
	s.load.zipped++
	s.load.mu.Unlock()
	in, err := gzip.NewReader(r.Body)
	if err != nil {
		return fault("BadRequest", "")
	}
	raw, err := io.ReadAll(io.LimitReader(in, maxBody))
	if err != nil {
		return fault("BadRequest", "")
	}
	r.Body = io.NopCloser(bytes.NewReader(raw))
	return nil
}
