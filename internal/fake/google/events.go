package google

import (
	"net/http"
	"regexp"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// eventID is what a client may choose as an event's id: base32hex; 5 to 1024 characters.
var eventID = regexp.MustCompile(`^[a-v0-9]{5,}$`)

// get is events.get; a deleted event is still shown, as cancelled.
func (s *Server) get(w http.ResponseWriter, r *http.Request, c caller) error {
	entry, err := s.open(r, c, readScopes)
	if err != nil {
		return err
	}
	e, err := s.world.Event(entry.ID, r.PathValue("event"))
	if err != nil {
		return err
	}
	if r.Header.Get("If-None-Match") == etagOf(e.Stamp) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	s.writeEvent(w, r, e, entry)
	return nil
}

func (s *Server) writeEvent(w http.ResponseWriter, r *http.Request, e calendar.Event, entry calendar.Entry) {
	w.Header().Set("ETag", etagOf(e.Stamp))
	writeJSON(w, http.StatusOK, s.render(e, entry, r.URL.Query().Get("timeZone")))
}

// insert is events.insert.
func (s *Server) insert(w http.ResponseWriter, r *http.Request, c caller) error {
	entry, err := s.openToWrite(r, c)
	if err != nil {
		return err
	}
	body, id, err := s.readEvent(r)
	if err != nil {
		return err
	}
	if id != "" && (len(id) > 1024 || !eventID.MatchString(id)) {
		return fault("invalid", "Invalid resource id value.")
	}
	o, err := writeOptions(r, c, "events.insert")
	if err != nil {
		return err
	}
	e, err := s.world.Insert(entry.ID, id, body, o)
	if err != nil {
		return err
	}
	s.writeEvent(w, r, e, entry)
	return nil
}

// patch is events.patch; a patch to status cancelled deletes.
func (s *Server) patch(w http.ResponseWriter, r *http.Request, c caller) error {
	return s.modify(w, r, c, "events.patch", s.world.Patch)
}

// update is events.update. Without conferenceDataVersion=1 the event keeps its conference.
func (s *Server) update(w http.ResponseWriter, r *http.Request, c caller) error {
	return s.modify(w, r, c, "events.update", func(cal, id string, f calendar.Fields, o calendar.Write) (calendar.Event, error) {
		if r.URL.Query().Get("conferenceDataVersion") != "1" {
			if old, err := s.world.Event(cal, id); err == nil && old.Fields["conferenceData"] != nil {
				f["conferenceData"] = old.Fields["conferenceData"]
			}
		}
		return s.world.Replace(cal, id, f, o)
	})
}

// writer is the world's Patch or Replace.
type writer func(cal, id string, f calendar.Fields, o calendar.Write) (calendar.Event, error)

func (s *Server) modify(w http.ResponseWriter, r *http.Request, c caller, call string, write writer) error {
	entry, err := s.openToWrite(r, c)
	if err != nil {
		return err
	}
	body, _, err := s.readEvent(r)
	if err != nil {
		return err
	}
	o, err := writeOptions(r, c, call)
	if err != nil {
		return err
	}
	id := r.PathValue("event")
	var e calendar.Event
	if body["status"] == "cancelled" {
		if err := s.world.Delete(entry.ID, id, o); err != nil {
			return err
		}
		e, err = s.world.Event(entry.ID, id)
	} else {
		e, err = write(entry.ID, id, body, o)
	}
	if err != nil {
		return err
	}
	s.writeEvent(w, r, e, entry)
	return nil
}

// remove is events.delete.
func (s *Server) remove(w http.ResponseWriter, r *http.Request, c caller) error {
	entry, err := s.openToWrite(r, c)
	if err != nil {
		return err
	}
	o, err := writeOptions(r, c, "events.delete")
	if err != nil {
		return err
	}
	if err := s.world.Delete(entry.ID, r.PathValue("event"), o); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// writeOptions reads on what condition a write happens and whom it mails.
func writeOptions(r *http.Request, c caller, call string) (calendar.Write, error) {
	q := r.URL.Query()
	o := calendar.Write{Actor: c.email, Call: call, Stamp: stampOf(r.Header.Get("If-Match")), Send: calendar.Send(q.Get("sendUpdates"))}
	switch o.Send {
	case calendar.SendAll, calendar.SendExternal, calendar.SendNone:
	case "":
		if q.Get("sendNotifications") == "true" {
			o.Send = calendar.SendAll
		}
	default:
		return o, param("sendUpdates", "")
	}
	return o, nil
}

// instances is events.instances; an endless series is followed for two years.
func (s *Server) instances(w http.ResponseWriter, r *http.Request, c caller) error {
	entry, err := s.open(r, c, readScopes)
	if err != nil {
		return err
	}
	p, err := parseList(r.URL.Query(), s.now())
	if err != nil {
		return err
	}
	from, to := stage.Or(p.timeMin, time.Unix(0, 0)), stage.Or(p.timeMax, s.now().AddDate(2, 0, 0))
	mark := pageMark{Hash: p.hash(entry.ID, c.email)}
	if p.pageToken != "" && (!s.syncs.Open(p.pageToken, &mark) || mark.Hash != p.hash(entry.ID, c.email)) {
		return param("pageToken", "")
	}
	all, err := s.world.Instances(entry.ID, r.PathValue("event"), from, to, 2500)
	if err != nil {
		return err
	}
	events, next := cutPage(all, mark, p)
	s.writeList(w, p, entry, c, mark, events, next)
	return nil
}

func cutPage(all []calendar.Event, mark pageMark, p listParams) ([]calendar.Event, pageMark) {
	kept := all[:0]
	for _, e := range all {
		if !e.Cancelled || p.showDeleted {
			kept = append(kept, e)
		}
	}
	from := min(mark.From, len(kept))
	end := min(from+p.size, len(kept))
	next := mark
	next.From, next.Upto = end, len(kept)
	return kept[from:end], next
}
