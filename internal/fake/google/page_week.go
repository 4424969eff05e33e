package google

import (
	"net/http"
	"time"

	"parlor/internal/fake/calendar"
)

// weekView is one week of one calendar.
type weekView struct {
	reader
	Others               []calendar.Entry
	From, To, Prev, Next string // dates
	Days                 []dayView
	Form                 formView
}

type dayView struct {
	Name   string
	Today  bool
	Events []eventView
}

// weekPage lists a week of a calendar by day, in the person's zone, with a form to add an event.
func (s *Server) weekPage(w http.ResponseWriter, r *http.Request) {
	who, ok := s.reader(w, r)
	if !ok {
		return
	}
	show(w, http.StatusOK, "week.html", s.week(who, r.FormValue("week"), s.emptyForm(who)))
}

func (s *Server) week(who reader, week string, form formView) weekView {
	loc := zoneOf(who.Zone)
	monday := mondayOf(s.now().In(loc))
	if t, err := time.ParseInLocation(time.DateOnly, week, loc); err == nil {
		monday = mondayOf(t)
	}
	end := monday.AddDate(0, 0, 7)
	v := weekView{
		reader: who, Form: form, Others: s.world.Calendars(who.Email),
		From: monday.Format("2 January"), To: end.AddDate(0, 0, -1).Format("2 January 2006"),
		Prev: monday.AddDate(0, 0, -7).Format(time.DateOnly), Next: end.Format(time.DateOnly),
	}
	events := s.world.Between(who.Calendar.ID, monday.AddDate(0, 0, -1), end.AddDate(0, 0, 1))
	for day := monday; day.Before(end); day = day.AddDate(0, 0, 1) {
		v.Days = append(v.Days, s.day(day, events, who))
	}
	return v
}

func (s *Server) day(day time.Time, events []calendar.Event, who reader) dayView {
	v := dayView{Name: day.Format("Monday 2 January"), Today: sameDay(day, s.now().In(day.Location()))}
	for _, e := range events {
		if touches(e.Span(), day) {
			v.Events = append(v.Events, viewEvent(e, who))
		}
	}
	return v
}

// touches tells whether an event takes place on a day, which begins at midnight of the reader's zone.
func touches(s calendar.Span, day time.Time) bool {
	start, end := s.Start, s.End
	if s.AllDay {
		start, end = dateIn(start, day.Location()), dateIn(end, day.Location())
	}
	next := day.AddDate(0, 0, 1)
	return start.Before(next) && (end.After(day) || start.Equal(day))
}

func dateIn(t time.Time, loc *time.Location) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, loc)
}

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

func mondayOf(t time.Time) time.Time {
	back := (int(t.Weekday()) + 6) % 7
	return time.Date(t.Year(), t.Month(), t.Day()-back, 0, 0, 0, 0, t.Location())
}

func zoneOf(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return loc
}
