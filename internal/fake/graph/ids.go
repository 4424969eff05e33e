package graph

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"parlor/internal/fake/calendar"
)

// The first bytes of ids make them begin as real ones do: AAMk for ids that change when an item moves, AAkA for immutable
// ones, AQMk for calendars.
var (
	mutableStart   = []byte{0x00, 0x03, 0x24}
	immutableStart = []byte{0x00, 0x09, 0x00}
	calendarStart  = []byte{0x01, 0x03, 0x24}
)

func hashOf(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}

// guidOf is a GUID that stands for s.
func guidOf(s string) string {
	h := hashOf(s)
	h[6], h[8] = h[6]&0x0f|0x40, h[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[0:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// calendarID is a calendar's opaque id; it is different in every mailbox the calendar shows in.
func calendarID(email, id string) string {
	raw := append(append([]byte{}, calendarStart...), hashOf(email + "\n" + id)[:24]...)
	return base64.URLEncoding.EncodeToString(append(raw, 0, 0))
}

// CalendarID is the id under which a person's mailbox shows a calendar of the world.
func CalendarID(email, id string) string { return calendarID(email, id) }

// eventID is an event's id in a mailbox. A mutable one is renewed by MoveItems.
func (s *Server) eventID(email, calendar, id string, immutable bool) string {
	start, generation := mutableStart, s.generation(email)
	if immutable {
		start, generation = immutableStart, 0
	}
	raw := append(append([]byte{}, start...), generation)
	raw = append(raw, hashOf(email + "\n" + calendar)[:12]...)
	return base64.URLEncoding.EncodeToString(append(raw, id...))
}

// EventID is the immutable id under which a person's mailbox shows an event of the world.
func (s *Server) EventID(email, calendar, id string) string {
	return s.eventID(email, calendar, id, true)
}

func (s *Server) generation(email string) byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.renamed[email]
}

// MoveItems changes every mutable id in a mailbox, as moving its items does. Immutable ids stay.
func (s *Server) MoveItems(email string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.renamed[email]++
}

// findCalendar finds a calendar of a mailbox by its opaque id.
func (s *Server) findCalendar(email, id string) (calendar.Entry, error) {
	if _, err := base64.URLEncoding.DecodeString(id); err != nil || id == "" {
		return calendar.Entry{}, fault("ErrorInvalidIdMalformed", "")
	}
	for _, entry := range s.world.Calendars(email) {
		if calendarID(email, entry.ID) == id {
			return entry, nil
		}
	}
	return calendar.Entry{}, fault("ErrorItemNotFound", "")
}

// findEvent finds the calendar and the world's id of an event among the calendars it may be in.
func (s *Server) findEvent(email, id string, among []calendar.Entry) (calendar.Entry, string, error) {
	raw, err := base64.URLEncoding.DecodeString(id)
	if err != nil || len(raw) < 17 {
		return calendar.Entry{}, "", fault("ErrorInvalidIdMalformed", "")
	}
	mutable := bytes.HasPrefix(raw, mutableStart) && raw[3] == s.generation(email)
	immutable := bytes.HasPrefix(raw, immutableStart)
	for _, entry := range among {
		if (mutable || immutable) && bytes.Equal(hashOf(email + "\n" + entry.ID)[:12], raw[4:16]) {
			return entry, string(raw[16:]), nil
		}
	}
	return calendar.Entry{}, "", fault("ErrorItemNotFound", "")
}
