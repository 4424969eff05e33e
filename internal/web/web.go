// Package web is the portal: the pages on which a signed-in person sees meetings, settings, calendars, activity and
// devices, and get the apps. It asks the desk for everything and decides nothing; every page works without a script.
//
// Start reading at New.
package web

import (
	"embed"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"parlor/internal/connect"
	"parlor/internal/desk"
	"parlor/internal/grant"
	"parlor/internal/web/extension"
	"parlor/internal/web/look"
	"parlor/internal/web/outlook"
)

//go:embed pages/*.html
var templates embed.FS

// Config is what the portal needs to know of the installation.
type Config struct {
	Look    *look.Look
	Outlook *outlook.Outlook // the add-in's pages, which need no session

	Extension *extension.Extension // the browser extension's downloads, which need none either
	Grants    *grant.Authority
	Domains   connect.Domains // who may sign in
	Mails     bool            // the installation can send mail
	Now       func() time.Time
	Log       *slog.Logger
}

type site struct {
	desk    *desk.Desk
	connect *connect.Connector
	cfg     Config
	pages   *look.Pages
}

// New makes the portal. The session must be in the request's context (connect.SessionOf), and requests from other sites
// must have been refused before.
func New(d *desk.Desk, cn *connect.Connector, cfg Config) http.Handler {
	s := &site{desk: d, connect: cn, cfg: cfg, pages: cfg.Look.Pages(templates, "pages")}
	mux := http.NewServeMux()
	mux.Handle("GET /assets/", cfg.Look)
	mux.HandleFunc("GET /favicon.ico", s.favicon)
	mux.HandleFunc("GET "+manifestPath, s.manifest)
	mux.HandleFunc("GET "+iconPath, s.icon)
	mux.HandleFunc("GET /{$}", s.front)
	mux.HandleFunc("GET /oauth/authorize", s.authorize)
	mux.HandleFunc("POST /oauth/authorize", s.answer)
	mux.HandleFunc("GET /feeds/{file}", s.feed)
	mux.HandleFunc("/", s.lost)
	for _, pattern := range outlook.Patterns() {
		mux.Handle(pattern, cfg.Outlook)
	}
	for _, pattern := range extension.Patterns() {
		mux.Handle(pattern, cfg.Extension)
	}
	for pattern, page := range s.administration() {
		mux.HandleFunc(pattern, s.signedIn(s.administers(page)))
	}
	for _, part := range []routes{s.profileRoutes(), s.meetingRoutes(), s.settingsRoutes(), s.leavingRoutes(), s.otherRoutes()} {
		for pattern, page := range part {
			mux.HandleFunc(pattern, s.signedIn(page))
		}
	}
	return mux
}

// front is where sign-in and the mark lead. What went wrong while somebody is signed in is about a calendar, or about
// signing in as somebody else for an app.
func (s *site) front(w http.ResponseWriter, r *http.Request) {
	if _, ok := connect.SessionOf(r.Context()); !ok {
		s.signIn(w, r)
		return
	}
	to := "/meetings"
	if back := r.URL.Query().Get("return"); forApp(back) {
		to = back
	} else if failed := r.URL.Query().Get("problem"); failed != "" {
		to = "/calendars?" + url.Values{"problem": {failed}}.Encode()
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

func (s *site) favicon(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, s.cfg.Look.Path("mark.svg"), http.StatusFound)
}
