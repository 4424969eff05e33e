// Package faketest is what the tests of the stand-ins share: a clock they move, reading id tokens, waiting for pushes,
// recorded answers of the real services. Nothing but tests imports it; it knows no service.
// Start reading at Clock and Read.
package faketest

import (
	"sync"
	"testing"
	"time"
)

// Clock is a time that tests move.
type Clock struct {
	mu sync.Mutex
	t  time.Time
}

// NewClock stands at Monday 23 November 2026, nine o'clock UTC.
func NewClock() *Clock { return &Clock{t: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)} }

// Now is the clock's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

// Add moves the clock.
func (c *Clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// Next waits five seconds at most for something to come.
func Next[T any](t *testing.T, from <-chan T) T {
	t.Helper()
	select {
	case got := <-from:
		return got
	case <-time.After(5 * time.Second):
		t.Fatal("nothing came")
		panic("unreachable")
	}
}
