// Package jitsi is a stand-in for a Jitsi Meet server: it shows which room one has come to. It carries no sound or video.
package jitsi

import (
	"html/template"
	"net/http"
	"strings"
)

var page = template.Must(template.New("room").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Jitsi stand-in</title>
<style>:root{color-scheme:light dark}body{font:1.1rem/1.6 system-ui;max-width:36rem;margin:4rem auto;padding:0 1rem}code{overflow-wrap:anywhere}</style>
<main>{{if .}}<h1>You are in the meeting</h1>
<p>A real Jitsi would start here. The room is called</p><p><code data-room>{{.}}</code></p>
<p>It cannot be guessed from the number in the invitation.</p>
{{else}}<h1>Jitsi stand-in</h1><p>Join links end here, one room for each meeting.</p>{{end}}</main></html>
`))

// New returns the stand-in.
func New() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = page.Execute(w, strings.Trim(r.URL.Path, "/"))
	})
}
