package google

import (
	"net/http"
	"slices"
	"strings"
)

const scopeBase = "https://www.googleapis.com/auth/"

// scopeSet is a set of OAuth scopes.
type scopeSet []string

func calendarScopes(names ...string) scopeSet {
	for i, name := range names {
		names[i] = scopeBase + name
	}
	return names
}

// The scopes of which one is enough, by what is asked (from the Calendar API description, revision 20260925).
var (
	listScopes = calendarScopes("calendar", "calendar.readonly", "calendar.calendarlist", "calendar.calendarlist.readonly")
	readScopes = calendarScopes("calendar", "calendar.readonly", "calendar.events", "calendar.events.readonly",
		"calendar.events.owned", "calendar.events.owned.readonly")
	writeScopes = calendarScopes("calendar", "calendar.events", "calendar.events.owned")
	ownedScopes = calendarScopes("calendar.events.owned", "calendar.events.owned.readonly")
)

// parseScopes reads a scope parameter and gives the short names their long form, as Google returns them.
func parseScopes(raw string) scopeSet {
	var out scopeSet
	for _, s := range strings.Fields(raw) {
		if s == "email" || s == "profile" {
			s = scopeBase + "userinfo." + s
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func (s scopeSet) String() string { return strings.Join(s, " ") }

// meets tells whether s contains one of want.
func (s scopeSet) meets(want scopeSet) bool {
	return slices.ContainsFunc(s, func(x string) bool { return slices.Contains(want, x) })
}

// calendars are the scopes a person may untick.
func (s scopeSet) calendars() scopeSet {
	var out scopeSet
	for _, x := range s {
		if strings.HasPrefix(x, scopeBase+"calendar") {
			out = append(out, x)
		}
	}
	return out
}

// onlyOwned tells whether the events of calendars shared by others stay closed.
func (s scopeSet) onlyOwned(want scopeSet) bool {
	for _, x := range s {
		if slices.Contains(want, x) && !slices.Contains(ownedScopes, x) {
			return false
		}
	}
	return true
}

// insufficientScope answers a token that lacks every scope of want.
func insufficientScope(w http.ResponseWriter, r *http.Request, want scopeSet) {
	e := fault("insufficientPermissions", "")
	w.Header().Set("WWW-Authenticate",
		`Bearer realm="https://accounts.google.com/", error="insufficient_scope", scope="`+want.String()+`"`)
	writeJSON(w, e.Status, map[string]any{"error": map[string]any{
		"code": e.Status, "message": e.Message, "status": "PERMISSION_DENIED",
		"errors": []any{map[string]any{"domain": e.Domain, "reason": e.Reason, "message": "Insufficient Permission"}},
		"details": []any{map[string]any{
			"@type":  "type.googleapis.com/google.rpc.ErrorInfo",
			"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "domain": "googleapis.com",
			"metadata": map[string]any{"service": "calendar-json.googleapis.com", "path": r.URL.Path},
		}},
	}})
}
