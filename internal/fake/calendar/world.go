// Package calendar is an in-memory world of people, calendars and events that the fake services serve.
// It knows no HTTP, no vendor's wire format and no client; the fakes translate it into their dialects.
// Start reading at World, then Insert, Patch and Page.
package calendar

import (
	"sync"
	"time"
)

// World holds every person, calendar and event. All methods are safe for concurrent use.
type World struct {
	now func() time.Time

	mu      sync.Mutex
	last    int64 // newest stamp given out, microseconds
	people  map[string]Person
	order   []string // e-mail addresses in the order people were added
	books   map[string]*book
	shelf   []string // calendar ids in the order they were made
	mails   []Mail
	ears    []func(Change)
	touched []Change
}

// Change says that something in a calendar was written.
type Change struct {
	Calendar string // id
	Events   []Touch
}

// Touch is one event that a write touched.
type Touch struct {
	ID   string
	New  bool
	Gone bool
}

// New returns an empty world whose clock is now.
func New(now func() time.Time) *World {
	return &World{now: now, people: map[string]Person{}, books: map[string]*book{}}
}

// Listen calls ear after each write, once for every calendar the write touched, outside the world's lock.
func (w *World) Listen(ear func(Change)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ears = append(w.ears, ear)
}

// Now is the world's clock.
func (w *World) Now() time.Time { return w.now() }

// write runs act under the lock and tells the listeners what it touched.
func (w *World) write(act func() error) error {
	w.mu.Lock()
	w.touched = nil
	err := act()
	changes, ears := w.touched, w.ears
	w.mu.Unlock()
	for _, c := range changes {
		for _, ear := range ears {
			ear(c)
		}
	}
	return err
}

// stamp returns a strictly rising time in microseconds.
func (w *World) stamp() int64 {
	w.last = max(w.last+1, w.now().UnixMicro())
	return w.last
}
