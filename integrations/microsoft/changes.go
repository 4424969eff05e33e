package microsoft

import (
	"context"
	"errors"
	"fmt"
	"time"

	kiota "github.com/microsoft/kiota-abstractions-go"
	"github.com/microsoftgraph/msgraph-sdk-go/users"

	"parlor/internal/parlor"
)

const pageSize = 100 // items that we prefer on a page; occurrences of series are small, events may bring long bodies

var errPartial = errors.New("microsoft broke off the list")

type (
	deltaBuilder = users.ItemCalendarsItemCalendarViewDeltaRequestBuilder
	deltaConfig  = users.ItemCalendarsItemCalendarViewDeltaRequestBuilderGetRequestConfiguration
	deltaQuery   = users.ItemCalendarsItemCalendarViewDeltaRequestBuilderGetQueryParameters
	deltaPage    = users.ItemCalendarsItemCalendarViewDeltaGetResponseable
)

// Changes lists what changed within the window since the cursor, the whole window when it is empty.
// Source: https://learn.microsoft.com/en-us/graph/delta-query-events
func (p *port) Changes(
	ctx context.Context, cal parlor.CalendarID, since parlor.Cursor, page func([]parlor.Event) error,
) (parlor.Cursor, error) {
	w, link, err := p.resume(cal, since)
	if err != nil {
		return "", fmt.Errorf("list events: %w", err)
	}
	walk, round := pager{link: link}, p.newRound(cal, w)
	for {
		got, err := p.delta(ctx, cal, w, walk.link)
		if err != nil {
			return "", fmt.Errorf("list events: %w", forgotten(err, since, walk))
		}
		events, err := round.read(ctx, got.GetValue())
		if err != nil {
			return "", fmt.Errorf("list events: %w", err)
		}
		if err := page(events); err != nil {
			return "", err
		}
		next, end := val(got.GetOdataNextLink()), val(got.GetOdataDeltaLink())
		if next == "" {
			if !leadsTo(p.base, end) {
				return "", fmt.Errorf("list events: %w", errElsewhere)
			}
			return w.cursor(end), nil
		}
		if err := walk.next(next, p); err != nil {
			return "", fmt.Errorf("list events: %w", err)
		}
	}
}

// resume is the window to list and the link to go on with, "" to begin. A window that is to be moved begins anew.
func (p *port) resume(cal parlor.CalendarID, since parlor.Cursor) (window, string, error) {
	now := p.now()
	if since == "" {
		return windowAt(now), "", nil
	}
	w, link, ok := parseCursor(since, p.base)
	if !ok {
		return window{}, "", fmt.Errorf("cursor is none of ours: %w", parlor.ErrCursorGone)
	}
	if !now.Before(w.due(cal)) {
		return window{}, "", fmt.Errorf("window is to be moved: %w", parlor.ErrCursorGone)
	}
	w.from = windowAt(now).from
	return w, link, nil
}

func (p *port) delta(ctx context.Context, cal parlor.CalendarID, w window, link string) (deltaPage, error) {
	cfg := &deltaConfig{Headers: kiota.NewRequestHeaders()}
	cfg.Headers.Add("Prefer", fmt.Sprintf("odata.maxpagesize=%d", pageSize)) // counts for each page by itself
	var list *deltaBuilder
	if link != "" {
		list = p.calendar(cal).CalendarView().Delta().WithUrl(link)
	} else {
		list = p.calendar(cal).CalendarView().Delta()
		from, to := w.from.Format(time.RFC3339), w.to.Format(time.RFC3339)
		cfg.QueryParameters = &deltaQuery{StartDateTime: &from, EndDateTime: &to}
	}
	got, err := list.GetAsDeltaGetResponse(ctx, cfg)
	if err != nil {
		return nil, refusal(err)
	}
	return got, partial(got)
}

// partial refuses a page that has no items, or says neither how to go on nor that this was the end.
func partial(got deltaPage) error {
	if got == nil || got.GetValue() == nil || val(got.GetOdataNextLink())+val(got.GetOdataDeltaLink()) == "" {
		return errPartial
	}
	return nil
}

// forgotten tells a refusal of the stored link from one of the list: the parameters are good without it, so it is the link
// that Graph cannot read. A calendar that is gone says so when it is listed from the beginning.
func forgotten(err error, since parlor.Cursor, walk pager) error {
	if since != "" && walk.seen == nil && (errors.Is(err, parlor.ErrInvalid) || errors.Is(err, parlor.ErrNotFound)) {
		return fmt.Errorf("%w (%w)", parlor.ErrCursorGone, err)
	}
	return err
}

// pager walks next links and notices when they lead in circles or away.
type pager struct {
	link string
	seen map[string]bool
}

func (w *pager) next(link string, p *port) error {
	if !leadsTo(p.base, link) {
		return fmt.Errorf("next page: %w", errElsewhere)
	}
	if w.seen[link] {
		return fmt.Errorf("next page comes again: %w", errPartial)
	}
	if w.seen == nil {
		w.seen = map[string]bool{}
	}
	w.seen[link] = true
	w.link = link
	return nil
}
