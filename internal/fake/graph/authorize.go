package graph

import (
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

//go:embed pages
var pageFiles embed.FS

var pages = template.Must(template.ParseFS(pageFiles, "pages/*.html"))

// scopeWords say in people's words what a scope opens.
var scopeWords = map[string]string{
	"calendars.readwrite":        "Have full access to your calendars",
	"calendars.readwrite.shared": "Read and write calendars you can access",
	"calendars.read":             "Read your calendars",
	"user.read":                  "Sign you in and read your profile",
	"offline_access":             "Maintain access to data you have given it access to",
}

// AskAdmin makes scopes need an administrator's consent from now on: nobody here may allow them.
func (s *Server) AskAdmin(scopes ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, scope := range scopes {
		s.admin[strings.ToLower(scope)] = true
	}
}

func (s *Server) needsAdmin(scopes []string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(scopes, func(x string) bool { return s.admin[strings.ToLower(strings.TrimPrefix(x, scopePrefix))] })
}

// authorize shows the people picker, or sends the browser back when a person was picked.
func (s *Server) authorize(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	q, tenant := r.Form, r.PathValue("tenant")
	switch {
	case !s.knowsTenant(tenant):
		s.showProblem(w, "AADSTS90002")
		return
	case q.Get("client_id") != s.opt.ClientID:
		s.showProblem(w, "AADSTS700016")
		return
	case !stage.MayReturnTo(q.Get("redirect_uri"), s.opt.Redirects):
		s.showProblem(w, "AADSTS50011")
		return
	}
	if code, why := stage.CheckRequest(q); code != "" {
		stage.SendBack(w, r, q, url.Values{"error": {code}, "error_description": {why}})
		return
	}
	person, known := s.world.Person(q.Get("login_hint"))
	switch {
	case q.Get("deny") != "":
		s.sendProblem(w, r, q, "AADSTS65004")
	case q.Get("approve") != "" && known && !s.mayUse(tenant, person):
		s.showProblem(w, "AADSTS50020")
	case q.Get("approve") != "" && known:
		s.approve(w, r, q, person)
	case q.Get("prompt") == "none":
		s.sendProblem(w, r, q, "AADSTS50058")
	default:
		s.showPicker(w, r, q)
	}
}

// approve makes a code. Consent is all or nothing; what was agreed before stays agreed.
func (s *Server) approve(w http.ResponseWriter, r *http.Request, q url.Values, p calendar.Person) {
	scopes := strings.Fields(q.Get("scope"))
	if s.needsAdmin(scopes) {
		s.sendProblem(w, r, q, "AADSTS90094")
		return
	}
	s.grants.Agree(p.Email, scopes)
	code := s.grants.NewCode("0.A", stage.Code{
		Email: p.Email, Scopes: scopes, Redirect: q.Get("redirect_uri"), Challenge: q.Get("code_challenge"),
		Nonce: q.Get("nonce"), Tenant: r.PathValue("tenant"),
	}, s.now())
	stage.SendBack(w, r, q, url.Values{"code": {code}, "session_state": {guidOf(code)}})
}

// sendProblem sends the browser back with an error.
func (s *Server) sendProblem(w http.ResponseWriter, r *http.Request, q url.Values, number string) {
	e := entraErrors[number]
	stage.SendBack(w, r, q, url.Values{"error": {e.code}, "error_description": {number + ": " + e.message}})
}

// showProblem tells the person what is wrong; the browser is not sent back.
func (s *Server) showProblem(w http.ResponseWriter, number string) {
	show(w, http.StatusBadRequest, "problem.html", number+": "+entraErrors[number].message)
}

// showPicker lists the people and what the app asks for.
func (s *Server) showPicker(w http.ResponseWriter, r *http.Request, q url.Values) {
	v := struct {
		Action string
		People []calendar.Person
		Asked  url.Values
		Scopes []string
		Admin  bool
	}{Action: r.URL.Path, People: s.world.People(), Asked: url.Values{}, Admin: s.needsAdmin(strings.Fields(q.Get("scope")))}
	for k, values := range q {
		if k != "login_hint" && k != "approve" {
			v.Asked[k] = values
		}
	}
	for _, scope := range strings.Fields(q.Get("scope")) {
		if words := scopeWords[strings.ToLower(strings.TrimPrefix(scope, scopePrefix))]; words != "" {
			v.Scopes = append(v.Scopes, words)
		}
	}
	show(w, http.StatusOK, "picker.html", v)
}

// show sends a page.
func show(w http.ResponseWriter, status int, name string, view any) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = pages.ExecuteTemplate(w, name, view)
}
