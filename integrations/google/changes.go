package google

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"google.golang.org/api/calendar/v3"

	"parlor/internal/parlor"
)

// The parameters of every list. Google leaves a sync token undefined when they change, so their hash is part of the
// cursor and another one starts again. There is no timeMin: it may not accompany a sync token, and whether the token
// keeps the bound is unknown. showDeleted stays unset: cancelled occurrences come all the same, and deleted events
// with each sync token. Source: events.list, https://developers.google.com/workspace/calendar/api/guides/sync
const (
	pageSize     = 2500 // events, the most that Google gives
	singleEvents = false
)

var listing = func() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "maxResults=%d&singleEvents=%t", pageSize, singleEvents))
	return "v1." + hex.EncodeToString(sum[:4]) + "."
}()

var errPartial = errors.New("google broke off the list")

// Changes lists what changed since the cursor, the whole calendar when it is empty.
func (p *port) Changes(
	ctx context.Context, cal parlor.CalendarID, since parlor.Cursor, page func([]parlor.Event) error,
) (parlor.Cursor, error) {
	token, ok := strings.CutPrefix(string(since), listing)
	if !ok && since != "" {
		return "", fmt.Errorf("list events: cursor of other parameters: %w", parlor.ErrCursorGone)
	}
	walk := pager{}
	for {
		got, err := p.list(ctx, cal, token, walk.token)
		if err != nil {
			return "", err
		}
		if err := page(events(cal, got.Items)); err != nil {
			return "", err
		}
		if got.NextPageToken == "" {
			return parlor.Cursor(listing + got.NextSyncToken), nil
		}
		if err := walk.next(got.NextPageToken); err != nil {
			return "", fmt.Errorf("list events: %w", err)
		}
	}
}

func (p *port) list(ctx context.Context, cal parlor.CalendarID, token, page string) (*calendar.Events, error) {
	call := p.api.Events.List(string(cal)).MaxResults(pageSize).SingleEvents(singleEvents).Context(ctx)
	if token != "" {
		call.SyncToken(token)
	}
	if page != "" {
		call.PageToken(page)
	}
	got, err := call.Do()
	switch err = refusal(err); {
	case err == nil:
		return got, partial(got)
	case token != "" && (errors.Is(err, parlor.ErrInvalid) || errors.Is(err, errGone)):
		// The parameters are good without a token, so it is the token that Google cannot read.
		return nil, fmt.Errorf("list events: %w (%w)", parlor.ErrCursorGone, err)
	default:
		return nil, fmt.Errorf("list events: %w", err)
	}
}

// partial refuses a page that says neither how to go on nor that this was the end.
func partial(got *calendar.Events) error {
	if got.NextPageToken == "" && got.NextSyncToken == "" {
		return fmt.Errorf("list events: %w", errPartial)
	}
	return nil
}

// pager walks page tokens and notices when it goes in circles.
type pager struct {
	token string
	seen  map[string]bool
}

func (p *pager) next(token string) error {
	if p.seen[token] {
		return fmt.Errorf("page token comes again: %w", errPartial)
	}
	if p.seen == nil {
		p.seen = map[string]bool{}
	}
	p.seen[token] = true
	p.token = token
	return nil
}
