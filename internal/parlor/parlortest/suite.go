// Package parlortest holds the conformance suites of the two ports: what the comments in port.go say, in code.
//
// Nothing in it knows a vendor. An implementation brings a Harness and passes; a case that it cannot pass is a bug in
// it or in the port, never a reason to skip.
//
// Start reading at World and RunCalendar.
package parlortest

import (
	"testing"
	"time"

	"parlor/internal/parlor"
)

// Harness brings one implementation of the Calendar port into the suite.
type Harness struct {
	// World makes a fresh person with an empty calendar at a service whose pages are small.
	World func(t *testing.T) World
	// Canonical gives the form in which two bodies are compared where the service rewrites them; nil: byte for byte.
	Canonical func(body string, f parlor.Format) string
}

// World is one person, seen through the port under test and through their own hands in the service's own client.
type World struct {
	Port     parlor.Calendar
	Calendar parlor.CalendarID // the person's primary one
	Guest    string            // mail address of somebody who can be invited
	PageSize int               // the most events that the service puts on a page of a list

	Add              func(t *testing.T, d parlor.Draft) string // returns the event's id
	AddInvited       func(t *testing.T, d parlor.Draft) string // Guest's event, to which the person is invited
	Edit             func(t *testing.T, id string, e Edit)
	EditOccurrence   func(t *testing.T, id string, original time.Time, e Edit)
	Delete           func(t *testing.T, id string)
	DeleteOccurrence func(t *testing.T, id string, original time.Time)
	Read             func(t *testing.T, id string) parlor.Draft // as the service stores it; Key is empty
	Mails            func() int                                 // rounds of mail to guests so far; nil: not ours to choose

	ExpireCursors func()
	Throttle      func(after time.Duration) // the next request
	Break         func(page int)            // the next list fails at this page, the first being 1
	Cut           func(page int)            // the next list's connection ends in the middle of this page
	Outage        func()                    // the next request meets a fault of the service
	Revoke        func()                    // the person takes the grant back

	Hook  func(t *testing.T, id string) parlor.Hook // where the service can push to; nil: it has no pushes
	Heard func() []parlor.Ping                      // what it pushed so far, as the adapter reads it
}

// Edit is what a person changes by hand; a nil field stays.
type Edit struct {
	Title *string
	Body  *string
	Start *parlor.Moment // the length stays
}

// RunCalendar checks an implementation of the Calendar port.
func RunCalendar(t *testing.T, h Harness) {
	if h.Canonical == nil {
		h.Canonical = func(body string, _ parlor.Format) string { return body }
	}
	for _, group := range [][]calendarCase{
		listCases, breakCases, seriesCases, eventCases, patchCases, bodyCases, createCases, refusalCases, watchCases,
	} {
		for _, c := range group {
			t.Run(c.name, func(t *testing.T) {
				c.run(t, hands{World: h.World(t), same: h.Canonical})
			})
		}
	}
}

type calendarCase struct {
	name string
	run  func(t *testing.T, w hands)
}

// hands is a World with shorthands for the cases.
type hands struct {
	World
	same func(body string, f parlor.Format) string
}
