package microsoft

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/microsoftgraph/msgraph-sdk-go/models"

	"parlor/internal/parlor"
)

// round is one pass over a calendar's changes. Graph sends a series that changed as its occurrences, most of which are
// stubs, and does not say which of them was deleted. So each series is read once, by its master, which knows.
type round struct {
	*port
	cal    parlor.CalendarID
	window window
	done   map[string]bool // series that were read in this pass
}

func (p *port) newRound(cal parlor.CalendarID, w window) *round {
	return &round{port: p, cal: cal, window: w, done: map[string]bool{}}
}

// read turns the items of a page into events.
func (r *round) read(ctx context.Context, items []models.Eventable) ([]parlor.Event, error) {
	var out []parlor.Event
	var again []string                    // series to read
	listed := map[string][]parlor.Event{} // changed occurrences on this page, by their series
	for _, item := range items {
		e, id, err := r.item(ctx, item)
		if err != nil {
			return nil, err
		}
		switch {
		case id == "":
			out = append(out, e)
		case !r.done[id]:
			again = append(again, id)
			if is(item, models.EXCEPTION_EVENTTYPE) {
				listed[id] = append(listed[id], e)
			}
		}
	}
	slices.Sort(again)
	for _, id := range slices.Compact(again) {
		r.done[id] = true
		whole, err := r.series(ctx, id, listed[id])
		if err != nil {
			return nil, err
		}
		out = append(out, whole...)
	}
	return out, nil
}

// item reads one item of a list, and names the series that it belongs to. That an item was removed is checked before it is
// believed: it may have left the window alone.
// Source: https://learn.microsoft.com/en-us/graph/api/event-delta
func (r *round) item(ctx context.Context, item models.Eventable) (parlor.Event, string, error) {
	if item == nil || val(item.GetId()) == "" {
		return parlor.Event{}, "", errPartial
	}
	e := event(r.cal, item)
	if !removed(item) {
		return e, seriesOf(item), nil
	}
	there, err := r.port.read(ctx, e.Ref)
	if errors.Is(err, parlor.ErrNotFound) {
		return parlor.Event{Ref: e.Ref, Cancelled: true}, "", nil
	}
	if err != nil {
		return parlor.Event{}, "", fmt.Errorf("look for removed event: %w", err)
	}
	return r.stamped(event(r.cal, there), there), seriesOf(there), nil
}

// seriesOf names the series that an item speaks of, "" for an event that stands alone.
func seriesOf(e models.Eventable) string {
	if is(e, models.SERIESMASTER_EVENTTYPE) {
		return val(e.GetId())
	}
	return val(e.GetSeriesMasterId())
}

func is(e models.Eventable, t models.EventType) bool {
	return e.GetTypeEscaped() != nil && *e.GetTypeEscaped() == t
}
