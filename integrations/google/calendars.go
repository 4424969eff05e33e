package google

import (
	"context"
	"fmt"

	"google.golang.org/api/calendar/v3"

	"parlor/internal/parlor"
)

const calendarPage = 250 // calendars, the most that Google gives

// Calendars lists the person's calendars. Only owned ones are writable: the granted scope ends there, whatever a
// colleague's sharing would allow.
func (p *port) Calendars(ctx context.Context) ([]parlor.CalendarInfo, error) {
	var out []parlor.CalendarInfo
	walk := pager{}
	for {
		call := p.api.CalendarList.List().MaxResults(calendarPage).Context(ctx)
		if walk.token != "" {
			call.PageToken(walk.token)
		}
		page, err := call.Do()
		if err != nil {
			return nil, fmt.Errorf("list calendars: %w", refusal(err))
		}
		for _, c := range page.Items {
			if !c.Deleted {
				out = append(out, info(c))
			}
		}
		if page.NextPageToken == "" {
			return out, whole(page)
		}
		if err := walk.next(page.NextPageToken); err != nil {
			return nil, fmt.Errorf("list calendars: %w", err)
		}
	}
}

// whole tells the last page of a calendar list from an answer that is none: Google ends a list with a sync token.
func whole(page *calendar.CalendarList) error {
	if page.NextSyncToken == "" && len(page.Items) == 0 {
		return fmt.Errorf("list calendars: %w", errPartial)
	}
	return nil
}

func info(c *calendar.CalendarListEntry) parlor.CalendarInfo {
	owned := c.AccessRole == "owner"
	return parlor.CalendarInfo{
		ID:       parlor.CalendarID(c.Id),
		Name:     orElse(c.SummaryOverride, c.Summary),
		Zone:     c.TimeZone,
		Primary:  c.Primary,
		Owned:    owned,
		Writable: owned,
	}
}
