package calendar

import (
	"maps"
	"reflect"
)

// fixed are the fields no writer changes.
var fixed = []string{"iCalUID", "organizer", "creator", "recurringEventId", "originalStartTime", "eventType"}

// Patch merges f into an event (RFC 7386). Patching an occurrence makes it an exception of its series.
func (w *World) Patch(calendar, id string, f Fields, o Write) (Event, error) {
	return w.change(calendar, id, o, func(old Fields) Fields { return Merge(old, f) })
}

// Replace makes f the whole content of an event.
func (w *World) Replace(calendar, id string, f Fields, o Write) (Event, error) {
	return w.change(calendar, id, o, func(old Fields) Fields {
		out := Clone(f)
		for _, key := range []string{"sequence", "status", "reminders"} {
			if _, given := out[key]; !given && old[key] != nil {
				out[key] = old[key]
			}
		}
		return out
	})
}

func (w *World) change(calendar, id string, o Write, edit func(Fields) Fields) (Event, error) {
	var e Event
	err := w.write(func() error {
		b, r, virtual, err := w.writable(calendar, id, o)
		if err != nil {
			return err
		}
		old := b.effective(r)
		next := edit(Clone(old))
		keep(next, old)
		if err := b.check(next); err != nil {
			return err
		}
		tidy(next)
		if !o.Local && !b.may(old, next) {
			return ErrNotOrganizer
		}
		b.adopt(r, virtual)
		w.commit(b, r, old, next, o)
		e = b.copyOf(r, false)
		return nil
	})
	return e, err
}

// writable finds an event that may be written under o's condition.
func (w *World) writable(calendar, id string, o Write) (*book, *record, bool, error) {
	b, ok := w.books[calendar]
	if !ok {
		return nil, nil, false, ErrNotFound
	}
	r, virtual := b.find(id)
	switch {
	case r == nil:
		return nil, nil, false, ErrNotFound
	case o.Stamp != 0 && o.Stamp != r.stamp:
		return nil, nil, false, ErrStale
	case r.cancelled || b.orphan(r):
		return nil, nil, false, ErrDeleted
	}
	return b, r, virtual, nil
}

// adopt stores an occurrence that was only computed so far.
func (b *book) adopt(r *record, virtual bool) {
	if !virtual {
		return
	}
	b.events[r.id] = r
	if r.series != "" {
		b.series[r.series] = append(b.series[r.series], r)
	}
}

// commit stores next as the content of r, and carries it to the exceptions and the other calendars it shows in.
func (w *World) commit(b *book, r *record, old, next Fields, o Write) {
	moved := changedKeys(old, next, "start", "end", "recurrence")
	if len(moved) > 0 {
		sequence, _ := old["sequence"].(float64)
		next["sequence"] = sequence + 1
	}
	stamp := w.stamp()
	guests := Maps(old, "attendees")
	w.touchSeries(b, r, stamp)
	r.fields = b.own(r, next)
	w.touch(b, r, stamp)
	w.followMaster(b, r, changedKeys(old, next), len(moved) > 0, stamp)
	if o.Local {
		return
	}
	w.spread(b, r, stamp, guests)
	w.mail(b, r, o)
	if o.Instances {
		w.mailInstances(b, r, o)
	}
}

// own is what r has to store so that it reads as next.
func (b *book) own(r *record, next Fields) Fields {
	master, ok := b.events[r.series]
	if r.series == "" || !ok {
		return next
	}
	out := Fields{"start": next["start"], "end": next["end"]}
	for _, k := range changedKeys(master.fields, next) {
		if k != "recurrence" {
			out[k] = next[k] // nil hides the master's
		}
	}
	return out
}

// keep puts back the fields that no writer changes.
func keep(next, old Fields) {
	for _, key := range fixed {
		delete(next, key)
		if v, ok := old[key]; ok {
			next[key] = cloneValue(v)
		}
	}
}

// changedKeys lists the fields that differ, of the given ones or of all.
func changedKeys(old, next Fields, among ...string) []string {
	if len(among) == 0 {
		all := maps.Clone(old)
		maps.Copy(all, next)
		for k := range all {
			among = append(among, k)
		}
	}
	var out []string
	for _, k := range among {
		if !reflect.DeepEqual(old[k], next[k]) {
			out = append(out, k)
		}
	}
	return out
}
