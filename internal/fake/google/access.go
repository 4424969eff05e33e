package google

import (
	"net/http"

	"parlor/internal/fake/calendar"
)

// open finds the calendar of a request as the caller sees it.
func (s *Server) open(r *http.Request, c caller, scopes scopeSet) (calendar.Entry, error) {
	id := r.PathValue("calendar")
	if id == "primary" {
		id = c.email
	}
	entry, ok := s.world.Entry(id, c.email)
	if !ok {
		return entry, calendar.ErrNotFound
	}
	if c.scopes.onlyOwned(scopes) && entry.Owner != c.email {
		return entry, fault("insufficientPermissions", "")
	}
	if entry.Role == calendar.FreeBusy {
		return entry, fault("forbidden", "")
	}
	return entry, nil
}

// openToWrite is open for a change.
func (s *Server) openToWrite(r *http.Request, c caller) (calendar.Entry, error) {
	entry, err := s.open(r, c, writeScopes)
	if err == nil && entry.Role != calendar.Writer && entry.Role != calendar.Owner {
		return entry, fault("requiredAccessLevel", "")
	}
	return entry, err
}
