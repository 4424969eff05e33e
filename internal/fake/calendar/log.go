package calendar

// entry is one line of a calendar's change log.
type entry struct {
	id   string
	next int // place of the next line about the same event, 0 when this is the newest
}

// touch stamps r as written and puts it at the end of the log.
func (w *World) touch(b *book, r *record, stamp int64) {
	touched := Touch{ID: r.id, New: r.at == 0, Gone: r.cancelled}
	if r.at > 0 {
		b.log[r.at-1].next = len(b.log) + 1
	}
	b.log = append(b.log, entry{id: r.id})
	r.at, r.stamp = len(b.log), stamp
	for i := range w.touched {
		if c := &w.touched[i]; c.Calendar == b.ID {
			c.Events = append(c.Events, touched)
			return
		}
	}
	w.touched = append(w.touched, Change{Calendar: b.ID, Events: []Touch{touched}})
}

// Place is the number of lines in a calendar's change log, -1 for an unknown calendar.
func (w *World) Place(calendar string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	b, ok := w.books[calendar]
	if !ok {
		return -1
	}
	return len(b.log)
}

// Page reads a calendar's log after place from up to place upto. Each event appears once, at the last of those lines that
// is about it, with its present content; from 0 that is the whole calendar. It returns at most limit events that keep
// accepts (keep must not change its argument) and the place to go on from, which is upto at the end.
func (w *World) Page(calendar string, from, upto, limit int, keep func(Event) bool) ([]Event, int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	b, ok := w.books[calendar]
	if !ok {
		return nil, upto
	}
	var out []Event
	for ; from < min(upto, len(b.log)); from++ {
		line := b.log[from]
		if line.next != 0 && line.next <= upto {
			continue
		}
		e := b.view(b.events[line.id])
		if !keep(e) {
			continue
		}
		if len(out) == limit {
			return out, from
		}
		e.Fields = Clone(e.Fields)
		out = append(out, e)
	}
	return out, upto
}
