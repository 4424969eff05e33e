package zoom

import (
	"fmt"
	"net/http"
	"strings"
)

// user is the person as the API describes them.
func (s *Server) user(_ *http.Request, p Person) (int, any) {
	first, last, _ := strings.Cut(p.Name, " ")
	answer := map[string]any{
		"id": p.ID, "account_id": account, "email": p.Email, "first_name": first, "last_name": last, "display_name": p.Name,
		"type": 2, "status": "active", "verified": 1, "timezone": "Europe/Berlin", "use_pmi": p.UsePMI,
		"pmi": p.pmi(), "personal_meeting_url": s.link(p.pmi(), p.Passcode),
	}
	if p.PersonalLink != "" {
		answer["vanity_url"] = fmt.Sprintf("%s/my/%s", s.Origin(), p.PersonalLink)
	}
	return http.StatusOK, answer
}

// settings are the person's, with the names that they have at the account and in locks. pmi_password is a text here, and a
// truth value in the other view.
func (s *Server) settings(r *http.Request, p Person) (int, any) {
	if r.URL.Query().Get("option") == "meeting_security" {
		return http.StatusOK, map[string]any{"meeting_security": map[string]any{"pmi_password": p.Passcode != "", "waiting_room": p.WaitingRoom}}
	}
	return http.StatusOK, map[string]any{
		"schedule_meeting": schedule(p),
		"in_meeting":       map[string]any{"waiting_room": p.WaitingRoom},
	}
}

func schedule(p Person) map[string]any {
	return map[string]any{
		"personal_meeting": !p.Off, "use_pmi_for_scheduled_meetings": p.UsePMI, "use_pmi_for_instant_meetings": false,
		"require_password_for_pmi_meetings": "all", "pmi_password": p.Passcode, "embed_password_in_join_link": true,
		"join_before_host": false, "jbh_time": 0,
	}
}
