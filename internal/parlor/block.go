package parlor

import (
	"crypto/sha256"
	"encoding/hex"
	"html"
	"regexp"
	"slices"
	"strings"
)

// Separator is the line above and below the block. Zoom uses the same.
const Separator = "──────────"

// Block is a rendered invitation, without the separators around it.
type Block struct {
	Lines []string // one of them is Link
	Link  string
}

// Hash is a short fingerprint of the block, for the stamp.
func (b Block) Hash() string {
	sum := sha256.Sum256([]byte(strings.Join(b.Lines, "\n")))
	return hex.EncodeToString(sum[:6])
}

// Span is a stretch of a text, in bytes, [From, To).
type Span struct{ From, To int }

var (
	someTag   = regexp.MustCompile(`(?i)</?(?:a|b|i|u|s|p|br|em|li|ol|ul|hr|div|pre|span|html|body|head|strong|table|font|blockquote|h[1-6])(?:\s[^<>]*)?/?>`)
	bodyOpen  = regexp.MustCompile(`(?i)<body(?:\s[^<>]*)?>`)
	bodyClose = regexp.MustCompile(`(?i)</body\s*>`)
)

// GuessFormat tells HTML from text by its tags; calendars give both in one field.
func GuessFormat(body string) Format {
	if someTag.MatchString(body) {
		return HTML
	}
	return Text
}

// Insert puts the block below a person's text, but above a Teams invitation, or on top of everything. The text itself stays
// as it is, byte for byte; in a whole HTML document the block goes inside the body element.
func Insert(body string, f Format, b Block, top bool) string {
	from, to := 0, len(body)
	if f == HTML {
		from, to = documentBody(body)
	}
	if body == "" {
		return b.write(f)
	}
	if top {
		return body[:from] + b.write(f) + glue(f) + body[from:]
	}
	if above, ok := insertAboveTeams(body, f, b); ok {
		return above
	}
	return body[:to] + glue(f) + b.write(f) + body[to:]
}

// documentBody finds the inside of the body element; the whole text where there is none.
func documentBody(body string) (from, to int) {
	to = len(body)
	if open := bodyOpen.FindStringIndex(body); open != nil {
		from = open[1]
		if ends := bodyClose.FindAllStringIndex(body[from:], -1); ends != nil {
			to = from + ends[len(ends)-1][0]
		}
	}
	return from, to
}

// Replace puts the block in the place of the one that is there, and takes further ones out: there is never a second.
// Where there is none it inserts it below. A link that stands in the middle of a person's sentence is exchanged alone.
func Replace(body, origin string, f Format, b Block) string {
	found := findBlocks(body, origin)
	if len(found) == 0 {
		return Insert(body, f, b, false)
	}
	keep := primary(found)
	for i, at := range slices.Backward(found) {
		switch {
		case i == keep && at.inline:
			body = body[:at.From] + b.writeLink(f, at.anchor) + body[at.To:]
		case i == keep:
			body = body[:at.From] + b.write(f) + unbalancedTags(body[at.From:at.To]) + body[at.To:]
		case !at.inline:
			body = remove(body, at)
		}
	}
	return body
}

// Strip takes out everything of ours: Strip(Insert(x)) is x, byte for byte, for every x without a link of ours.
func Strip(body, origin string) string {
	for _, at := range slices.Backward(findBlocks(body, origin)) {
		body = remove(body, at)
	}
	return body
}

// Fresh says whether the block in the body, as people see it, is b: services rewrite HTML, so bytes are not compared.
func (b Block) Fresh(body, origin string) bool {
	found := findBlocks(body, origin)
	if len(found) != 1 || found[0].inline {
		return false
	}
	at := found[0]
	want, _ := ParseLink(origin, b.Link)
	rest := slices.DeleteFunc(slices.Clone(b.Lines), func(line string) bool { return line == b.Link })
	return at.framed && at.link == want && at.text == visible(strings.Join(rest, " "))
}

func remove(body string, at foundBlock) string {
	from, to := at.From, at.To
	rest := ""
	if !at.inline {
		rest = unbalancedTags(body[from:to])
		from, to = withGlue(body, from, to)
	}
	return body[:from] + rest + body[to:]
}

// withGlue widens a stretch by what Insert put between the text and the block: before it, or else after it.
func withGlue(body string, from, to int) (int, int) {
	if from, to, ok := gapAboveTeams(body, from, to); ok {
		return from, to
	}
	for _, g := range []string{"\n\n", "<br><br>", "\r\n\r\n", "<br/><br/>", "<br /><br />"} {
		if strings.HasSuffix(body[:from], g) {
			return from - len(g), to
		}
	}
	for _, g := range []string{"\n\n", "<br><br>", "\r\n\r\n", "<br/><br/>", "<br /><br />"} {
		if strings.HasPrefix(body[to:], g) {
			return from, to + len(g)
		}
	}
	return from, to
}

func glue(f Format) string {
	if f == HTML {
		return "<br><br>"
	}
	return "\n\n"
}

func (b Block) write(f Format) string {
	lines := []string{Separator}
	for _, line := range b.Lines {
		switch {
		case line == b.Link:
			line = b.writeLink(f, true)
		case f == HTML:
			line = html.EscapeString(line)
		}
		lines = append(lines, line)
	}
	lines = append(lines, Separator)
	if f == HTML {
		return strings.Join(lines, "<br>")
	}
	return strings.Join(lines, "\n")
}

func (b Block) writeLink(f Format, anchor bool) string {
	if f != HTML {
		return b.Link
	}
	link := html.EscapeString(b.Link)
	if anchor {
		return `<a href="` + link + `">` + link + `</a>`
	}
	return link
}
