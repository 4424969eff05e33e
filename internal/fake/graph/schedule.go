package graph

import (
	"net/http"

	"parlor/internal/fake/calendar"
)

// schedule is POST /me/calendar/getSchedule, as far as it says how a mailbox works: in which zone and in which hours. Nobody
// is ever busy. (https://learn.microsoft.com/en-us/graph/api/calendar-getschedule)
func (s *Server) schedule(w http.ResponseWriter, r *http.Request, _ caller) error {
	body, err := readBody(r)
	if err != nil {
		return err
	}
	items := []map[string]any{}
	for _, email := range stringsOf(body, "schedules", "Schedules") {
		items = append(items, s.scheduleOf(email))
	}
	writeJSON(w, http.StatusOK, map[string]any{"@odata.context": s.context("Collection(microsoft.graph.scheduleInformation)"), "value": items})
	return nil
}

func (s *Server) scheduleOf(email string) map[string]any {
	person, known := s.world.Person(email)
	if !known {
		return map[string]any{"scheduleId": email, "error": map[string]any{
			"message": "Mailbox not found.", "responseCode": "ErrorMailRecipientNotFound",
		}}
	}
	return map[string]any{
		"scheduleId": email, "availabilityView": "0", "scheduleItems": []any{},
		"workingHours": map[string]any{
			"daysOfWeek": []string{"monday", "tuesday", "wednesday", "thursday", "friday"},
			"startTime":  "08:00:00.0000000", "endTime": "17:00:00.0000000",
			"timeZone": map[string]any{"name": windowsOf(person.Zone)},
		},
	}
}

// stringsOf reads a list of texts by any of its names: the documentation and Microsoft's SDK write them differently.
func stringsOf(body map[string]any, names ...string) []string {
	for _, name := range names {
		if body[name] != nil {
			return calendar.Lines(body, name)
		}
	}
	return nil
}
