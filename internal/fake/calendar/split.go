package calendar

import (
	"regexp"
	"time"
)

// limit is what ends a rule: a count or a last moment.
var limit = regexp.MustCompile(`;(UNTIL|COUNT)=[^;]*`)

// Split ends a series before one of its occurrences and goes on from there with a new series that has changes merged in,
// as "this and following events" does. The new series keeps every other field, private ones included; its id is the old
// one with _R and the start. A rule with COUNT goes on without an end.
func (w *World) Split(calendar, occurrence string, changes Fields, o Write) (Event, error) {
	series, start, ok := splitID(occurrence)
	old, err := w.Event(calendar, series)
	if err != nil {
		return Event{}, err
	}
	if !ok || !occurs(old.Fields, start) {
		return Event{}, ErrNotFound
	}
	first, err := w.Instances(calendar, series, start, start.Add(time.Second), 1)
	if err != nil || len(first) == 0 {
		return Event{}, ErrNotFound
	}
	next := Clone(old.Fields)
	delete(next, "iCalUID")
	next["start"], next["end"] = first[0].Fields["start"], first[0].Fields["end"]
	if _, err := w.Patch(calendar, series, Fields{"recurrence": endBefore(old, start)}, o); err != nil {
		return Event{}, err
	}
	id := series + "_R" + start.UTC().Format("20060102T150405")
	return w.Insert(calendar, id, Merge(next, changes), o)
}

// endBefore is a series' recurrence with the day before t as its last, UNTIL being that day's end in UTC.
func endBefore(e Event, t time.Time) []any {
	local := t.In(e.Span().Start.Location())
	until := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, -1, 0, local.Location()).UTC().Format(timeForm)
	if e.Span().AllDay {
		until = t.AddDate(0, 0, -1).Format(dayForm)
	}
	var out []any
	for _, line := range Lines(e.Fields, "recurrence") {
		if len(line) > 6 && line[:6] == "RRULE:" {
			line = limit.ReplaceAllString(line, "") + ";UNTIL=" + until
		}
		out = append(out, line)
	}
	return out
}

// Copy duplicates an event in its calendar under a new id, private fields and all.
func (w *World) Copy(calendar, id string, o Write) (Event, error) {
	e, err := w.Event(calendar, id)
	if err != nil {
		return Event{}, err
	}
	for _, key := range []string{"iCalUID", "recurringEventId", "originalStartTime", "sequence"} {
		delete(e.Fields, key)
	}
	return w.Insert(calendar, "", e.Fields, o)
}
