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
	later   string // where the link will be, as long as there is none
}

var wordings = map[string]wording{
	"en": {"Join the meeting · Parlor", "Meeting ID", "The host will give you the passcode.", "(Your join link will be here.)"},
	"de": {"An der Besprechung teilnehmen · Parlor", "Besprechungs-ID", "Den Kenncode erhalten Sie vom Gastgeber.", "(Hier wird Ihr Teilnahmelink stehen.)"},
	"es": {"Unirse a la reunión · Parlor", "ID de la reunión", "El anfitrión le dará el código de acceso.", "(Aquí estará su enlace para unirse.)"},
	"ja": {"会議に参加 · Parlor", "ミーティング ID", "パスコードは主催者からお知らせします。", "（参加用リンクはここに入ります）"},
}

// formerWordings are those of earlier releases, so that their blocks are still found.
var formerWordings []wording

// Render writes the invitation to a meeting: heading, link, number and, when the link carries no token, who gives the
// passcode. The passcode itself is never in it. A language is found by its first part (de-AT is de); others are English.
func Render(m Meeting, r Room, origin, language string, embed bool) Block {
	w := wordingIn(language)
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

// Ahead writes the invitation to a meeting that has no number yet: words stand where its link will be. A number is in it
// only when it is known, which is the room's.
func Ahead(kind MeetingKind, r Room, language string, embed bool) Block {
	b := Render(Meeting{Kind: kind}, r, "", language, embed)
	w := wordingIn(language)
	b.Lines[1], b.Link = w.later, ""
	if b.Lines[2] == w.id+": " {
		b.Lines = append(b.Lines[:2], b.Lines[3:]...)
	}
	return b
}

func wordingIn(language string) wording {
	w, ok := wordings[strings.ToLower(strings.SplitN(language, "-", 2)[0])]
	if !ok {
		return wordings["en"]
	}
	return w
}

// spaced groups a number as people read it: 234 567 8901, 987 6543 2109.
func spaced(number string) string {
	if len(number) < 9 {
		return number
	}
	middle := len(number) - 4
	return number[:3] + " " + number[3:middle] + " " + number[middle:]
}
