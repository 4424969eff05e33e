package google

import (
	"hash/fnv"
	"net/http"
	"strconv"

	"parlor/internal/fake/calendar"
)

// calendarList is calendarList.list: default page 100, at most 250.
func (s *Server) calendarList(w http.ResponseWriter, r *http.Request, c caller) error {
	all := s.world.Calendars(c.email)
	size, err := pageSize(r.URL.Query(), 100, 250)
	if err != nil {
		return err
	}
	from := 0
	if token := r.URL.Query().Get("pageToken"); token != "" {
		var p pageMark
		if !s.syncs.Open(token, &p) || p.Hash != c.email || p.From > len(all) {
			return param("pageToken", "")
		}
		from = p.From
	}
	to := min(from+size, len(all))
	body := map[string]any{"kind": "calendar#calendarList", "etag": etagOf(int64(len(all)))}
	items := []any{}
	for _, entry := range all[from:to] {
		items = append(items, renderCalendar(entry))
	}
	body["items"] = items
	if to < len(all) {
		body["nextPageToken"] = s.syncs.Seal(pageMark{Hash: c.email, From: to})
	} else {
		body["nextSyncToken"] = s.syncs.Seal(syncMark{Hash: c.email, Place: len(all)})
	}
	writeJSON(w, http.StatusOK, body)
	return nil
}

func renderCalendar(e calendar.Entry) map[string]any {
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(e.ID + e.Name + e.Zone + string(e.Role)))
	out := map[string]any{
		"kind": "calendar#calendarListEntry", "etag": strconv.Quote(strconv.FormatUint(sum.Sum64()>>12, 10)),
		"id": e.ID, "summary": e.Name, "timeZone": e.Zone, "dataOwner": e.Owner, "accessRole": string(e.Role),
		"colorId": "14", "backgroundColor": "#9fe1e7", "foregroundColor": "#000000",
		"selected": true, "defaultReminders": []any{},
		"conferenceProperties": map[string]any{"allowedConferenceSolutionTypes": []string{"hangoutsMeet"}},
	}
	if e.Primary && e.Role == calendar.Owner {
		out["primary"] = true
	}
	return out
}
