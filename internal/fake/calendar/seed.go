package calendar

import (
	"fmt"
	"time"
)

// The people of the demonstration.
var (
	Ada = Person{Email: "ada@example.com", Name: "Ada Lovelace", Zone: "Europe/London"}
	Bob = Person{Email: "bob@example.com", Name: "Bob Marsh", Zone: "America/New_York"}
)

// Family is the id of Ada's second calendar, Team that of Bob's, which he lets her change.
const (
	Family = "c_family@group.calendar.google.com"
	Team   = "c_team@group.calendar.google.com"
)

// seeding is one event of the demonstration's week.
type seeding struct {
	calendar string
	id       string // no event of the demonstration has a drawn id, so that tests can name them
	fields   Fields
}

// Seed fills an empty world with Ada, Bob and a realistic week around now. Most of it lies in the seven days after now.
func Seed(w *World, now time.Time) error {
	w.AddPerson(Ada)
	w.AddPerson(Bob)
	w.AddCalendar(Calendar{ID: Family, Name: "Family", Zone: Ada.Zone, Owner: Ada.Email})
	w.AddCalendar(Calendar{ID: Team, Name: "Engine team", Zone: Bob.Zone, Owner: Bob.Email})
	if err := w.Share(Team, Ada.Email, Writer); err != nil {
		return fmt.Errorf("share calendar: %w", err)
	}
	d := week{now: now}
	for _, s := range append(d.ada(), d.others()...) {
		if _, err := w.Insert(s.calendar, s.id, s.fields, Write{Call: "seed"}); err != nil {
			return fmt.Errorf("insert event %s: %w", s.id, err)
		}
	}
	return d.exception(w)
}

// exception moves the second coming occurrence of the weekly series.
func (d week) exception(w *World) error {
	usual := d.at(Ada.Zone, 8, "15:00")
	moved := d.slot(Ada.Zone, 9, "16:30", "17:00")
	moved["location"] = "The small office"
	if _, err := w.Patch(Ada.Email, InstanceID("seedweekly", usual, false), moved, Write{Call: "seed"}); err != nil {
		return fmt.Errorf("move occurrence: %w", err)
	}
	return nil
}

// week makes the times of the demonstration.
type week struct{ now time.Time }

// at is a clock time so many days from today, in a zone.
func (d week) at(zone string, days int, clock string) time.Time {
	loc := Location(zone)
	today := d.now.In(loc)
	c, err := time.Parse("15:04", clock)
	if err != nil {
		panic("seed: " + clock)
	}
	return time.Date(today.Year(), today.Month(), today.Day()+days, c.Hour(), c.Minute(), 0, 0, loc)
}

// slot is a start and an end on one day.
func (d week) slot(zone string, days int, from, to string) Fields {
	return Fields{"start": Timed(d.at(zone, days, from), zone), "end": Timed(d.at(zone, days, to), zone)}
}

// event is a slot with a title and more fields.
func (d week) event(zone string, days int, from, to, title string, more Fields) Fields {
	return Merge(Merge(d.slot(zone, days, from, to), Fields{"summary": title}), more)
}

func guests(emails ...string) Fields {
	list := make([]any, len(emails))
	for i, email := range emails {
		list[i] = Fields{"email": email, "responseStatus": "accepted"}
	}
	return Fields{"attendees": list}
}
