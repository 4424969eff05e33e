package graph

import (
	"net/http"
	"strings"
	"time"

	"parlor/internal/fake/calendar"
)

// replay is the event that a transaction id made.
type replay struct{ calendar, event string }

// locate finds the event of a request. Without a calendar in the path it may be in any of the caller's own.
func (s *Server) locate(r *http.Request, c caller) (calendar.Entry, calendar.Event, error) {
	among := s.mine(c)
	if r.PathValue("calendar") != "" || strings.HasPrefix(r.URL.Path, apiBase+"me/calendar/") {
		entry, err := s.open(r, c)
		if err != nil {
			return entry, calendar.Event{}, err
		}
		among = []calendar.Entry{entry}
	}
	entry, id, err := s.findEvent(c.Email, r.PathValue("event"), among)
	if err != nil {
		return entry, calendar.Event{}, err
	}
	e, err := s.world.Event(entry.ID, id)
	if err == nil && gone(e) {
		err = calendar.ErrDeleted
	}
	return entry, e, err
}

// gone tells whether an event shows no more. One that its organiser cancelled stays with its guests, as cancelled; a
// series does not.
func gone(e calendar.Event) bool {
	return e.Cancelled && (!e.Dropped || len(calendar.Lines(e.Fields, "recurrence")) > 0)
}

// get is GET …/events/{id}.
func (s *Server) get(w http.ResponseWriter, r *http.Request, c caller) error {
	entry, e, err := s.locate(r, c)
	if err != nil {
		return err
	}
	out := s.render(scene{c, entry}, e)
	out["@odata.context"] = s.userContext(c, "events/$entity")
	out, err = s.shape(r, scene{c, entry}, e, out)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, out)
	return nil
}

// listEvents is GET …/events: singles and masters, newest first.
func (s *Server) listEvents(w http.ResponseWriter, r *http.Request, c caller) error {
	entry, err := s.open(r, c)
	if err != nil {
		return err
	}
	events, _ := s.world.Page(entry.ID, 0, s.world.Place(entry.ID), 1<<30, func(e calendar.Event) bool {
		return !gone(e) && e.Series == ""
	})
	return s.writeEvents(w, r, c, entry, events)
}

// writeEvents sends a page of events.
func (s *Server) writeEvents(w http.ResponseWriter, r *http.Request, c caller, entry calendar.Entry, events []calendar.Event) error {
	keep, err := filterOf(r.URL.Query().Get("$filter"))
	if err != nil {
		return err
	}
	items := []map[string]any{}
	for _, e := range events {
		if !keep(e) {
			continue
		}
		item, err := s.shape(r, scene{c, entry}, e, s.render(scene{c, entry}, e))
		if err != nil {
			return err
		}
		items = append(items, item)
	}
	return s.writePage(w, r, s.userContext(c, "events"), items)
}

// create is POST …/events.
func (s *Server) create(w http.ResponseWriter, r *http.Request, c caller) error {
	entry, err := s.openToWrite(r, c)
	if err != nil {
		return err
	}
	body, err := readBody(r)
	if err != nil {
		return err
	}
	transaction := calendar.Text(body, "transactionId")
	e, done := s.done(c, transaction)
	if !done {
		if e, err = s.insert(entry, c, body); err != nil {
			return err
		}
	}
	if transaction != "" {
		s.mu.Lock()
		s.replayed[c.Email+"\n"+transaction] = replay{e.Calendar, e.ID}
		s.mu.Unlock()
	}
	out := s.render(scene{c, entry}, e)
	out["@odata.context"] = s.userContext(c, "events/$entity")
	w.Header().Set("Location", s.Origin()+apiBase+"users('"+c.Email+"')/events('"+calendar.Text(out, "id")+"')")
	writeJSON(w, http.StatusCreated, out)
	return nil
}

// done finds the event that a transaction id made before.
func (s *Server) done(c caller, transaction string) (calendar.Event, bool) {
	s.mu.Lock()
	before, ok := s.replayed[c.Email+"\n"+transaction]
	s.mu.Unlock()
	if !ok || transaction == "" {
		return calendar.Event{}, false
	}
	e, err := s.world.Event(before.calendar, before.event)
	return e, err == nil && !e.Cancelled
}

