package google

import (
	"errors"
	"net/http"

	"parlor/internal/fake/calendar"
)

// calendarBase is the path of Calendar v3 under the origin.
const calendarBase = "/calendar/v3/"

// caller is who makes an API call.
type caller struct {
	email  string
	scopes scopeSet
}

// handler answers an API call; an error becomes the API's error answer.
type handler func(w http.ResponseWriter, r *http.Request, c caller) error

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	s.signInRoutes(mux)
	s.pageRoutes(mux)
	const events = calendarBase + "calendars/{calendar}/events"
	mux.Handle("GET "+calendarBase+"users/me/calendarList", s.api(listScopes, 1, s.calendarList))
	mux.Handle("GET "+events, s.api(readScopes, 1, s.list))
	mux.Handle("POST "+events, s.api(writeScopes, 1, s.insert))
	mux.Handle("GET "+events+"/{event}", s.api(readScopes, 1, s.get))
	mux.Handle("PUT "+events+"/{event}", s.api(writeScopes, 1, s.update))
	mux.Handle("PATCH "+events+"/{event}", s.api(writeScopes, 3, s.patch))
	mux.Handle("DELETE "+events+"/{event}", s.api(writeScopes, 1, s.remove))
	mux.Handle("GET "+events+"/{event}/instances", s.api(readScopes, 1, s.instances))
	mux.Handle("POST "+events+"/watch", s.api(readScopes, 1, s.watch))
	mux.Handle("POST "+calendarBase+"channels/stop", s.api(readScopes, 1, s.stop))
	mux.HandleFunc(calendarBase, func(w http.ResponseWriter, _ *http.Request) { fault("notFound", "").write(w) })
	return mux
}

// api checks the bearer, its scopes and the quota before h runs.
func (s *Server) api(scopes scopeSet, units int, h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, ok := s.bearer(r)
		if !ok {
			w.Header().Set("WWW-Authenticate", `Bearer realm="https://accounts.google.com/", error="invalid_token"`)
			fault("authError", "").write(w)
			return
		}
		if !c.scopes.meets(scopes) {
			insufficientScope(w, r, scopes)
			return
		}
		err := s.spend(c.email, units)
		if err == nil {
			err = h(w, r, c)
		}
		if err != nil {
			apiErrorOf(err).write(w)
		}
	})
}

// apiErrorOf turns the world's errors into the API's.
func apiErrorOf(err error) apiError {
	var ready apiError
	var invalid *calendar.InvalidError
	switch {
	case errors.As(err, &ready):
		return ready
	case errors.As(err, &invalid):
		return fault("invalid", invalid.Why)
	case errors.Is(err, calendar.ErrNotFound):
		return fault("notFound", "")
	case errors.Is(err, calendar.ErrDeleted):
		return fault("deleted", "")
	case errors.Is(err, calendar.ErrDuplicate):
		return fault("duplicate", "")
	case errors.Is(err, calendar.ErrStale):
		return fault("conditionNotMet", "")
	case errors.Is(err, calendar.ErrNotOrganizer):
		return fault("forbiddenForNonOrganizer", "")
	case errors.Is(err, calendar.ErrEmptyRange):
		return fault("timeRangeEmpty", "")
	default:
		return fault("backendError", err.Error())
	}
}
