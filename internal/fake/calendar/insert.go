package calendar

import (
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"maps"
	"strings"
)

// Write says who writes, on what condition, and who hears of it.
type Write struct {
	Actor     string   // e-mail address of the writer
	Organizer string   // e-mail address of an organiser elsewhere, for an imported event; "" makes the calendar the organiser
	Stamp     int64    // the event's stamp the writer read; another one is ErrStale. 0: whatever it is
	Send      Send     // which guests get mail about it
	To        []string // of those, only these addresses; nil: all
	Call      string   // what to write into the mail log, such as "events.patch"
	Local     bool     // changes only this calendar's copy, shared fields too, as Exchange lets guests do
	Instances bool     // mails about each changed occurrence of a series as well
}

// Insert stores a new event under id, or under a drawn id when it is empty, and puts copies into the guests' calendars.
func (w *World) Insert(calendar, id string, f Fields, o Write) (Event, error) {
	var e Event
	err := w.write(func() (err error) {
		b, ok := w.books[calendar]
		if !ok {
			return ErrNotFound
		}
		e, err = w.insert(b, id, Clone(f), o)
		return err
	})
	return e, err
}

func (w *World) insert(b *book, id string, f Fields, o Write) (Event, error) {
	if id == "" {
		id = drawID()
	}
	if b.events[id] != nil {
		return Event{}, ErrDuplicate
	}
	if err := b.check(f); err != nil {
		return Event{}, err
	}
	tidy(f)
	complete(f, id, firstOf(o.Organizer, b.ID), firstOf(o.Actor, b.Owner))
	stamp := w.stamp()
	r := &record{id: id, fields: f, created: stamp}
	b.events[id] = r
	w.touch(b, r, stamp)
	w.spread(b, r, stamp, nil)
	w.mail(b, r, o)
	return b.copyOf(r, false), nil
}

// complete fills in what every event has.
func complete(f Fields, id, organizer, creator string) {
	given := maps.Clone(f)
	maps.Copy(f, Fields{
		"iCalUID": id + "@google.com", "sequence": float64(0), "eventType": "default", "status": "confirmed",
		"reminders": Fields{"useDefault": true},
	})
	maps.Copy(f, given)
	f["organizer"], f["creator"] = Fields{"email": organizer}, Fields{"email": creator}
}

// tidy drops empty texts and gives each guest a response.
func tidy(f Fields) {
	for k, v := range f {
		if v == nil || v == "" {
			delete(f, k)
		}
		if list, ok := v.([]any); ok && len(list) == 0 {
			delete(f, k)
		}
	}
	for _, guest := range Maps(f, "attendees") {
		if Text(guest, "responseStatus") == "" {
			guest["responseStatus"] = "needsAction"
		}
	}
}

// drawID draws an event id: 26 characters of a-v and 0-9.
func drawID() string {
	var b [16]byte
	if _, err := rand.Read(b[:]); err != nil {
		panic(fmt.Sprintf("read randomness: %v", err))
	}
	return strings.ToLower(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:]))
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
