package web

import (
	"net/http"
	"net/url"
	"time"
)

// horizon is how far ahead meetings are listed.
const horizon = 180 * 24 * time.Hour

func (s *site) meetings(v *visit) error {
	now := s.cfg.Now()
	views, next, err := s.desk.Meetings(v.ctx(), v.account.ID, now, now.Add(horizon), v.r.URL.Query().Get("cursor"))
	if err != nil {
		return err
	}
	in, err := s.names(v)
	if err != nil {
		return err
	}
	page := newMeetingsPage(views, next, now, v.zone, in)
	if page.Zone != v.account.Zone {
		page.Home = v.account.Zone
	}
	if len(page.Days) == 0 {
		page.Alone = s.desk.Calendarless(v.account)
		if page.Hint, err = s.hint(v); err != nil {
			return err
		}
	}
	return s.show(v, http.StatusOK, "meetings", "Upcoming meetings", page)
}

// names are the names of the person's calendars.
func (s *site) names(v *visit) (names, error) {
	views, err := s.desk.Calendars(v.ctx(), v.account.ID)
	if err != nil {
		return nil, err
	}
	in := names{}
	for _, c := range views {
		in[c.ID] = c.Name
	}
	return in, nil
}

// pastPage is what past.html shows.
type pastPage struct {
	Meetings []meeting
	Zone     string
	Older    string // address of the next page, "" on the last
	Paged    bool   // not the first page
}

func (s *site) past(v *visit) error {
	cursor := v.r.URL.Query().Get("cursor")
	views, next, err := s.desk.Past(v.ctx(), v.account.ID, cursor)
	if err != nil {
		return err
	}
	in, err := s.names(v)
	if err != nil {
		return err
	}
	page := pastPage{Zone: v.zone.String(), Paged: cursor != ""}
	if next != "" {
		page.Older = "/meetings/past?" + url.Values{"cursor": {next}}.Encode()
	}
	for _, m := range views {
		page.Meetings = append(page.Meetings, newMeeting(m, "moment", v.zone, in))
	}
	return s.show(v, http.StatusOK, "past", "Past meetings", page)
}
