package calendar

import (
	"slices"
	"time"
)

// Event reads one event or one occurrence of a series, deleted ones included.
func (w *World) Event(calendar, id string) (Event, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	b, ok := w.books[calendar]
	if !ok {
		return Event{}, ErrNotFound
	}
	r, virtual := b.find(id)
	if r == nil {
		return Event{}, ErrNotFound
	}
	return b.copyOf(r, virtual), nil
}

func (b *book) copyOf(r *record, virtual bool) Event {
	e := b.view(r)
	e.Fields, e.Virtual = Clone(e.Fields), virtual
	return e
}

// Instances expands one event between from and to, sorted by start: a series into its occurrences (changed ones as they
// are now, deleted ones marked), anything else into itself. At most limit are returned.
func (w *World) Instances(calendar, id string, from, to time.Time, limit int) ([]Event, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	b, ok := w.books[calendar]
	if !ok || b.events[id] == nil {
		return nil, ErrNotFound
	}
	master := b.events[id]
	set := rules(master.fields)
	if set == nil {
		return []Event{b.copyOf(master, false)}, nil
	}
	out := b.changed(master, from, to)
	length := spanOf(master.fields)
	for _, t := range set.Between(from.Add(-length.End.Sub(length.Start)), to, true) {
		r := b.virtual(master, t)
		if b.events[r.id] == nil && len(out) < limit && meets(spanOf(r.fields), from, to) {
			out = append(out, b.copyOf(r, true))
		}
	}
	slices.SortFunc(out, func(x, y Event) int { return x.Span().Start.Compare(y.Span().Start) })
	return out, nil
}

// changed lists the stored occurrences of a series that touch the range.
func (b *book) changed(master *record, from, to time.Time) []Event {
	var out []Event
	for _, r := range b.series[master.id] {
		if meets(spanOf(b.effective(r)), from, to) {
			out = append(out, b.copyOf(r, false))
		}
	}
	return out
}

func meets(s Span, from, to time.Time) bool {
	return s.Start.Before(to) && s.End.After(from)
}

// Between lists what takes place in a calendar between from and to, series expanded, deleted events left out, by start.
func (w *World) Between(calendar string, from, to time.Time) []Event {
	roots, _ := w.Page(calendar, 0, w.Place(calendar), 1<<30, func(e Event) bool {
		repeats := len(Lines(e.Fields, "recurrence")) > 0
		return !e.Cancelled && (e.Series == "" || w.guestOnly(e)) && (repeats || meets(e.Span(), from, to))
	})
	var out []Event
	for _, e := range roots {
		found, err := w.Instances(calendar, e.ID, from, to, 1000)
		if err != nil {
			continue
		}
		for _, i := range found {
			if !i.Cancelled && meets(i.Span(), from, to) {
				out = append(out, i)
			}
		}
	}
	slices.SortFunc(out, func(x, y Event) int { return x.Span().Start.Compare(y.Span().Start) })
	return out
}

// guestOnly tells whether e is an occurrence whose series is not in the same calendar. The caller holds the lock.
func (w *World) guestOnly(e Event) bool {
	return e.Series != "" && w.books[e.Calendar].events[e.Series] == nil
}

// EndsAfter tells whether an event, or any occurrence of a series by its rule, ends after t.
func EndsAfter(e Event, t time.Time) bool {
	span := e.Span()
	set := rules(e.Fields)
	if set == nil {
		return span.End.After(t)
	}
	return !set.After(t.Add(-span.End.Sub(span.Start)), false).IsZero()
}

// Exceptions lists the changed and the deleted occurrences of a series, whenever they are.
func (w *World) Exceptions(calendar, series string) ([]Event, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	b, ok := w.books[calendar]
	if !ok || b.events[series] == nil {
		return nil, ErrNotFound
	}
	var out []Event
	for _, r := range b.series[series] {
		out = append(out, b.copyOf(r, false))
	}
	slices.SortFunc(out, func(x, y Event) int { return x.Span().Start.Compare(y.Span().Start) })
	return out, nil
}
