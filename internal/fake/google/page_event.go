package google

import (
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// eventView is an event as the pages show it.
type eventView struct {
	reader
	ID, EID, SeriesEID string
	Title              string
	When               string // in the reader's zone
	Elsewhere          string // in the event's own zone, when that shows another time
	Location           string
	LocationURL        string // when the location is a link
	Description        template.HTML
	Meet               string // address of a video conference
	Organizer          string // when it is somebody else
	Guests             []calendar.Fields
	Repeats            []string
	Series             bool // a series or one of its occurrences
	Cancelled          bool
}

func viewEvent(e calendar.Event, who reader) eventView {
	f := e.Fields
	v := eventView{
		reader: who, ID: e.ID, EID: stage.EID(e.ID, e.Calendar), Cancelled: e.Cancelled,
		Title: stage.Or(calendar.Text(f, "summary"), "(No title)"), Location: calendar.Text(f, "location"),
		Description: describe(calendar.Text(f, "description")), Guests: calendar.Maps(f, "attendees"),
		Repeats: calendar.Lines(f, "recurrence"), Series: e.Series != "" || f["recurrence"] != nil,
	}
	if e.Series != "" {
		v.SeriesEID = stage.EID(e.Series, e.Calendar)
	}
	if u, err := url.Parse(v.Location); err == nil && strings.HasPrefix(u.Scheme, "http") {
		v.LocationURL = v.Location
	}
	for _, entry := range calendar.Maps(calendar.Map(f, "conferenceData"), "entryPoints") {
		v.Meet = stage.Or(v.Meet, calendar.Text(entry, "uri"))
	}
	if organizer := calendar.Text(f, "organizer", "email"); organizer != e.Calendar {
		v.Organizer = organizer
	}
	v.When, v.Elsewhere = when(e, who.Zone)
	return v
}

// when words an event's time in the reader's zone, and in its own where that differs.
func when(e calendar.Event, zone string) (here, elsewhere string) {
	span := e.Span()
	if span.AllDay {
		return "All day", ""
	}
	start, end := span.Start.In(calendar.Location(zone)), span.End.In(calendar.Location(zone))
	here = start.Format("15:04") + " – " + end.Format("15:04")
	own := span.Start.Format("15:04") + " – " + span.End.Format("15:04")
	if own != here {
		elsewhere = own + " " + calendar.Text(e.Fields, "start", "timeZone")
	}
	return here, elsewhere
}

// named finds the event of a page by its eid, seen by the calendar's owner unless user says who.
func (s *Server) named(w http.ResponseWriter, r *http.Request) (calendar.Event, reader, bool) {
	id, cal := stage.ReadEID(stage.Or(r.PathValue("eid"), r.FormValue("eid")))
	email := r.FormValue("user")
	for _, p := range s.world.People() {
		if entry, ok := s.world.Entry(cal, p.Email); ok && email == "" && entry.Role == calendar.Owner {
			email = p.Email
		}
	}
	person, _ := s.world.Person(email)
	entry, ok := s.world.Entry(cal, email)
	e, err := s.world.Event(cal, id)
	if err != nil || !ok {
		show(w, http.StatusNotFound, "missing.html", "There is no such event.")
		return e, reader{}, false
	}
	return e, reader{person, entry}, true
}

// eventPage shows one event.
func (s *Server) eventPage(w http.ResponseWriter, r *http.Request) {
	e, who, ok := s.named(w, r)
	if !ok {
		return
	}
	v := viewEvent(e, who)
	if !e.Span().Start.IsZero() {
		v.When = e.Span().Start.In(dayZone(e, who)).Format("Monday 2 January 2006, ") + v.When
	}
	show(w, http.StatusOK, "event.html", v)
}

// deleteByHand deletes an event, an occurrence or a series and mails the guests.
func (s *Server) deleteByHand(w http.ResponseWriter, r *http.Request) {
	e, who, ok := s.named(w, r)
	if !ok {
		return
	}
	err := errReadOnly
	if who.writes() {
		err = s.world.Delete(e.Calendar, e.ID, byHand(who))
	}
	if err != nil && !errors.Is(err, calendar.ErrDeleted) {
		show(w, http.StatusConflict, "missing.html", "The event could not be deleted: "+err.Error())
		return
	}
	s.toWeek(w, r, who, e.Span())
}

// copyByHand duplicates an event and shows the copy.
func (s *Server) copyByHand(w http.ResponseWriter, r *http.Request) {
	e, who, ok := s.named(w, r)
	if !ok {
		return
	}
	err := errReadOnly
	if who.writes() {
		e, err = s.world.Copy(e.Calendar, e.ID, byHand(who))
	}
	if err != nil {
		show(w, http.StatusConflict, "missing.html", "The event could not be copied: "+err.Error())
		return
	}
	q := url.Values{"user": {who.Email}, "eid": {stage.EID(e.ID, e.Calendar)}}
	http.Redirect(w, r, "/calendar/event?"+q.Encode(), http.StatusSeeOther)
}

// byHand is a write of a person on the page; like Google's own page it mails the guests.
func byHand(who reader) calendar.Write {
	return calendar.Write{Actor: who.Email, Send: calendar.SendAll, Call: "page"}
}

// toWeek sends the browser back to the days that show an event.
func (s *Server) toWeek(w http.ResponseWriter, r *http.Request, who reader, span calendar.Span) {
	q := url.Values{"user": {who.Email}, "cal": {who.Calendar.ID}}
	loc := calendar.Location(who.Zone)
	today, day := calendar.Midnight(s.now().In(loc), loc), span.Start.In(loc)
	if !span.Start.IsZero() && (day.Before(today) || !day.Before(today.AddDate(0, 0, 7))) {
		q.Set("week", day.Format(time.DateOnly))
	}
	http.Redirect(w, r, "/calendar?"+q.Encode(), http.StatusSeeOther)
}
