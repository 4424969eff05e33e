package microsoft

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/microsoftgraph/msgraph-sdk-go/models"
	"github.com/microsoftgraph/msgraph-sdk-go/users"

	"parlor/internal/parlor"
)

const calendarPage = 100 // calendars; most people have fewer

func (p *port) calendar(id parlor.CalendarID) *users.ItemCalendarsCalendarItemRequestBuilder {
	return p.me.Calendars().ByCalendarId(string(id))
}

// Calendars lists the person's calendars. Only their own are writable: the granted scope ends there, whatever a
// colleague's sharing would allow.
func (p *port) Calendars(ctx context.Context) ([]parlor.CalendarInfo, error) {
	all, err := p.allCalendars(ctx)
	if err != nil {
		return nil, fmt.Errorf("list calendars: %w", err)
	}
	me := owner(all)
	zone, err := p.zone(ctx, me)
	if err != nil {
		return nil, fmt.Errorf("read time zone: %w", err)
	}
	out := make([]parlor.CalendarInfo, 0, len(all))
	for _, c := range all {
		out = append(out, info(c, me, zone))
	}
	return out, nil
}

func (p *port) allCalendars(ctx context.Context) ([]models.Calendarable, error) {
	var all []models.Calendarable
	walk := pager{}
	for {
		list := p.me.Calendars()
		cfg := &users.ItemCalendarsRequestBuilderGetRequestConfiguration{}
		if walk.link == "" {
			cfg.QueryParameters = &users.ItemCalendarsRequestBuilderGetQueryParameters{Top: new(int32(calendarPage))}
		} else {
			list = list.WithUrl(walk.link)
		}
		page, err := list.Get(ctx, cfg)
		if err != nil {
			return nil, unticked(refusal(err))
		}
		if page == nil || page.GetValue() == nil {
			return nil, errPartial
		}
		for _, c := range page.GetValue() {
			if c != nil && val(c.GetId()) != "" {
				all = append(all, c)
			}
		}
		if val(page.GetOdataNextLink()) == "" {
			return all, nil
		}
		if err := walk.next(*page.GetOdataNextLink(), p); err != nil {
			return nil, err
		}
	}
}

// unticked: Graph words a missing permission like any other refusal, but one's own calendars are refused for nothing else.
func unticked(err error) error {
	if errors.Is(err, parlor.ErrForbidden) && !errors.Is(err, errNoMailbox) {
		return fmt.Errorf("%w (%w)", parlor.ErrScope, err)
	}
	return err
}

// owner is the person's own address: the owner of their default calendar.
func owner(all []models.Calendarable) string {
	for _, c := range all {
		if val(c.GetIsDefaultCalendar()) {
			_, email := address(c.GetOwner())
			return email
		}
	}
	return ""
}

func info(c models.Calendarable, me, zone string) parlor.CalendarInfo {
	_, holder := address(c.GetOwner())
	primary := val(c.GetIsDefaultCalendar())
	owned := primary || me != "" && strings.EqualFold(holder, me)
	return parlor.CalendarInfo{
		ID:       parlor.CalendarID(val(c.GetId())),
		Name:     val(c.GetName()),
		Zone:     zone,
		Primary:  primary,
		Owned:    owned,
		Writable: owned && val(c.GetCanEdit()),
	}
}

// zone is the person's time zone, "" when Graph does not tell. Calendars have none, and the mailbox settings that hold it
// are behind a scope of their own; but the person's own schedule states it beside the working hours. Personal accounts
// have no schedule. Source: https://learn.microsoft.com/en-us/graph/api/calendar-getschedule
func (p *port) zone(ctx context.Context, me string) (string, error) {
	if me == "" {
		return "", nil
	}
	now := parlor.Moment{Time: p.now().UTC().Truncate(time.Hour)}
	ask := users.NewItemCalendarGetSchedulePostRequestBody()
	ask.SetSchedules([]string{me})
	ask.SetStartTime(stated(now))
	ask.SetEndTime(stated(parlor.Moment{Time: now.Time.Add(time.Hour)}))
	got, err := p.me.Calendar().GetSchedule().PostAsGetSchedulePostResponse(ctx, ask, nil)
	if err != nil {
		return "", untold(refusal(err))
	}
	if got == nil {
		return "", nil
	}
	for _, s := range got.GetValue() {
		if s == nil || s.GetWorkingHours() == nil || s.GetWorkingHours().GetTimeZone() == nil {
			continue
		}
		if name, ok := parlor.Zone(val(s.GetWorkingHours().GetTimeZone().GetName())); ok {
			return name, nil
		}
	}
	return "", nil
}

// untold: a schedule that Graph will not show leaves the zone open, which is no reason to show no calendars.
func untold(err error) error {
	for _, lasting := range []error{parlor.ErrInvalid, parlor.ErrForbidden, parlor.ErrScope, parlor.ErrNotFound} {
		if errors.Is(err, lasting) {
			return nil
		}
	}
	return err
}
