package door

import (
	"time"

	"parlor/internal/parlor"
)

// changedNow finds an occurrence of a series that would be on about now, had it not been moved or cancelled by itself.
func (p place) changedNow(now time.Time) (parlor.Override, bool) {
	length := p.meeting.End.Time.Sub(p.meeting.Start.Time)
	for _, o := range p.meeting.Overrides {
		from, to := o.Original.Add(-p.early()), o.Original.Add(length+p.overrun())
		if moved := o.Slot == nil || !o.Slot.Start.Equal(o.Original); moved && !now.Before(from) && now.Before(to) {
			return o, true
		}
	}
	return parlor.Override{}, false
}
