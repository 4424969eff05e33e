package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"parlor/internal/web/icon"
)

// Where the portal's description as an app is, and its icons. The frame of every page names both.
const (
	manifestPath = "/app.webmanifest"
	iconPath     = "/app/icons/"
)

// webApp describes the portal to a phone that puts it on its home screen (https://www.w3.org/TR/appmanifest/).
type webApp struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	ShortName  string     `json:"short_name"`
	About      string     `json:"description"`
	Lang       string     `json:"lang"`
	StartURL   string     `json:"start_url"`
	Scope      string     `json:"scope"`
	Display    string     `json:"display"`
	Theme      string     `json:"theme_color"`
	Background string     `json:"background_color"`
	Categories []string   `json:"categories"`
	Icons      []appIcon  `json:"icons"`
	Shortcuts  []shortcut `json:"shortcuts"`
}

type appIcon struct {
	Source  string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose,omitempty"`
}

// shortcut is what a long press on the icon offers.
type shortcut struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

func asApp() webApp {
	app := webApp{
		ID: "/", Name: "Parlor", ShortName: "Parlor", About: "Your personal meeting room, and every meeting in it.", Lang: "en",
		StartURL: "/meetings", Scope: "/", Display: "standalone", Theme: "#faf8f3", Background: "#faf8f3",
		Categories: []string{"productivity", "business"},
		Shortcuts:  []shortcut{{"New meeting", "/start"}, {"Schedule a meeting", "/meetings/new"}, {"Personal Room", "/meetings/room"}},
	}
	for _, size := range []string{"192", "512"} {
		app.Icons = append(app.Icons,
			appIcon{iconPath + "parlor-" + size + ".png", size + "x" + size, "image/png", ""},
			appIcon{iconPath + "parlor-" + size + "-full.png", size + "x" + size, "image/png", "maskable"})
	}
	return app
}

func (s *site) manifest(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/manifest+json")
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if err := json.NewEncoder(w).Encode(asApp()); err != nil {
		s.fail(w, r, fmt.Errorf("describe app: %w", err))
	}
}

// icon answers below iconPath. Phones ask for icons without a session.
func (s *site) icon(w http.ResponseWriter, r *http.Request) {
	icons, err := icon.New()
	if err != nil {
		s.fail(w, r, err)
		return
	}
	file, ok := icons.PNG(strings.TrimPrefix(r.URL.Path, iconPath))
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "image/png")
	h.Set("Cache-Control", "public, max-age=86400")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(file)
}
