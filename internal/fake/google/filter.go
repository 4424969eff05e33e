package google

import (
	"slices"
	"strings"
	"time"

	"parlor/internal/fake/calendar"
)

// filter tells which events belong into a list. With a sync token everything that changed does.
func (p listParams) filter(sync bool) func(calendar.Event) bool {
	return func(e calendar.Event) bool {
		if sync {
			return p.typeFits(e)
		}
		return p.deletedFits(e) && p.typeFits(e) && p.timeFits(e) && p.textFits(e)
	}
}

// deletedFits keeps deleted events when asked for, and deleted occurrences of a living series unless series are expanded.
func (p listParams) deletedFits(e calendar.Event) bool {
	if !e.Cancelled || p.showDeleted {
		return true
	}
	return e.Series != "" && !e.Orphan && !p.single
}

func (p listParams) typeFits(e calendar.Event) bool {
	kinds := p.query["eventTypes"]
	return len(kinds) == 0 || slices.Contains(kinds, calendar.Text(e.Fields, "eventType"))
}

func (p listParams) timeFits(e calendar.Event) bool {
	if !p.updatedMin.IsZero() && e.Updated.Before(p.updatedMin) {
		return false
	}
	if !p.timeMax.IsZero() && !e.Span().Start.Before(p.timeMax) {
		return false
	}
	return p.timeMin.IsZero() || calendar.EndsAfter(e, p.timeMin)
}

func (p listParams) textFits(e calendar.Event) bool {
	if uid := p.query.Get("iCalUID"); uid != "" && calendar.Text(e.Fields, "iCalUID") != uid {
		return false
	}
	for _, kind := range []string{"private", "shared"} {
		for _, pair := range p.query[kind+"ExtendedProperty"] {
			key, value, _ := strings.Cut(pair, "=")
			if calendar.Text(e.Fields, "extendedProperties", kind, key) != value {
				return false
			}
		}
	}
	words := strings.ToLower(calendar.Text(e.Fields, "summary") + "\n" + calendar.Text(e.Fields, "description") + "\n" +
		calendar.Text(e.Fields, "location"))
	return strings.Contains(words, strings.ToLower(p.query.Get("q")))
}

// syncable tells whether Google ends such a list with a sync token.
func (p listParams) syncable() bool {
	for _, name := range notWithSync {
		if p.query.Has(name) && name != "timeMin" && name != "timeMax" {
			return false
		}
	}
	return true
}

// expand replaces each series by its occurrences; an endless one is followed for a year.
func (s *Server) expand(p listParams, mark pageMark, all []calendar.Event) []calendar.Event {
	from, to := p.timeMin, p.timeMax
	if to.IsZero() {
		to = s.now().AddDate(1, 0, 0)
	}
	if from.IsZero() {
		from = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	var out []calendar.Event
	for _, e := range all {
		switch {
		case len(calendar.Lines(e.Fields, "recurrence")) > 0 && !e.Cancelled:
			found, _ := s.world.Instances(e.Calendar, e.ID, from, to, 2500)
			out = append(out, slices.DeleteFunc(found, func(i calendar.Event) bool {
				return i.Cancelled && !p.showDeleted && !mark.Sync
			})...)
		case e.Series == "" || s.alone(e):
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b calendar.Event) int { return a.Span().Start.Compare(b.Span().Start) })
	return out
}

// alone tells whether e is an occurrence without its series in the same calendar.
func (s *Server) alone(e calendar.Event) bool {
	_, err := s.world.Event(e.Calendar, e.Series)
	return err != nil
}
