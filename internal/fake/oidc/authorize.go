package oidc

import (
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"parlor/internal/fake/stage"
)

//go:embed pages
var pageFiles embed.FS

var pages = template.Must(template.ParseFS(pageFiles, "pages/*.html"))

// authorize shows who may sign in, or sends the browser back when somebody was picked.
func (s *Server) authorize(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	q := r.Form
	if q.Get("client_id") != s.opt.ClientID || !stage.MayReturnTo(q.Get("redirect_uri"), s.opt.Redirects) {
		show(w, http.StatusBadRequest, "denied.html", q.Get("redirect_uri"))
		return
	}
	if code := s.wrong(q); code != "" {
		stage.SendBack(w, r, q, url.Values{"error": {code}})
		return
	}
	person, known := s.person(q.Get("login_hint"))
	switch {
	case q.Get("deny") != "":
		stage.SendBack(w, r, q, url.Values{"error": {"access_denied"}})
	case q.Get("approve") != "" && known:
		code := s.grants.NewCode("code-", stage.Code{
			Email: person.Email, Scopes: strings.Fields(q.Get("scope")), Redirect: q.Get("redirect_uri"),
			Challenge: q.Get("code_challenge"), Nonce: q.Get("nonce"),
		}, s.Now())
		stage.SendBack(w, r, q, url.Values{"code": {code}})
	default:
		s.pick(w, q)
	}
}

// wrong is the error code of what a client asked wrongly. A nonce and the state are optional in the specification; a client
// that sends none is easily attacked, so that this one refuses it.
func (s *Server) wrong(q url.Values) string {
	if code, _ := stage.CheckRequest(q); code != "" {
		return code
	}
	if q.Get("nonce") == "" || q.Get("state") == "" {
		return "invalid_request"
	}
	for scope := range strings.FieldsSeq(q.Get("scope")) {
		if !slices.Contains(s.scopes(), scope) {
			return "invalid_scope"
		}
	}
	return ""
}

// pick lists the people; what was asked goes along with the choice.
func (s *Server) pick(w http.ResponseWriter, q url.Values) {
	asked := url.Values{}
	for name, values := range q {
		if name != "login_hint" && name != "approve" {
			asked[name] = values
		}
	}
	show(w, http.StatusOK, "picker.html", struct {
		People []Person
		Asked  url.Values
	}{s.everybody(), asked})
}

func show(w http.ResponseWriter, status int, page string, view any) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = pages.ExecuteTemplate(w, page, view)
}

func style(w http.ResponseWriter, r *http.Request) {
	http.ServeFileFS(w, r, pageFiles, "pages/style.css")
}
