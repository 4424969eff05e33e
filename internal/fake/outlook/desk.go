package outlook

import (
	"net/http"
	"net/url"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// desk is who sits in front of the page and whose calendar they look at.
type desk struct {
	calendar.Person
	Calendar calendar.Entry
	query    url.Values
}

// Writes tells whether the person may change the calendar's events.
func (d desk) Writes() bool {
	return d.Calendar.Role == calendar.Owner || d.Calendar.Role == calendar.Writer
}

// Shared tells whether the calendar is somebody else's.
func (d desk) Shared() bool { return d.Calendar.Owner != d.Email }

// desk finds the person and the calendar of a page: ?user= and, for a delegate, ?shared= (the owner's address); false
// after it answered that there is none.
func (s *Server) desk(w http.ResponseWriter, r *http.Request) (desk, bool) {
	q := r.URL.Query()
	person, known := s.world.Person(q.Get("user"))
	if !known {
		missing(w, http.StatusNotFound, "There is nobody with this address here.")
		return desk{}, false
	}
	entry, ok := s.world.Entry(stage.Or(q.Get("shared"), person.Email), person.Email)
	if !ok {
		missing(w, http.StatusForbidden, q.Get("shared")+" does not share a calendar with "+person.Email+". It can be shared on the first page.")
		return desk{}, false
	}
	return desk{person, entry, q}, true
}

// named finds the event of a page by its eid.
func (s *Server) named(w http.ResponseWriter, r *http.Request) (desk, calendar.Event, bool) {
	d, ok := s.desk(w, r)
	if !ok {
		return d, calendar.Event{}, false
	}
	id, cal := stage.ReadEID(stage.Or(r.PostFormValue("eid"), r.URL.Query().Get("eid")))
	e, err := s.world.Event(d.Calendar.ID, id)
	if err != nil || cal != d.Calendar.ID {
		missing(w, http.StatusNotFound, "There is no such event.")
		return d, e, false
	}
	return d, e, true
}