func (s *Server) insert(entry calendar.Entry, c caller, body map[string]any) (calendar.Event, error) {
	f, err := s.draft(body, nil)
	if err != nil {
		return calendar.Event{}, err
	}
	own := calendar.Map(f, "outlook")
	if own == nil {
		own = calendar.Fields{}
	}
	if id := calendar.Text(body, "transactionId"); id != "" {
		own["transactionId"] = id
	}
	f["outlook"] = own
	return s.world.Insert(entry.ID, "", calendar.Merge(calendar.Fields{}, f), calendar.Write{
		Actor: c.Email, Send: calendar.SendAll, Call: "POST events",
	})
}

// patch is PATCH …/events/{id}. A guest's change stays on their own copy and mails nobody.
func (s *Server) patch(w http.ResponseWriter, r *http.Request, c caller) error {
	entry, e, err := s.locate(r, c)
	if err != nil {
		return err
	}
	if !canEdit(entry) {
		return fault("ErrorAccessDenied", "")
	}
	body, err := readBody(r)
	if err != nil {
		return err
	}
	f, err := s.draft(body, e.Fields)
	if err != nil {
		return err
	}
	if err := s.checkOccurrence(e, f); err != nil {
		return err
	}
	o := calendar.Write{Actor: c.Email, Stamp: stampOf(r.Header.Get("If-Match")), Call: "PATCH events"}
	if calendar.Text(e.Fields, "organizer", "email") == entry.ID {
		tell(&o, e.Fields, f)
	} else {
		o.Local = true
	}
	if e, err = s.world.Patch(entry.ID, e.ID, f, o); err != nil {
		return err
	}
	out := s.render(scene{c, entry}, e)
	out["@odata.context"] = s.userContext(c, "events/$entity")
	writeJSON(w, http.StatusOK, out)
	return nil
}

// remove is DELETE …/events/{id}. An organiser's tells the guests, a guest's tells nobody.
func (s *Server) remove(w http.ResponseWriter, r *http.Request, c caller) error {
	entry, e, err := s.locate(r, c)
	if err != nil {
		return err
	}
	if !canEdit(entry) {
		return fault("ErrorAccessDenied", "")
	}
	o := calendar.Write{Actor: c.Email, Stamp: stampOf(r.Header.Get("If-Match")), Call: "DELETE events", Local: e.Dropped}
	if calendar.Text(e.Fields, "organizer", "email") == entry.ID {
		o.Send = calendar.SendAll
	}
	if err := s.world.Delete(entry.ID, e.ID, o); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// window reads startDateTime and endDateTime.
func window(r *http.Request) (from, to time.Time, err error) {
	q := r.URL.Query()
	for name, t := range map[string]*time.Time{"startDateTime": &from, "endDateTime": &to} {
		if q.Get(name) == "" {
			return from, to, fault("ErrorInvalidParameter", "This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.")
		}
		if *t, err = time.Parse(time.RFC3339Nano, q.Get(name)); err != nil {
			*t, err = time.Parse(wallForm, q.Get(name))
		}
		if err != nil {
			return from, to, fault("ErrorInvalidParameter", "The value of the parameter '"+name+"' is invalid.")
		}
	}
	if !from.Before(to) {
		return from, to, fault("ErrorInvalidParameter", "The EndDateTime parameter must come after StartDateTime.")
	}
	return from, to, nil
}

// instances is GET …/events/{id}/instances: complete occurrences and exceptions in a window.
func (s *Server) instances(w http.ResponseWriter, r *http.Request, c caller) error {
	entry, e, err := s.locate(r, c)
	if err != nil {
		return err
	}
	from, to, err := window(r)
	if err != nil {
		return err
	}
	all, err := s.world.Instances(entry.ID, e.ID, from, to, 2500)
	if err != nil {
		return err
	}
	live := all[:0]
	for _, i := range all {
		if !gone(i) {
			live = append(live, i)
		}
	}
	return s.writeEvents(w, r, c, entry, live)
}

// view is GET …/calendarView.
func (s *Server) view(w http.ResponseWriter, r *http.Request, c caller) error {
	entry, err := s.open(r, c)
	if err != nil {
		return err
	}
	from, to, err := window(r)
	if err != nil {
		return err
	}
	return s.writeEvents(w, r, c, entry, s.world.Between(entry.ID, from, to))
}
