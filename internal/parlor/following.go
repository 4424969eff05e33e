package parlor

import "time"

// following is when an occurrence takes place that the rule of its series puts into a slot: as the latest override before it
// says that stands for all later ones (RFC 5545, section 3.2.13). It moves by the clocks of its zone. False: it is cancelled.
func (m Meeting) following(zone *time.Location, slot Slot) (Slot, bool) {
	var last *Override
	for i, o := range m.Overrides { // they are in order
		if o.Following && !o.Original.After(slot.Start) {
			last = &m.Overrides[i]
		}
	}
	switch {
	case last == nil:
		return slot, true
	case last.Slot == nil:
		return Slot{}, false
	}
	shift := wallClock(last.Slot.Start, zone).Sub(wallClock(last.Original, zone))
	start := InZone(wallClock(slot.Start, zone).Add(shift), zone)
	return Slot{start, start.Add(last.Slot.End.Sub(last.Slot.Start))}, true
}

// farthest is by how much an override that stands for later ones moves or lengthens them at most.
func (m Meeting) farthest() time.Duration {
	var most time.Duration
	for _, o := range m.Overrides {
		if o.Following && o.Slot != nil {
			most = max(most, o.Slot.Start.Sub(o.Original).Abs()+o.Slot.End.Sub(o.Slot.Start)+2*time.Hour)
		}
	}
	return most
}
