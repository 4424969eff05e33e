package graph

import (
	"time"

	"parlor/internal/fake/calendar"
)

// neighbourhood is how far from an occurrence its neighbours are looked for.
const neighbourhood = 400 * 24 * time.Hour

// checkOccurrence refuses to move an occurrence onto or past a neighbour's day.
func (s *Server) checkOccurrence(e calendar.Event, change calendar.Fields) error {
	original, ok := calendar.OriginalStart(e)
	if !ok || change["start"] == nil {
		return nil
	}
	moved := midnight(calendar.Event{Fields: calendar.Merge(e.Fields, change)}.Span().Start.In(original.Location()))
	all, _ := s.world.Instances(e.Calendar, e.Series, original.Add(-neighbourhood), original.Add(neighbourhood), 2500)
	for _, i := range all {
		other := midnight(i.Span().Start.In(original.Location()))
		if i.ID == e.ID || i.Cancelled || other.Equal(midnight(original)) {
			continue
		}
		if after := other.After(original); after && !moved.Before(other) || !after && !moved.After(other) {
			return fault("ErrorOccurrenceCrossingBoundary", "")
		}
	}
	return nil
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}
