package calendar

import (
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

const (
	dayForm  = "20060102"
	timeForm = "20060102T150405Z"
)

// InstanceID is the id of the occurrence of a series that starts at t.
func InstanceID(series string, t time.Time, allDay bool) string {
	if allDay {
		return series + "_" + t.Format(dayForm)
	}
	return series + "_" + t.UTC().Format(timeForm)
}

// splitID takes an occurrence's id apart; false when it has another form.
func splitID(id string) (series string, start time.Time, ok bool) {
	at := strings.LastIndexByte(id, '_')
	if at < 1 {
		return "", time.Time{}, false
	}
	form := timeForm
	if len(id)-at-1 == len(dayForm) {
		form = dayForm
	}
	start, err := time.Parse(form, id[at+1:])
	return id[:at], start, err == nil
}

// rules is the recurrence of a master, nil when it has none.
func rules(f Fields) *rrule.Set {
	lines := Lines(f, "recurrence")
	if len(lines) == 0 {
		return nil
	}
	span := spanOf(f)
	set, err := rrule.StrSliceToRRuleSetInLoc(lines, span.Start.Location())
	if err != nil {
		return nil
	}
	set.DTStart(span.Start)
	return set
}

// occurs tells whether a series has an occurrence at t by its rule, whatever became of it.
func occurs(f Fields, t time.Time) bool {
	set := rules(f)
	return set != nil && len(set.Between(t, t, true)) > 0
}

// virtual is the unchanged occurrence of master that starts at t.
func (b *book) virtual(master *record, t time.Time) *record {
	span := spanOf(master.fields)
	start := t.In(span.Start.Location())
	own := Fields{"recurringEventId": master.id}
	if span.AllDay {
		days := int(span.End.Sub(span.Start).Hours() / 24)
		own["start"], own["end"] = Dated(start), Dated(start.AddDate(0, 0, days))
	} else {
		own["start"] = Timed(start, Text(master.fields, "start", "timeZone"))
		own["end"] = Timed(start.Add(span.End.Sub(span.Start)), Text(master.fields, "end", "timeZone"))
	}
	own["originalStartTime"] = own["start"]
	return &record{
		id: InstanceID(master.id, t, span.AllDay), series: master.id, fields: own,
		created: master.created, stamp: master.stamp,
	}
}

// find returns the record of an id, or a fresh one for an occurrence nobody changed yet.
func (b *book) find(id string) (r *record, virtual bool) {
	if r, ok := b.events[id]; ok {
		return r, false
	}
	series, start, ok := splitID(id)
	master := b.events[series]
	if !ok || master == nil || !occurs(master.fields, start) {
		return nil, false
	}
	if r = b.virtual(master, start); r.id != id {
		return nil, false
	}
	return r, true
}

// OriginalStart is when an occurrence of a series starts by the series' rule, in the event's zone.
func OriginalStart(e Event) (time.Time, bool) {
	start, _, err := moment(Map(e.Fields, "originalStartTime"))
	return start, e.Series != "" && err == nil
}

// First is when the first occurrence of a series starts by its rule; false for anything else.
func First(e Event) (time.Time, bool) {
	set := rules(e.Fields)
	if set == nil {
		return time.Time{}, false
	}
	first := set.After(e.Span().Start, true)
	return first, !first.IsZero()
}
