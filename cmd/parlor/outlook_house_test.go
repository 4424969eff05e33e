package main

import (
	"net/http"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/parlor"
)

// outlook is somebody who signed in with Microsoft alone, and whose mailbox's calendar has been read.
func (h *house) outlook(email string) *person {
	h.t.Helper()
	p := h.visitor(email)
	p.goes("/signin/microsoft")
	p.world = h.other
	p.until("the first pass is over", func() bool { return p.listed("microsoft") })
	p.watched()
	return p
}

// watched waits until the mailbox has a subscription, so that what comes next is pushed.
func (p *person) watched() {
	p.t.Helper()
	p.until("the mailbox is watched", func() bool { return len(p.graph.Subscriptions(p.email)) > 0 || !p.cfg.push })
}

// mailed is fields of an event with a guest of another organisation.
func mailed(title string, start time.Time, more ...any) calendar.Fields {
	guests := calendar.List(calendar.Fields{"email": "grace@elsewhere.example"})
	return fields(title, start, append([]any{"attendees", guests}, more...)...)
}

// writes counts the changes that Graph was asked for.
func (p *person) writes() int {
	return p.graph.Count(http.MethodPatch, "/v1.0/me/calendars/*/events/*") + p.graph.Count(http.MethodPatch, "/v1.0/me/events/*")
}

// unlinked waits until an event has no join link any more.
func (p *person) unlinked(id string) {
	p.t.Helper()
	p.until("event "+id+" has no link", func() bool {
		_, _, found := parlor.Find(p.text(id, "description"), p.portal)
		return !found
	})
}
