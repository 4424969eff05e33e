package outlook

import (
	"net/http"

	"parlor/internal/fake/calendar"
)

// personView is one person on the first page.
type personView struct {
	desk
	Delegates []calendar.Person // who may change their calendar
	Others    []calendar.Person // who may not
	Bosses    []bossView
}

// bossView is a calendar that was shared with a person.
type bossView struct{ Name, Address string }

// Home is the address of the person's own week.
func (p personView) Home() string { return p.to("/calendar") }

// peoplePage lists everybody, with whom they share their calendar.
func (s *Server) peoplePage(w http.ResponseWriter, r *http.Request) {
	var all []personView
	for _, p := range s.world.People() {
		v := personView{desk: desk{Person: p, query: r.URL.Query()}}
		for _, other := range s.world.People() {
			if other.Email == p.Email {
				continue
			}
			if e, ok := s.world.Entry(p.Email, other.Email); ok && e.Role == calendar.Writer {
				v.Delegates = append(v.Delegates, other)
			} else {
				v.Others = append(v.Others, other)
			}
			if e, ok := s.world.Entry(other.Email, p.Email); ok && e.Role == calendar.Writer {
				v.Bosses = append(v.Bosses, bossView{other.Name, v.to("/calendar", "shared", other.Email)})
			}
		}
		all = append(all, v)
	}
	show(w, http.StatusOK, "people.html", all)
}

// share makes somebody the delegate of a calendar's owner, or ends that.
func (s *Server) share(w http.ResponseWriter, r *http.Request) {
	role := calendar.Writer
	if r.PostFormValue("end") != "" {
		role = ""
	}
	owner, with := r.PostFormValue("owner"), r.PostFormValue("with")
	if _, known := s.world.Person(with); !known || owner == with || s.world.Share(owner, with, role) != nil {
		missing(w, http.StatusNotFound, "There is nobody with this address here.")
		return
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
}
