package zoom

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// meeting is one that was created. Its id is its own also when it takes place in the personal room.
type meeting struct {
	id, pmi  int64 // pmi: 0 for a room of its own
	host     string
	topic    string
	kind     int
	start    string
	zone     string
	duration int
	password string // of a room of its own
	made     time.Time
}

// shown is a meeting as the API describes it.
func (s *Server) shown(m meeting, p Person) map[string]any {
	answer := map[string]any{
		"id": m.id, "uuid": fmt.Sprintf("/u%d==", m.id), "host_id": p.ID, "host_email": p.Email, "topic": m.topic, "type": m.kind,
		"status": "waiting", "duration": m.duration, "timezone": m.zone, "created_at": m.made.UTC().Format(time.RFC3339),
		"start_url": fmt.Sprintf("%s/s/%d?zak=secret", s.Origin(), m.id), "settings": map[string]any{"use_pmi": m.pmi != 0},
	}
	if m.start != "" {
		answer["start_time"] = m.start
	}
	if m.pmi != 0 {
		answer["pmi"], answer["password"] = strconv.FormatInt(m.pmi, 10), p.Passcode
		answer["join_url"] = joined(s.link(m.pmi, p.Passcode), m.id)
		return answer
	}
	answer["password"], answer["encrypted_password"] = m.password, pwd(m.id, m.password)
	answer["join_url"] = s.link(m.id, m.password)
	return answer
}

// joined adds the number of the session to the link of a room.
func joined(link string, id int64) string {
	mark := "?"
	if strings.Contains(link, "?") {
		mark = "&"
	}
	return fmt.Sprintf("%s%somn=%d", link, mark, id)
}

func (s *Server) meeting(r *http.Request, p Person) (int, any) {
	m, gone := s.own(r, p)
	if gone != nil {
		return http.StatusNotFound, *gone
	}
	return http.StatusOK, s.shown(m, p)
}

// own finds the meeting that a request names, if it is the person's.
func (s *Server) own(r *http.Request, p Person) (meeting, *fault) {
	id, err := strconv.ParseInt(r.PathValue("meeting"), 10, 64)
	s.mu.Lock()
	defer s.mu.Unlock()
	m, known := s.meetings[id]
	if err != nil || !known || m.host != p.Email {
		return meeting{}, &fault{Code: 3001, Message: "Meeting does not exist: " + r.PathValue("meeting") + "."}
	}
	return *m, nil
}

// remove deletes a meeting. The personal room itself is none.
func (s *Server) remove(r *http.Request, p Person) (int, any) {
	if r.PathValue("meeting") == strconv.FormatInt(p.PMI, 10) {
		return http.StatusBadRequest, fault{Code: 300, Message: "PMI erasure is not allowed"}
	}
	m, gone := s.own(r, p)
	if gone != nil {
		return http.StatusNotFound, *gone
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.meetings, m.id)
	return http.StatusNoContent, nil
}

// Forget deletes a meeting as its host would on Zoom's own page.
func (s *Server) Forget(id string) {
	number, _ := strconv.ParseInt(id, 10, 64)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.meetings, number)
}

// update changes a meeting; it counts towards the daily limit like a new one.
func (s *Server) update(r *http.Request, p Person) (int, any) {
	m, gone := s.own(r, p)
	if gone != nil {
		return http.StatusNotFound, *gone
	}
	var wish wish
	if problem := read(r, &wish); problem != nil {
		return http.StatusBadRequest, *problem
	}
	if problem := s.allows(wish, p, m.kind); problem != nil {
		return http.StatusBadRequest, *problem
	}
	if !s.spend(p.Email) {
		return http.StatusTooManyRequests, limited
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	wish.onto(s.meetings[m.id])
	return http.StatusNoContent, nil
}

// spend takes one of the host's creates and updates of today.
func (s *Server) spend(email string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.spent[s.today(email)] >= dailyLimit {
		return false
	}
	s.spent[s.today(email)]++
	return true
}
