package calendar

import (
	"slices"
	"time"
)

// Send says which guests a write mails, in Google's words.
type Send string

// The choices. The empty one is SendNone.
const (
	SendAll      Send = "all"
	SendExternal Send = "externalOnly"
	SendNone     Send = "none"
)

// Mail is one round of mail that a write would send.
type Mail struct {
	At       time.Time
	Calendar string
	Event    string
	Call     string // of the Write
	Guests   int    // how many people get it
}

// Mails lists every round of mail so far, oldest first.
func (w *World) Mails() []Mail {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]Mail(nil), w.mails...)
}

// mail counts the guests that a write about r mails. Guests with a calendar here are not external.
func (w *World) mail(b *book, r *record, o Write) {
	guests := 0
	for _, email := range o.To {
		if _, still := attending(b.effective(r), email); !still && email != b.ID {
			guests++ // was taken off the list
		}
	}
	for _, guest := range Maps(b.effective(r), "attendees") {
		email := Text(guest, "email")
		_, internal := w.books[email]
		if email == b.ID || o.Send == SendExternal && internal || o.To != nil && !slices.Contains(o.To, email) {
			continue
		}
		guests++
	}
	if guests == 0 || o.Send == "" || o.Send == SendNone {
		return
	}
	w.mails = append(w.mails, Mail{At: w.now(), Calendar: b.ID, Event: r.id, Call: o.Call, Guests: guests})
}

// mailInstances counts one round of mail for each changed occurrence of a series.
func (w *World) mailInstances(b *book, master *record, o Write) {
	for _, r := range b.series[master.id] {
		if !r.cancelled {
			w.mail(b, r, o)
		}
	}
}

// attending finds a guest by e-mail address.
func attending(f Fields, email string) (Fields, bool) {
	for _, guest := range Maps(f, "attendees") {
		if Text(guest, "email") == email {
			return guest, true
		}
	}
	return nil, false
}
