package desk

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"parlor/internal/parlor"
)

// shelf is a calendar in memory: small, but it keeps the promises of the port that the desk counts on.
type shelf struct {
	mu      sync.Mutex
	events  map[string]parlor.Event
	byKey   map[string]string
	patches int
	fail    error  // what every call ends with
	meddle  func() // runs before a patch is looked at
}

const primary = parlor.CalendarID("ada@example.com")

func newShelf() *shelf { return &shelf{events: map[string]parlor.Event{}, byKey: map[string]string{}} }

// Calendars lists the only one.
func (s *shelf) Calendars(context.Context) ([]parlor.CalendarInfo, error) {
	return []parlor.CalendarInfo{{ID: primary, Name: "Ada", Primary: true, Owned: true, Writable: true}}, s.fail
}

// Changes is not asked by the desk.
func (s *shelf) Changes(context.Context, parlor.CalendarID, parlor.Cursor, func([]parlor.Event) error) (parlor.Cursor, error) {
	return "", fmt.Errorf("list changes: %w", parlor.ErrForbidden)
}

// Event reads one.
func (s *shelf) Event(_ context.Context, ref parlor.EventRef) (parlor.Event, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ev, ok := s.events[ref.ID]
	if s.fail != nil {
		return parlor.Event{}, s.fail
	}
	if !ok {
		return parlor.Event{}, parlor.ErrNotFound
	}
	return ev, nil
}

// Create makes one event for each key.
func (s *shelf) Create(_ context.Context, cal parlor.CalendarID, d parlor.Draft) (parlor.Event, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail != nil {
		return parlor.Event{}, s.fail
	}
	if id, ok := s.byKey[d.Key]; ok {
		return s.events[id], nil
	}
	if len(d.Key) < 16 || strings.Trim(d.Key, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
		return parlor.Event{}, fmt.Errorf("key %q: %w", d.Key, parlor.ErrInvalid)
	}
	id := fmt.Sprintf("event%d", len(s.events)+1)
	s.byKey[d.Key] = id
	s.events[id] = parlor.Event{
		Ref: parlor.EventRef{Calendar: cal, ID: id}, ETag: "1", Ordinary: true, Title: d.Title, Body: d.Body, Format: d.Format,
		Location: d.Location, Start: d.Start, End: d.End, Recurrence: d.Recurrence, Attendees: d.Attendees, Stamp: d.Stamp,
		StampRead: true, Editable: true, HTMLLink: "https://calendar.example.com/" + id,
	}
	return s.events[id], nil
}

// Patch changes one if its etag is still the same.
func (s *shelf) Patch(_ context.Context, ref parlor.EventRef, etag string, p parlor.Patch) error {
	if s.meddle != nil {
		s.meddle()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ev := s.events[ref.ID]
	if s.fail != nil {
		return s.fail
	}
	if ev.ETag != etag {
		return parlor.ErrConflict
	}
	for from, to := range map[*string]*string{p.Body: &ev.Body, p.Location: &ev.Location, p.Stamp: &ev.Stamp} {
		if from != nil {
			*to = *from
		}
	}
	ev.ETag += "'"
	s.events[ref.ID] = ev
	s.patches++
	return nil
}

// edit changes an event as its owner does elsewhere.
func (s *shelf) edit(id string, change func(*parlor.Event)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ev := s.events[id]
	change(&ev)
	ev.ETag += "+"
	s.events[id] = ev
}

// Watch is not asked by the desk.
func (s *shelf) Watch(context.Context, parlor.CalendarID, parlor.Hook) (parlor.Watch, error) {
	return parlor.Watch{}, parlor.ErrForbidden
}

// Unwatch is not asked by the desk.
func (s *shelf) Unwatch(context.Context, parlor.Watch) error { return nil }
