package outlook

import (
	"errors"
	"net/http"
	"time"

	"parlor/internal/fake/calendar"
)

// remove deletes an event, an occurrence or a series and mails its guests.
func (s *Server) remove(w http.ResponseWriter, r *http.Request) {
	d, e, ok := s.named(w, r)
	if !ok {
		return
	}
	err := errReadOnly
	if d.Writes() {
		err = s.world.Delete(e.Calendar, e.ID, calendar.Write{Actor: d.Email, Send: calendar.SendAll, Call: "outlook"})
	}
	if err != nil && !errors.Is(err, calendar.ErrDeleted) {
		missing(w, http.StatusConflict, words(err))
		return
	}
	http.Redirect(w, r, d.to("/calendar", "week", weekOf(s.opt.Now(), e, d)), http.StatusSeeOther)
}

// weekOf is the first of the seven days on which an event is shown, "" when that is today.
func weekOf(now time.Time, e calendar.Event, d desk) string {
	loc := calendar.Location(d.Zone)
	today, day := calendar.Midnight(now.In(loc), loc), e.Span().Start.In(loc)
	if e.Span().Start.IsZero() || !day.Before(today) && day.Before(today.AddDate(0, 0, 7)) {
		return ""
	}
	return day.Format(time.DateOnly)
}

// words says what is wrong with a form.
func words(err error) string {
	switch {
	case errors.Is(err, calendar.ErrNotOrganizer):
		return "Only the organiser can change this appointment."
	case errors.Is(err, calendar.ErrEmptyRange):
		return "The appointment ends before it starts."
	case errors.Is(err, calendar.ErrDeleted), errors.Is(err, calendar.ErrNotFound):
		return "The appointment was deleted meanwhile."
	}
	return "The appointment was not saved: " + err.Error() + "."
}
