package parlor

import (
	"strings"
	"unicode/utf8"
)

// foldAt is how many octets a content line may have without its line end (RFC 5545, section 3.1).
const foldAt = 75

// FoldLine writes one content line of iCalendar, folded so that no part is longer than 75 octets and no character is cut,
// with the given line end after each part.
func FoldLine(line, end string) string {
	var b strings.Builder
	room := foldAt
	for len(line) > room {
		cut := room
		for cut > 1 && !utf8.RuneStart(line[cut]) {
			cut--
		}
		b.WriteString(line[:cut])
		b.WriteString(end + " ")
		line, room = line[cut:], foldAt-1
	}
	b.WriteString(line)
	b.WriteString(end)
	return b.String()
}

var escapeText = strings.NewReplacer("\\", `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// EscapeText writes a text as a value of iCalendar's type TEXT (RFC 5545, section 3.3.11).
func EscapeText(s string) string { return escapeText.Replace(s) }
