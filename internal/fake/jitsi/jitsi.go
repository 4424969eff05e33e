// Package jitsi is a stand-in for a Jitsi Meet server, or for any other that makes rooms of addresses: it shows which room
// one has come to. It carries no sound or video.
package jitsi

import (
	"html/template"
	"net/http"
	"strings"
)

var page = template.Must(template.New("room").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{.Name}} stand-in</title>
<style>:root{color-scheme:light dark}body{font:1.1rem/1.6 system-ui;max-width:36rem;margin:4rem auto;padding:0 1rem}code{overflow-wrap:anywhere}</style>
<main>{{if .Room}}<h1>You are in the meeting</h1>
<p>A real {{.Name}} would start here. The room is called</p><p><code data-room>{{.Room}}</code></p>
{{else}}<h1>{{.Name}} stand-in</h1><p>Join links end here.</p>{{end}}</main></html>
`))

// New returns the stand-in.
func New() http.Handler { return Named("Jitsi") }

// Named returns a stand-in for a video system of another name.
func Named(name string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = page.Execute(w, struct{ Name, Room string }{name, strings.Trim(r.URL.Path, "/")})
	})
}
