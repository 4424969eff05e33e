package graph

import (
	"net/http"
	"net/url"
	"strconv"

	"parlor/internal/fake/calendar"
)

// profile is GET /me.
func (s *Server) profile(w http.ResponseWriter, _ *http.Request, c caller) error {
	writeJSON(w, http.StatusOK, map[string]any{
		"@odata.context": s.context("users/$entity"), "businessPhones": []any{}, "displayName": c.Name, "givenName": nil,
		"jobTitle": nil, "mail": c.Email, "mobilePhone": nil, "officeLocation": nil, "preferredLanguage": nil,
		"surname": nil, "userPrincipalName": c.Email, "id": guidOf(c.Email),
	})
	return nil
}

// settings is GET /me/mailboxSettings.
func (s *Server) settings(w http.ResponseWriter, _ *http.Request, c caller) error {
	writeJSON(w, http.StatusOK, map[string]any{
		"@odata.context": s.userContext(c, "mailboxSettings"), "archiveFolder": "", "timeZone": windowsOf(c.Zone),
		"dateFormat": "", "timeFormat": "", "language": map[string]any{"locale": "en-US", "displayName": "English (United States)"},
		"automaticRepliesSetting": map[string]any{"status": "disabled", "externalAudience": "all"},
		"workingHours": map[string]any{
			"daysOfWeek": dayNames[:5], "startTime": "08:00:00.0000000", "endTime": "17:00:00.0000000",
			"timeZone": map[string]any{"name": windowsOf(c.Zone)},
		},
	})
	return nil
}

func (s *Server) context(of string) string { return s.Origin() + apiBase + "$metadata#" + of }

// userContext is the context of something in the caller's mailbox.
func (s *Server) userContext(c caller, of string) string {
	return s.context("users('" + url.QueryEscape(c.Email) + "')/" + of)
}

// mine are the calendars of the caller's own mailbox; those others share only show under their calendar's id.
func (s *Server) mine(c caller) []calendar.Entry {
	var out []calendar.Entry
	for _, e := range s.world.Calendars(c.Email) {
		if e.Owner == c.Email {
			out = append(out, e)
		}
	}
	return out
}

// open finds the calendar of a request: the default one when its path names none.
func (s *Server) open(r *http.Request, c caller) (calendar.Entry, error) {
	entry, ok := s.world.Entry(c.Email, c.Email)
	if id := r.PathValue("calendar"); id != "" {
		found, err := s.findCalendar(c.Email, id)
		if err != nil {
			return found, err
		}
		entry = found
	} else if !ok {
		return entry, fault("ErrorItemNotFound", "")
	}
	if entry.Owner != c.Email && !holdsAny(c.scopes, []string{"Calendars.Read.Shared", "Calendars.ReadWrite.Shared"}) {
		return entry, fault("ErrorAccessDenied", "")
	}
	if entry.Role == calendar.FreeBusy {
		return entry, fault("ErrorAccessDenied", "")
	}
	return entry, nil
}

// openToWrite is open for a change.
func (s *Server) openToWrite(r *http.Request, c caller) (calendar.Entry, error) {
	entry, err := s.open(r, c)
	if err == nil && !canEdit(entry) {
		return entry, fault("ErrorAccessDenied", "")
	}
	return entry, err
}

func canEdit(e calendar.Entry) bool { return e.Role == calendar.Writer || e.Role == calendar.Owner }

// getCalendar is GET /me/calendar and /me/calendars/{id}.
func (s *Server) getCalendar(w http.ResponseWriter, r *http.Request, c caller) error {
	entry, err := s.open(r, c)
	if err != nil {
		return err
	}
	out := s.renderCalendar(entry, c)
	out["@odata.context"] = s.userContext(c, "calendars/$entity")
	writeJSON(w, http.StatusOK, out)
	return nil
}

// listCalendars is GET /me/calendars, ten to a page.
func (s *Server) listCalendars(w http.ResponseWriter, r *http.Request, c caller) error {
	all := s.world.Calendars(c.Email)
	items := make([]map[string]any, 0, len(all))
	for _, entry := range all {
		items = append(items, s.renderCalendar(entry, c))
	}
	return s.writePage(w, r, s.userContext(c, "calendars"), items)
}

// writePage sends $top items from $skip, ten when nothing was asked, with the address of the next page.
func (s *Server) writePage(w http.ResponseWriter, r *http.Request, context string, items []map[string]any) error {
	q := r.URL.Query()
	skip, err := number(q, "$skip", 0)
	if err != nil {
		return err
	}
	top, err := number(q, "$top", 10)
	if err != nil || top == 0 || top > 1000 {
		return fault("ErrorInvalidParameter", "Invalid value for $top.")
	}
	if most := s.listMode().MaxPage; most > 0 {
		top = min(top, most)
	}
	skip = min(skip, len(items))
	end := min(skip+top, len(items))
	page := items[skip:end]
	if page == nil {
		page = []map[string]any{}
	}
	body := map[string]any{"@odata.context": context, "value": page}
	if end < len(items) {
		q.Set("$skip", strconv.Itoa(end))
		body["@odata.nextLink"] = s.Origin() + r.URL.Path + "?" + q.Encode()
	}
	writeJSON(w, http.StatusOK, body)
	return nil
}

func number(q url.Values, name string, usual int) (int, error) {
	if !q.Has(name) {
		return usual, nil
	}
	n, err := strconv.Atoi(q.Get(name))
	if err != nil || n < 0 {
		return 0, fault("ErrorInvalidParameter", "Invalid value for "+name+".")
	}
	return n, nil
}

func (s *Server) renderCalendar(e calendar.Entry, c caller) map[string]any {
	owner, _ := s.world.Person(e.Owner)
	name := e.Name
	if e.Primary && e.Owner == c.Email {
		name = "Calendar"
	} else if e.Primary {
		name = owner.Name
	}
	return map[string]any{
		"id": calendarID(c.Email, e.ID), "name": name, "color": "auto", "hexColor": "",
		"groupClassId":      "0006f0b7-0000-0000-c000-000000000046",
		"isDefaultCalendar": e.Primary && e.Owner == c.Email, "changeKey": changeKey(int64(len(e.ID))),
		"canShare": e.Owner == c.Email, "canViewPrivateItems": e.Owner == c.Email, "canEdit": canEdit(e),
		"allowedOnlineMeetingProviders": []string{"teamsForBusiness"}, "defaultOnlineMeetingProvider": "teamsForBusiness",
		"isTallyingResponses": e.Primary, "isRemovable": !e.Primary,
		"owner": map[string]any{"name": owner.Name, "address": e.Owner},
	}
}
