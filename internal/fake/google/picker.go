package google

import (
	"net/http"
	"net/url"
	"strings"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// scopeWords say in people's words what a scope opens.
var scopeWords = map[string]string{
	"calendar":                       "See, edit, share and delete all your calendars",
	"calendar.readonly":              "See all your calendars",
	"calendar.events":                "View and edit events on all your calendars",
	"calendar.events.readonly":       "View events on all your calendars",
	"calendar.events.owned":          "See, create, change and delete events on calendars you own",
	"calendar.events.owned.readonly": "See the events on calendars you own",
	"calendar.calendarlist":          "See, add and remove calendars you subscribe to",
	"calendar.calendarlist.readonly": "See the list of calendars you subscribe to",
}

// pickerView is what the page of people shows.
type pickerView struct {
	People []calendar.Person
	Asked  url.Values // sent along with the choice
	Scopes []pickerScope
}

type pickerScope struct{ ID, Words string }

// showPicker lists the people and the calendar scopes that may be unticked.
func (s *Server) showPicker(w http.ResponseWriter, q url.Values) {
	v := pickerView{People: s.world.People(), Asked: url.Values{}}
	for k, values := range q {
		if k != "login_hint" && k != "approve" && k != "picked" && k != "granted" {
			v.Asked[k] = values
		}
	}
	for _, id := range parseScopes(q.Get("scope")).calendars() {
		name := strings.TrimPrefix(id, scopeBase)
		v.Scopes = append(v.Scopes, pickerScope{id, stage.Or(scopeWords[name], name)})
	}
	show(w, http.StatusOK, "picker.html", v)
}

// showDenied tells the person what is wrong with the client; the browser is not sent back.
func showDenied(w http.ResponseWriter, problem string) {
	show(w, http.StatusBadRequest, "denied.html", problem)
}
