package parlor

import (
	"fmt"
	"strings"
)

// wording is the invitation in one language. A wording that was once written stays recognisable only while it is in
// this table or in formerWordings: change it there, never just here.
type wording struct {
	heading string // first line
	id      string // before the number
	ask     string // when the link does not carry the token
}

var wordings = map[string]wording{
	"en": {"Join the meeting · Parlor", "Meeting ID", "The host will give you the passcode."},
	"de": {"An der Besprechung teilnehmen · Parlor", "Besprechungs-ID", "Den Kenncode erhalten Sie vom Gastgeber."},
	"es": {"Unirse a la reunión · Parlor", "ID de la reunión", "El anfitrión le dará el código de acceso."},
	"ja": {"会議に参加 · Parlor", "ミーティング ID", "パスコードは主催者からお知らせします。"},
}

// formerWordings are those of earlier releases, so that their blocks are still found.
var formerWordings []wording

// Render writes the invitation to a meeting: heading, link, number and, when the link carries no token, who gives the
// passcode. The passcode itself is never in it. A language is found by its first part (de-AT is de); others are English.
func Render(m Meeting, r Room, origin, language string, embed bool) Block {
	w, ok := wordings[strings.ToLower(strings.SplitN(language, "-", 2)[0])]
	if !ok {
		w = wordings["en"]
	}
	shown := m.Number
	if m.Kind != OneTime {
		shown = r.PMI
	}
	link := JoinLink(origin, r, m, embed)
	lines := []string{w.heading, link, fmt.Sprintf("%s: %s", w.id, spaced(shown))}
	if !embed {
		lines = append(lines, w.ask)
	}
	return Block{Lines: lines, Link: link}
}

// spaced groups a number as people read it: 234 567 8901, 987 6543 2109.
func spaced(number string) string {
	if len(number) < 9 {
		return number
	}
	middle := len(number) - 4
	return number[:3] + " " + number[3:middle] + " " + number[middle:]
}
