package google

import (
	"net/http"
	"time"

	"parlor/internal/fake/calendar"
)

// weekView is seven days of one calendar, from today unless asked otherwise.
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

// weekPage lists seven days of a calendar by day, in the person's zone, with a form to add an event.
func (s *Server) weekPage(w http.ResponseWriter, r *http.Request) {
	who, ok := s.reader(w, r)
	if !ok {
		return
	}
	show(w, http.StatusOK, "week.html", s.week(who, r.FormValue("week"), s.emptyForm(who)))
}

func (s *Server) week(who reader, week string, form formView) weekView {
	loc := calendar.Location(who.Zone)
	first := calendar.Midnight(s.now().In(loc), loc)
	if t, err := time.ParseInLocation(time.DateOnly, week, loc); err == nil {
		first = t
	}
	end := first.AddDate(0, 0, 7)
	v := weekView{
		reader: who, Form: form, Others: s.world.Calendars(who.Email),
		From: first.Format("2 January"), To: end.AddDate(0, 0, -1).Format("2 January 2006"),
		Prev: first.AddDate(0, 0, -7).Format(time.DateOnly), Next: end.Format(time.DateOnly),
	}
	events := s.world.Between(who.Calendar.ID, first.AddDate(0, 0, -1), end.AddDate(0, 0, 1))
	for day := first; day.Before(end); day = day.AddDate(0, 0, 1) {
		v.Days = append(v.Days, s.day(day, events, who))
	}
	return v
}

func (s *Server) day(day time.Time, events []calendar.Event, who reader) dayView {
	v := dayView{Name: day.Format("Monday 2 January"), Today: sameDay(day, s.now().In(day.Location()))}
	for _, e := range events {
		if e.Span().On(day) {
			v.Events = append(v.Events, viewEvent(e, who))
		}
	}
	return v
}

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }
