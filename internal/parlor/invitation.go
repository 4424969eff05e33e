package parlor

import (
	"fmt"
	"slices"
	"strings"
)

// phrases are the invitation in one language. What was once written stays recognisable only while it is in this table or in
// formerPhrases: change it there, never just here.
type phrases struct {
	heading string // first line
	id      string // before the number
	ask     string // when the link does not carry the token
	later   string // where the link will be, as long as there is none
}

var phrasesIn = map[string]phrases{
	"en": {"Join the meeting · Parlor", "Meeting ID", "The host will give you the passcode.", "(Your join link will be here.)"},
	"de": {"An der Besprechung teilnehmen · Parlor", "Besprechungs-ID", "Den Kenncode erhalten Sie vom Gastgeber.", "(Hier wird Ihr Teilnahmelink stehen.)"},
	"es": {"Unirse a la reunión · Parlor", "ID de la reunión", "El anfitrión le dará el código de acceso.", "(Aquí estará su enlace para unirse.)"},
	"ja": {"会議に参加 · Parlor", "ミーティング ID", "パスコードは主催者からお知らせします。", "（参加用リンクはここに入ります）"},
}

// formerPhrases are those of earlier releases, so that their blocks are still found.
var formerPhrases []phrases

// Render writes the invitation to a meeting: heading, link, number and, when the link carries no token, who gives the
// passcode; then the video system's own link where that stands in invitations, and what administrators added. The passcode itself is never in it. A language is found by its first part
// (de-AT is de); others are English.
func Render(m Meeting, r Room, origin string, w Wording, embed bool) Block {
	say := w.phrases()
	shown := m.Number
	if m.Kind != OneTime {
		shown = r.PMI
	}
	link := JoinLink(origin, r, m, embed)
	lines := []string{say.heading, link, fmt.Sprintf("%s: %s", say.id, spaced(shown))}
	if !embed {
		lines = append(lines, say.ask)
	}
	if m.Kind == InRoom && r.Direct != "" && embed { // it carries the key
		lines = append(lines, addedMark+" "+r.Direct+": "+r.Address)
	}
	return Block{Lines: append(lines, w.added()...), Link: link}
}

// Ahead writes the invitation to a meeting that has no number yet: words stand where its link will be. A number is in it
// only when it is known, which is the room's.
func Ahead(kind MeetingKind, r Room, w Wording, embed bool) Block {
	b := Render(Meeting{Kind: kind}, r, "", w, embed)
	say := w.phrases()
	b.Lines[1], b.Link = say.later, ""
	b.Lines = slices.DeleteFunc(b.Lines, func(line string) bool { return line == say.id+": " })
	return b
}

func (w Wording) phrases() phrases {
	say, ok := phrasesIn[strings.ToLower(strings.SplitN(w.Language, "-", 2)[0])]
	if !ok {
		return phrasesIn["en"]
	}
	return say
}

// spaced groups a number as people read it: 234 567 8901, 987 6543 2109.
func spaced(number string) string {
	if len(number) < 9 {
		return number
	}
	middle := len(number) - 4
	return number[:3] + " " + number[3:middle] + " " + number[middle:]
}
