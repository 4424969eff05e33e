package graph

import (
	"net/http"
	"strings"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// apiBase is the path of Graph v1.0 under the origin.
const apiBase = "/v1.0/"

// caller is who makes a call, and how they want the answer.
type caller struct {
	calendar.Person
	scopes []string
	prefer prefer
}

// handler answers a call; an error becomes Graph's error answer.
type handler func(w http.ResponseWriter, r *http.Request, c caller) error

// The scopes of which one is enough, by what is asked (https://learn.microsoft.com/en-us/graph/permissions-reference).
var (
	profileScopes = []string{"User.Read", "User.ReadWrite", "User.Read.All"}
	readScopes    = []string{"Calendars.ReadBasic", "Calendars.Read", "Calendars.ReadWrite", "Calendars.Read.Shared", "Calendars.ReadWrite.Shared"}
	hookScopes    = []string{"Calendars.Read", "Calendars.ReadWrite"} // the shared ones do not do
	writeScopes   = []string{"Calendars.ReadWrite", "Calendars.ReadWrite.Shared"}
)

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	me := apiBase + "me"
	mux.Handle("GET "+me, s.api(profileScopes, s.profile))
	mux.Handle("GET "+me+"/mailboxSettings", s.api([]string{"MailboxSettings.Read", "MailboxSettings.ReadWrite"}, s.settings))
	mux.Handle("GET "+me+"/calendars", s.api(readScopes, s.listCalendars))
	mux.Handle("POST "+me+"/calendar/getSchedule", s.api(readScopes, s.schedule))
	for _, in := range []string{me + "/calendar", me + "/calendars/{calendar}"} {
		mux.Handle("GET "+in, s.api(readScopes, s.getCalendar))
	}
	for _, in := range []string{me, me + "/calendar", me + "/calendars/{calendar}"} {
		mux.Handle("GET "+in+"/events", s.api(readScopes, s.listEvents))
		mux.Handle("POST "+in+"/events", s.api(writeScopes, s.create))
		mux.Handle("GET "+in+"/events/{event}", s.api(readScopes, s.get))
		mux.Handle("PATCH "+in+"/events/{event}", s.api(writeScopes, s.patch))
		mux.Handle("DELETE "+in+"/events/{event}", s.api(writeScopes, s.remove))
		for _, answer := range []string{"accept", "tentativelyAccept", "decline"} {
			mux.Handle("POST "+in+"/events/{event}/"+answer, s.api(writeScopes, s.respond))
		}
		mux.Handle("POST "+in+"/events/{event}/cancel", s.api(writeScopes, s.cancel))
		mux.Handle("GET "+in+"/events/{event}/instances", s.api(readScopes, s.instances))
		mux.Handle("GET "+in+"/calendarView", s.api(readScopes, s.view))
		mux.Handle("GET "+in+"/calendarView/delta", s.api(readScopes, s.delta))
		mux.Handle("GET "+in+"/calendarView/delta()", s.api(readScopes, s.delta))
	}
	subscriptions := apiBase + "subscriptions"
	mux.Handle("GET "+subscriptions, s.api(hookScopes, s.listSubscriptions))
	mux.Handle("POST "+subscriptions, s.api(hookScopes, s.subscribe))
	mux.Handle("GET "+subscriptions+"/{subscription}", s.api(hookScopes, s.getSubscription))
	mux.Handle("PATCH "+subscriptions+"/{subscription}", s.api(hookScopes, s.renew))
	mux.Handle("DELETE "+subscriptions+"/{subscription}", s.api(hookScopes, s.unsubscribe))
	mux.Handle("POST "+subscriptions+"/{subscription}/reauthorize", s.api(hookScopes, s.reauthorize))
	mux.HandleFunc("POST "+apiBase+"$batch", s.batch)
	mux.HandleFunc(apiBase+"users/{user}/{rest...}", s.asMe)
	mux.HandleFunc(apiBase, func(w http.ResponseWriter, r *http.Request) {
		fault("BadRequest", "Resource not found for the segment '"+lastSegment(r.URL.Path)+"'.").write(w, s.now())
	})
	return mux
}

func lastSegment(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// asMe answers /users/{id}/… as /me/… for the caller's own id or address; a delegated token opens nobody else.
func (s *Server) asMe(w http.ResponseWriter, r *http.Request) {
	t, ok := s.grants.Bearer(r, s.now())
	user := r.PathValue("user")
	if ok && user != guidOf(t.Email) && !strings.EqualFold(user, t.Email) {
		fault("Request_ResourceNotFound", "Resource '"+user+"' does not exist or one of its queried reference-property objects are not present.").write(w, s.now())
		return
	}
	again := r.Clone(r.Context())
	again.URL.Path = apiBase + "me/" + r.PathValue("rest")
	again.URL.RawPath = ""
	s.mux.ServeHTTP(w, again)
}

// api checks the bearer, its scopes, the mailbox and its load before h runs.
func (s *Server) api(scopes []string, h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := stage.Or(r.Header.Get("Client-Request-Id"), guidOf(s.now().String()+r.URL.String()))
		w.Header().Set("Request-Id", id)
		w.Header().Set("Client-Request-Id", id)
		t, ok := s.grants.Bearer(r, s.now())
		person, known := s.world.Person(t.Email)
		if !ok || !known {
			message := "Lifetime validation failed, the token is expired."
			if r.Header.Get("Authorization") == "" {
				message = "Access token is empty."
			}
			w.Header().Set("WWW-Authenticate", `Bearer realm="", authorization_uri="`+s.Origin()+`/common/oauth2/authorize", client_id="`+graphApp+`"`)
			fault("InvalidAuthenticationToken", message).write(w, s.now())
			return
		}
		if err := s.serve(w, r, caller{person, t.Scopes, preferOf(r)}, scopes, h); err != nil {
			faultOf(err).write(w, s.now())
		}
	})
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request, c caller, scopes []string, h handler) error {
	if !holdsAny(c.scopes, scopes) {
		return fault("ErrorAccessDenied", "")
	}
	leave, err := s.enter(r, c.Email)
	if err != nil {
		return err
	}
	defer leave()
	if c.OnPremises && lastSegment(r.URL.Path) != "me" {
		return fault("MailboxNotEnabledForRESTAPI", "")
	}
	if err := s.unzip(r); err != nil {
		return err
	}
	if c.prefer.badZone != "" {
		return fault("TimeZoneNotSupportedException", "A valid TimeZone value must be specified. The following TimeZone value is not supported: '"+c.prefer.badZone+"'.")
	}
	if applied := c.prefer.applied(); applied != "" {
		w.Header().Set("Preference-Applied", applied)
	}
	return h(w, r, c)
}

func holdsAny(have, want []string) bool {
	for _, x := range want {
		if holds(have, x) {
			return true
		}
	}
	return false
}
