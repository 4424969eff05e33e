package parlor

import (
	"slices"
	"sort"
	"time"
)

// agendaDays is how far ahead a series is expanded.
const agendaDays = 90

// Busy is one use of the room.
type Busy struct {
	Slot
	Number string
	Title  string
}

// Agenda is when a person's room is in use, sorted by start. It is not safe for concurrent use.
type Agenda struct {
	from    time.Time
	busy    []Busy
	longest time.Duration // of all slots, so that a search knows how far back to look
}

// NewAgenda makes the agenda of the meetings in the room that end after from; a series is expanded 90 days ahead.
func NewAgenda(ms []Meeting, from time.Time) *Agenda {
	a := &Agenda{from: from}
	for _, m := range ms {
		a.busy = append(a.busy, a.uses(m)...)
	}
	slices.SortStableFunc(a.busy, byStart)
	return a
}

// Add puts a meeting in, in place of what was there under its number. A meeting that is not in the room, or no longer
// on, only loses its place.
func (a *Agenda) Add(m Meeting) {
	a.Drop(m.Number)
	for _, b := range a.uses(m) {
		at := sort.Search(len(a.busy), func(i int) bool { return a.busy[i].Start.After(b.Start) })
		a.busy = slices.Insert(a.busy, at, b)
	}
}

// Drop takes a meeting out.
func (a *Agenda) Drop(number string) {
	a.busy = slices.DeleteFunc(a.busy, func(b Busy) bool { return b.Number == number })
}

// Clash returns the first use of the room by another meeting that leaves less than buffer free before or after any
// occurrence of m.
func (a *Agenda) Clash(m Meeting, buffer time.Duration) (Busy, bool) {
	for _, slot := range a.slots(m) {
		if b, ok := a.near(slot, m.Number, buffer); ok {
			return b, true
		}
	}
	return Busy{}, false
}

// near looks from the first use that can still reach the slot to the last that begins before its end.
func (a *Agenda) near(slot Slot, except string, buffer time.Duration) (Busy, bool) {
	reach := slot.Start.Add(-buffer - a.longest)
	first := sort.Search(len(a.busy), func(i int) bool { return !a.busy[i].Start.Before(reach) })
	for _, b := range a.busy[first:] {
		if !b.Start.Before(slot.End.Add(buffer)) {
			break
		}
		if b.Number != except && b.End.Add(buffer).After(slot.Start) {
			return b, true
		}
	}
	return Busy{}, false
}

// uses lists when a meeting takes the room, and notes how long.
func (a *Agenda) uses(m Meeting) []Busy {
	if m.Kind != InRoom || oneOf(m.State, MeetingCancelled, LinkRemoved) {
		return nil
	}
	var uses []Busy
	for _, slot := range a.slots(m) {
		uses = append(uses, Busy{Slot: slot, Number: m.Number, Title: m.Title})
		a.longest = max(a.longest, slot.End.Sub(slot.Start))
	}
	return uses
}

// slots expands a series 90 days ahead of now, or of its own first day if that is later; a single meeting counts however
// far away it is.
func (a *Agenda) slots(m Meeting) []Slot {
	begin := a.from
	if m.Start.Time.After(begin) {
		begin = m.Start.Time
	}
	return m.Slots(a.from, begin.AddDate(0, 0, agendaDays))
}

func byStart(x, y Busy) int { return x.Start.Compare(y.Start) }
