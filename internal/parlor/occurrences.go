package parlor

import (
	"slices"
	"time"

	"github.com/teambition/rrule-go"
)

// maxSlots is how many slots of one meeting are looked at; the earliest are kept.
const maxSlots = 1000

// Slots returns the stretches of time that a meeting takes within [from, to), sorted: one for a single meeting, the
// occurrences of a series with moved and cancelled ones applied. An occurrence keeps its wall-clock time and its length
// when the clocks change. Lines that are malformed count as absent; there are never more than 1000 slots.
func (m Meeting) Slots(from, to time.Time) []Slot {
	length := max(0, m.End.Time.Sub(m.Start.Time))
	overridden := map[time.Time]bool{}
	var slots []Slot
	for _, o := range m.Overrides {
		overridden[o.Original.UTC().Truncate(time.Second)] = true
		if o.Slot != nil && o.Slot.within(from, to) {
			slots = append(slots, *o.Slot)
		}
	}
	r := parseRecurrence(m.Start, m.Recurrence)
	margin := m.farthest()
	for _, start := range r.starts(from.Add(-max(length, margin)), to.Add(margin)) {
		slot, takesPlace := m.following(r.zone, Slot{start, start.Add(length)})
		if takesPlace && slot.within(from, to) && !overridden[start.UTC()] {
			slots = append(slots, slot)
		}
	}
	slices.SortFunc(slots, func(a, b Slot) int { return a.Start.Compare(b.Start) })
	return slots[:min(len(slots), maxSlots)]
}

// within says whether the slot touches [from, to).
func (s Slot) within(from, to time.Time) bool {
	return s.Start.Before(to) && (s.End.After(from) || s.Start.Equal(from))
}

// LastEnd returns the end of an event's last occurrence; false when the series has no end, or none within 20,000
// occurrences.
func LastEnd(e Event) (time.Time, bool) {
	length := max(0, e.End.Time.Sub(e.Start.Time))
	r := parseRecurrence(e.Start, e.Recurrence)
	last := e.Start.Time
	for _, rule := range r.rules {
		if rule.Count == 0 && rule.Until.IsZero() {
			return time.Time{}, false
		}
		finished := r.walk(rule, func(start time.Time) bool {
			if start.After(last) && !r.except[start.UTC()] {
				last = start
			}
			return true
		})
		if !finished {
			return time.Time{}, false
		}
	}
	for _, start := range r.more {
		if start.After(last) && !r.except[start.UTC()] {
			last = start
		}
	}
	return last.Add(length), true
}

// starts lists the starts within [from, to), in no order, each once. DTSTART is always the first of a series (RFC 5545,
// section 3.8.2.4), even where the rule does not meet it.
func (r recurrence) starts(from, to time.Time) []time.Time {
	all := append([]time.Time{r.start}, r.more...)
	for _, rule := range r.rules {
		enough := len(all) + maxSlots
		r.walk(skipAhead(rule, wallClock(from, r.zone)), func(start time.Time) bool {
			if !start.Before(from) {
				all = append(all, start)
			}
			return start.Before(to) && len(all) <= enough
		})
	}
	seen := map[time.Time]bool{}
	return slices.DeleteFunc(all, func(start time.Time) bool {
		out := seen[start.UTC()] || r.except[start.UTC()] || start.Before(from) || !start.Before(to)
		seen[start.UTC()] = true
		return out
	})
}

// walk calls visit with the start of each occurrence of a rule until it says no; false when there was no end to it.
func (r recurrence) walk(option rrule.ROption, visit func(time.Time) bool) bool {
	rule, err := rrule.NewRRule(option)
	if err != nil {
		return true // refused by parseRule already
	}
	next := rule.Iterator()
	for range maxSteps {
		wall, ok := next()
		if !ok || !visit(InZone(wall, r.zone)) {
			return true
		}
	}
	return false
}

// skipAhead moves the start of an hourly or finer rule close to from, so that its past need not be walked.
func skipAhead(o rrule.ROption, from time.Time) rrule.ROption {
	units := map[rrule.Frequency]time.Duration{rrule.HOURLY: time.Hour, rrule.MINUTELY: time.Minute, rrule.SECONDLY: time.Second}
	step := units[o.Freq] * time.Duration(max(1, o.Interval))
	if ahead := from.Sub(o.Dtstart); step > 0 && o.Count == 0 && ahead > step {
		o.Dtstart = o.Dtstart.Add(ahead - ahead%step - step)
	}
	return o
}
