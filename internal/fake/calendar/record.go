package calendar

import "time"

// record is one stored event. A changed occurrence of a series stores only what it overrides, so that it inherits every
// later change of its master elsewhere.
type record struct {
	id        string
	series    string // id of the master, on an occurrence
	fields    Fields
	created   int64 // microseconds
	stamp     int64 // microseconds, of the last write
	cancelled bool
	dropped   bool // cancelled by the organiser, and not yet taken out by this calendar's owner
	at        int  // place in the log, from 1
}

// Event is a copy of one event as a calendar holds it.
type Event struct {
	Calendar  string
	ID        string
	Series    string // id of the master, on an occurrence
	Stamp     int64  // rises with each write; what an ETag is made of
	Created   time.Time
	Updated   time.Time
	Cancelled bool
	Orphan    bool // an occurrence whose whole series was deleted
	Dropped   bool // cancelled by its organiser elsewhere and not yet taken out here; a service may go on showing it
	Virtual   bool // an occurrence nobody changed, computed from its master
	Fields    Fields
}

// Span is when the event takes place; zero times when it says nothing about it.
func (e Event) Span() Span { return spanOf(e.Fields) }

// view is a record as its readers see it. Its fields are shared with the record until cloned.
func (b *book) view(r *record) Event {
	return Event{
		Calendar: b.ID, ID: r.id, Series: r.series, Stamp: r.stamp,
		Created: time.UnixMicro(r.created).UTC(), Updated: time.UnixMicro(r.stamp).UTC(),
		Cancelled: r.cancelled || b.orphan(r), Orphan: b.orphan(r), Dropped: r.dropped, Fields: b.effective(r),
	}
}

// orphan tells whether an occurrence's whole series was deleted.
func (b *book) orphan(r *record) bool {
	master, ok := b.events[r.series]
	return r.series != "" && ok && master.cancelled
}

// effective lays an occurrence's own fields over its master's.
func (b *book) effective(r *record) Fields {
	master, ok := b.events[r.series]
	if r.series == "" || !ok {
		return r.fields
	}
	out := make(Fields, len(master.fields)+2)
	for k, v := range master.fields {
		out[k] = v
	}
	delete(out, "recurrence")
	for k, v := range r.fields {
		out[k] = v
		if v == nil {
			delete(out, k)
		}
	}
	return out
}
