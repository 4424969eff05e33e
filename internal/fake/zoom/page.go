package zoom

import (
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

//go:embed pages
var files embed.FS

var pages = template.Must(template.ParseFS(files, "pages/*.html"))

// picker is the page of people who may let the app in.
type picker struct {
	People []Person
	Asked  url.Values
}

// inside is the page that one meets on.
type inside struct {
	Room, Session, Host, Topic string
}

func (s *Server) pageRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { show(w, http.StatusOK, "people.html", s.People()) })
	mux.HandleFunc("GET /profile", s.profile)
	mux.HandleFunc("POST /profile", s.change)
	mux.HandleFunc("GET /j/{id}", s.meet)
	mux.HandleFunc("GET /my/{name}", s.personalLink)
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, files, "pages/style.css") })
}

func show(w http.ResponseWriter, status int, name string, v any) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = pages.ExecuteTemplate(w, name, v)
}

func (s *Server) profile(w http.ResponseWriter, r *http.Request) {
	p, known := s.find(r.URL.Query().Get("as"))
	if !known {
		show(w, http.StatusNotFound, "problem.html", "There is nobody of that name here.")
		return
	}
	show(w, http.StatusOK, "profile.html", p)
}

// change is a person who edits their room on Zoom's own page.
func (s *Server) change(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	pmi, err := strconv.ParseInt(strings.ReplaceAll(r.PostForm.Get("pmi"), " ", ""), 10, 64)
	if err != nil || pmi < 2_000_000_000 || pmi > 9_999_999_999 {
		show(w, http.StatusBadRequest, "problem.html", "A Personal Meeting ID has ten digits, and the first is 2 to 9.")
		return
	}
	if code := r.PostForm.Get("passcode"); code != "" && !passcodes.MatchString(code) {
		show(w, http.StatusBadRequest, "problem.html", "A passcode has up to ten letters, digits or @ _ * -.")
		return
	}
	as := r.PostForm.Get("as")
	s.Change(as, func(p *Person) {
		p.PMI, p.Passcode, p.PersonalLink = pmi, r.PostForm.Get("passcode"), r.PostForm.Get("link")
		p.Off, p.UsePMI = r.PostForm.Get("off") != "", r.PostForm.Get("use_pmi") != ""
	})
	http.Redirect(w, r, "/profile?as="+url.QueryEscape(as), http.StatusSeeOther)
}

// meet shows which room one has come to. The number of the session is for show: room and passcode are the same.
func (s *Server) meet(w http.ResponseWriter, r *http.Request) {
	// Zoom's own help has a link with a second question mark in it.
	q, _ := url.ParseQuery(strings.ReplaceAll(r.URL.RawQuery, "?", "&"))
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	v, passcode, found := s.at(id, q.Get("omn"))
	switch {
	case !found:
		show(w, http.StatusNotFound, "problem.html", "This meeting ID is not valid. (3,001)")
	case passcode != "" && q.Get("pwd") != pwd(id, passcode):
		show(w, http.StatusForbidden, "problem.html", "Enter the meeting passcode.")
	default:
		show(w, http.StatusOK, "meeting.html", v)
	}
}

// at finds whose room a number is, or which meeting.
func (s *Server) at(id int64, omn string) (v inside, passcode string, found bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.people {
		if p.PMI == id && !p.Off {
			v = inside{strconv.FormatInt(id, 10), omn, p.Name, p.Name + "'s Personal Meeting Room"}
			number, _ := strconv.ParseInt(omn, 10, 64)
			if m, known := s.meetings[number]; known && m.pmi == id {
				v.Topic = m.topic
			}
			return v, p.Passcode, true
		}
	}
	m, known := s.meetings[id]
	if !known || m.pmi != 0 {
		return v, "", false
	}
	return inside{strconv.FormatInt(id, 10), "", m.host, m.topic}, m.password, true
}

func (s *Server) personalLink(w http.ResponseWriter, r *http.Request) {
	for _, p := range s.People() {
		if strings.EqualFold(p.PersonalLink, r.PathValue("name")) && p.PersonalLink != "" {
			http.Redirect(w, r, s.link(p.PMI, p.Passcode), http.StatusFound)
			return
		}
	}
	show(w, http.StatusNotFound, "problem.html", "This personal link is not valid. (3,001)")
}
