package outlook

import (
	"net/http"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// weekView is seven days of one calendar, from today unless ?week= asks otherwise.
type weekView struct {
	desk
	From, To                  string
	Prev, Today, Next, Adding string // addresses
	Days                      []dayView
}

type dayView struct {
	Date, Name, Number string
	Today              bool
	Events             []cardView
}

// cardView is one event in the week.
type cardView struct {
	ID, Address, Title, When, Place string
	Repeats                         bool
	Version                         int64 // rises with each write
}

// weekPage shows seven days of a calendar in the person's zone.
func (s *Server) weekPage(w http.ResponseWriter, r *http.Request) {
	d, ok := s.desk(w, r)
	if !ok {
		return
	}
	loc := calendar.Location(d.Zone)
	first := calendar.Midnight(s.opt.Now().In(loc), loc)
	if t, err := time.ParseInLocation(time.DateOnly, d.query.Get("week"), loc); err == nil {
		first = t
	}
	end := first.AddDate(0, 0, 7)
	v := weekView{
		desk: d, From: first.Format("2 January"), To: end.AddDate(0, 0, -1).Format("2 January 2006"),
		Prev: d.to("/calendar", "week", first.AddDate(0, 0, -7).Format(time.DateOnly)), Today: d.to("/calendar"),
		Next: d.to("/calendar", "week", end.Format(time.DateOnly)), Adding: d.to("/calendar/new"),
	}
	events := s.world.Between(d.Calendar.ID, first.AddDate(0, 0, -1), end.AddDate(0, 0, 1))
	for day := first; day.Before(end); day = day.AddDate(0, 0, 1) {
		v.Days = append(v.Days, s.day(d, day, events))
	}
	show(w, http.StatusOK, "week.html", v)
}

func (s *Server) day(d desk, day time.Time, events []calendar.Event) dayView {
	v := dayView{
		Date: day.Format(time.DateOnly), Name: day.Format("Mon"), Number: day.Format("2"),
		Today: day.Format(time.DateOnly) == s.opt.Now().In(day.Location()).Format(time.DateOnly),
	}
	for _, e := range events {
		if e.Span().On(day) {
			v.Events = append(v.Events, card(d, e))
		}
	}
	return v
}

func card(d desk, e calendar.Event) cardView {
	span, loc := e.Span(), calendar.Location(d.Zone)
	v := cardView{
		ID: e.ID, Address: d.to("/calendar/event", "eid", stage.EID(e.ID, e.Calendar)), When: "All day",
		Title: stage.Or(calendar.Text(e.Fields, "summary"), "(No title)"), Place: calendar.Text(e.Fields, "location"),
		Repeats: e.Series != "" || e.Fields["recurrence"] != nil, Version: e.Stamp,
	}
	if !span.AllDay {
		v.When = span.Start.In(loc).Format("15:04") + " – " + span.End.In(loc).Format("15:04")
	}
	return v
}
