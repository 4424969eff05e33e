package parlor

import (
	"slices"
	"time"
)

const (
	// Remembered is how long people count as met after the end of the last meeting with them.
	Remembered = 365 * 24 * time.Hour

	// audience is from how many guests on an event makes nobody known: those are listeners.
	audience = 50
)

// Encounter is an event as far as people get to know each other there.
type Encounter struct {
	Event      EventRef    `json:"event"`
	Start      Moment      `json:"start"`
	End        Moment      `json:"end"`
	Recurrence []string    `json:"recurrence,omitempty"`
	Except     []time.Time `json:"except,omitempty"` // original starts of occurrences that are events of their own, or cancelled
	People     []string    `json:"people"`           // addresses outside the person's own domain, none: nobody is met there

	Series   EventRef  `json:"-"` // on an occurrence: the series, whose Except it belongs to
	Original time.Time `json:"-"` // likewise: when the series had it
}

// Meets says whom the person meets at an event. An invitation from a stranger makes nobody known, or strangers could
// introduce themselves: the organiser is the person, or somebody they know.
func (c Circle) Meets(e Event) Encounter {
	met := Encounter{Event: e.Ref, Start: e.Start, End: e.End, Recurrence: e.Recurrence}
	if e.Exceptions != nil {
		met.Except = *e.Exceptions
	}
	if e.SeriesID != "" {
		met.Series, met.Original = EventRef{Calendar: e.Ref.Calendar, ID: e.SeriesID}, e.OriginalStart.Time
	}
	people := Invited(append(slices.Clone(e.Attendees), e.Organizer))
	host := Invited([]Person{e.Organizer})
	switch {
	case e.Cancelled, !e.Ordinary, e.Start.AllDay, len(people) >= audience, len(c.Strangers(host)) > 0:
		return met
	}
	for _, address := range people {
		if c.Outside(address) {
			met.People = append(met.People, address)
		}
	}
	return met
}

// Last is the end of the last meeting that was over by now and is still remembered.
func (e Encounter) Last(now time.Time) (time.Time, bool) {
	var last time.Time
	for _, slot := range e.meeting().Slots(now.Add(-Remembered), now) {
		if !slot.End.After(now) {
			last = slot.End
		}
	}
	return last, !last.IsZero()
}

// Next is the end of the first meeting that is not over by now, within a year and a month.
func (e Encounter) Next(now time.Time) (time.Time, bool) {
	for _, slot := range e.meeting().Slots(now, now.AddDate(1, 1, 0)) {
		if slot.End.After(now) {
			return slot.End, true
		}
	}
	return time.Time{}, false
}

func (e Encounter) meeting() Meeting {
	m := Meeting{Start: e.Start, End: e.End, Recurrence: e.Recurrence}
	for _, original := range e.Except {
		m.Overrides = append(m.Overrides, Override{Original: original})
	}
	return m
}
