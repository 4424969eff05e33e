package google

import (
	"html/template"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// bareLink is an address in running text.
var bareLink = regexp.MustCompile(`https?://[^\s<>"']*[^\s<>"'.,;:!?)\]]`)

// shownTags are the elements of a description that are shown; others lose their tags, script and style their content too.
var shownTags = []string{"b", "i", "u", "em", "strong", "br", "p", "ul", "ol", "li", "div", "span", "h1", "h2", "h3", "blockquote"}

// describe renders a description safely: a few elements without attributes, links to http(s) and mail only, bare addresses
// as links. bluemonday would do the same and is not among the project's modules.
func describe(raw string) template.HTML {
	var out strings.Builder
	links, hidden := 0, 0
	for z := html.NewTokenizer(strings.NewReader(raw)); z.Next() != html.ErrorToken; {
		t := z.Token()
		switch {
		case t.Data == "script" || t.Data == "style":
			hidden = count(hidden, t.Type)
		case hidden > 0:
		case t.Type == html.TextToken && links > 0:
			out.WriteString(html.EscapeString(t.Data))
		case t.Type == html.TextToken:
			out.WriteString(withLinks(t.Data, html.EscapeString, anchor))
		case t.Data == "a":
			links = count(links, t.Type)
			out.WriteString(anchorTag(t))
		case slices.Contains(shownTags, t.Data):
			out.WriteString(html.Token{Type: t.Type, Data: t.Data}.String())
		}
	}
	return template.HTML(out.String()) //nolint:gosec // built from escaped text and fixed tags only
}

func count(n int, t html.TokenType) int {
	switch t {
	case html.StartTagToken:
		return n + 1
	case html.EndTagToken:
		return max(0, n-1)
	}
	return n
}

// withLinks passes running text through text and the addresses in it through link.
func withLinks(raw string, text func(string) string, link func(string) string) string {
	var out strings.Builder
	at := 0
	for _, found := range bareLink.FindAllStringIndex(raw, -1) {
		out.WriteString(text(raw[at:found[0]]))
		out.WriteString(link(raw[found[0]:found[1]]))
		at = found[1]
	}
	out.WriteString(text(raw[at:]))
	return out.String()
}

func anchor(address string) string {
	return `<a href="` + html.EscapeString(address) + `" rel="noreferrer">` + html.EscapeString(address) + `</a>`
}

// anchorTag keeps nothing of a link but a safe address.
func anchorTag(t html.Token) string {
	if t.Type == html.EndTagToken {
		return "</a>"
	}
	for _, a := range t.Attr {
		u, err := url.Parse(strings.TrimSpace(a.Val))
		if a.Key == "href" && err == nil && slices.Contains([]string{"http", "https", "mailto"}, u.Scheme) {
			return `<a href="` + html.EscapeString(u.String()) + `" rel="noreferrer">`
		}
	}
	return "<a>"
}

// editorHTML is what Google's web editor makes of a description a person saves: line ends become <br>, bare addresses
// links through google.com/url.
func editorHTML(raw string) string {
	var out strings.Builder
	links := 0
	for z := html.NewTokenizer(strings.NewReader(raw)); z.Next() != html.ErrorToken; {
		same := string(z.Raw())
		t := z.Token()
		if t.Data == "a" && t.Type != html.TextToken {
			links = count(links, t.Type)
		}
		if t.Type != html.TextToken || links > 0 {
			out.WriteString(same)
			continue
		}
		lines := func(s string) string { return strings.ReplaceAll(s, "\n", "<br>") }
		out.WriteString(withLinks(same, lines, wrappedAnchor))
	}
	return out.String()
}

func wrappedAnchor(address string) string {
	q := url.QueryEscape(html.UnescapeString(address))
	return `<a href="https://www.google.com/url?q=` + q + `&amp;sa=D&amp;source=calendar&amp;usd=2" target="_blank">` + address + `</a>`
}
