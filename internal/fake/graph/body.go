package graph

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parlor/internal/fake/calendar"
)

// bodyStart and bodyEnd are what Exchange wraps around what a client wrote.
const (
	bodyStart = "<html>\r\n<head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\r\n</head>\r\n<body>\r\n"
	bodyEnd   = "\r\n</body>\r\n</html>\r\n"
)

// keptAttributes survive Exchange's cleaning as they are. Ids and classes get a prefix, everything else is dropped.
var keptAttributes = map[string]bool{
	"href": true, "src": true, "alt": true, "title": true, "style": true, "target": true, "lang": true, "dir": true, "width": true,
	"height": true, "colspan": true, "rowspan": true, "align": true, "color": true, "face": true, "size": true, "aria-label": true,
	"border": true, "cellpadding": true, "cellspacing": true, "bgcolor": true, "rel": true, "aria-hidden": true, "name": true,
}

// addBody writes the body as HTML, or as text when the request prefers it, and its beginning as text.
func (s *Server) addBody(out map[string]any, v scene, e calendar.Event) {
	stored := calendar.Text(e.Fields, "description")
	text := plainText(stored)
	out["bodyPreview"] = cutRunes(text, 255)
	body := map[string]any{"contentType": "html", "content": wrapped(stored)}
	if v.prefer.text {
		body = map[string]any{"contentType": "text", "content": text}
	}
	out["body"] = body
	addOnlineMeeting(out, e.Fields)
}

// wrapped is stored HTML as Exchange returns it; something that never went through it is text or a fragment.
func wrapped(stored string) string {
	switch {
	case stored == "":
		return ""
	case strings.HasPrefix(stored, "<html"):
		return stored
	case !strings.Contains(stored, "<"):
		return textBody(stored)
	default:
		return bodyStart + stored + bodyEnd
	}
}

// storedBody is what Exchange keeps of a body a client sends.
func storedBody(kind, content string) string {
	if strings.EqualFold(kind, "text") {
		return textBody(content)
	}
	return bodyStart + cleanHTML(content) + bodyEnd
}

// textBody turns text into HTML as Exchange does: one div, a line break element a line, addresses as links.
func textBody(text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	var out strings.Builder
	out.WriteString("<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\r\n<meta name=\"Generator\" content=\"Microsoft Exchange Server\">\r\n<!-- converted from text -->\r\n<style><!-- .EmailQuote { margin-left: 1pt; padding-left: 4pt; border-left: #800000 2px solid; } --></style></head>\r\n<body>\r\n<font size=\"2\"><span style=\"font-size:11pt;\"><div class=\"PlainText\">")
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if i > 0 {
			out.WriteString("<br>\r\n")
		}
		out.WriteString(linked(line))
	}
	out.WriteString("</div></span></font>\r\n</body>\r\n</html>\r\n")
	return out.String()
}

// linked is a line of text with its addresses as links.
func linked(line string) string {
	words := strings.Split(line, " ")
	for i, word := range words {
		words[i] = html.EscapeString(word)
		if strings.HasPrefix(word, "https://") || strings.HasPrefix(word, "http://") {
			words[i] = `<a href="` + html.EscapeString(word) + `">` + html.EscapeString(word) + `</a>`
		}
	}
	return strings.Join(words, " ")
}

// cleanHTML is what Exchange leaves of HTML: scripts, forms and comments go, ids and classes get the prefix x_, unknown
// attributes are dropped. Text and links stay.
func cleanHTML(raw string) string {
	var out strings.Builder
	hidden := 0
	for z := html.NewTokenizer(strings.NewReader(raw)); z.Next() != html.ErrorToken; {
		t := z.Token()
		switch {
		case t.DataAtom == atom.Script || t.DataAtom == atom.Style || t.DataAtom == atom.Head || t.DataAtom == atom.Title:
			hidden = deeper(hidden, t.Type)
		case hidden > 0 || dropped(t):
		case t.Type == html.TextToken:
			out.WriteString(html.EscapeString(t.Data))
		default:
			out.WriteString(cleanTag(t).String())
		}
	}
	return strings.TrimSpace(out.String())
}

func deeper(depth int, kind html.TokenType) int {
	switch kind {
	case html.StartTagToken:
		return depth + 1
	case html.EndTagToken:
		return max(0, depth-1)
	}
	return depth
}

// dropped tells whether a token leaves no trace.
func dropped(t html.Token) bool {
	switch t.DataAtom {
	case atom.Html, atom.Body, atom.Meta, atom.Link, atom.Form, atom.Input, atom.Button, atom.Iframe, atom.Object, atom.Embed:
		return true
	}
	return t.Type == html.CommentToken || t.Type == html.DoctypeToken
}

func cleanTag(t html.Token) html.Token {
	kept := t.Attr[:0]
	for _, a := range t.Attr {
		switch {
		case (a.Key == "id" || a.Key == "class") && !ownMark(a.Val):
			a.Val = "x_" + a.Val
			kept = append(kept, a)
		case a.Key == "id" || a.Key == "class":
			kept = append(kept, a)
		case a.Key == "href" && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:"):
		case keptAttributes[a.Key]:
			kept = append(kept, a)
		}
	}
	t.Attr = kept
	return t
}

// ownMark tells whether an id or a class is one of Microsoft's, or has its prefix already.
func ownMark(value string) bool {
	for _, start := range []string{"x_", "me-email", "meet_invite_block", "elementToProof", "PlainText"} {
		if strings.HasPrefix(value, start) {
			return true
		}
	}
	return false
}

// plainText is a body's text as Exchange converts it: a link's address follows its text in angle brackets when they differ.
func plainText(stored string) string {
	if !strings.Contains(stored, "<") {
		return stored
	}
	var out strings.Builder
	hidden, href, from := 0, "", 0
	for z := html.NewTokenizer(strings.NewReader(stored)); z.Next() != html.ErrorToken; {
		t := z.Token()
		switch {
		case t.DataAtom == atom.Head || t.DataAtom == atom.Style || t.DataAtom == atom.Script:
			hidden = deeper(hidden, t.Type)
		case hidden > 0:
		case t.Type == html.TextToken:
			out.WriteString(strings.ReplaceAll(strings.NewReplacer("\r", "", "\n", "").Replace(t.Data), "\u00a0", " "))
		case t.DataAtom == atom.A && t.Type == html.StartTagToken:
			href, from = attribute(t, "href"), out.Len()
		case t.DataAtom == atom.A && t.Type == html.EndTagToken:
			if text := strings.TrimSpace(out.String()[from:]); href != "" && text != href {
				out.WriteString("<" + href + ">")
			}
			href = ""
		case t.DataAtom == atom.Br || t.Type == html.EndTagToken && (t.DataAtom == atom.Div || t.DataAtom == atom.P || t.DataAtom == atom.Li):
			out.WriteString("\r\n")
		}
	}
	return strings.TrimSpace(out.String())
}

func attribute(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func cutRunes(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most])
}
