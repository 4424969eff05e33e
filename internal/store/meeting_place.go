package store

import (
	"time"

	"parlor/internal/parlor"
)

// place is where a meeting belongs in the indexes, as put_meeting.lua takes it.
type place struct {
	occupies string // last end when it holds the room, else ""
	purge    string // when to forget it; "" for a series without end
	event    string // "" while unbound, and of a meeting that has no event
	ttl      int64  // seconds; 0 for ever
}

func (s *Store) place(m parlor.Meeting) place {
	var p place
	end, ends := lastEnd(m)
	live := m.State == parlor.Scheduled
	if live && m.Kind == parlor.InRoom {
		p.occupies = "+inf"
		if ends {
			p.occupies = score(end)
		}
	}
	switch {
	case m.Event.ID == "" && !m.Standalone:
		p.ttl = int64(unboundKept / time.Second)
		p.purge = score(s.now().Add(unboundKept))
		return p
	case !live && (!ends || end.Before(s.now())):
		p.purge = score(s.now().Add(meetingKept))
	case ends:
		p.purge = score(end.Add(meetingKept))
	}
	if m.Event.ID != "" {
		p.event = eventField(m.Event)
	}
	return p
}

// lastEnd is the end of the last occurrence, moved ones included; false for a series without end.
func lastEnd(m parlor.Meeting) (time.Time, bool) {
	end, ok := parlor.LastEnd(parlor.Event{Start: m.Start, End: m.End, Recurrence: m.Recurrence})
	if !ok {
		return end, false
	}
	for _, o := range m.Overrides {
		if o.Slot != nil && o.Slot.End.After(end) {
			end = o.Slot.End
		}
	}
	return end, true
}

func endsAfter(m parlor.Meeting, t time.Time) bool {
	end, ok := lastEnd(m)
	return !ok || end.After(t)
}
