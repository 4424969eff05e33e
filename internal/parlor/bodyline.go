package parlor

import (
	"html"
	"net/url"
	"regexp"
	"sort"
	"strings"
)

// mention is a place where our own link stands: the address, or the whole <a> element around it.
type mention struct {
	Span
	link   Link
	anchor bool
}

// bodyLine is a line as people see it, whatever made the break.
type bodyLine struct {
	Span
	text string // without tags, entities and our links
	ours bool   // holds our link
}

func (l bodyLine) separator() bool {
	return strings.HasPrefix(l.text, "────") && strings.Trim(l.text, "─") == ""
}

var (
	lineBreak  = regexp.MustCompile(`(?i)\r?\n|</?(?:br|p|div|li|ul|ol|tr|td|table|tbody|hr|pre|section|blockquote|body|html|head|h[1-6])(?:\s[^<>]*)?/?>`)
	softBreak  = regexp.MustCompile(`(?i)<br(?:\s[^<>]*)?/?>`)
	anyTag     = regexp.MustCompile(`</?[a-zA-Z!][^<>]*>`)
	anchorTag  = regexp.MustCompile(`(?i)</?a(?:\s[^<>]*)?>`)
	anchorHead = regexp.MustCompile(`(?i)^<a\s[^<>]*=\s?["']?$`)
)

// mostMentions is how many of our links are looked at in one text; invitations have two or three. What a person, or somebody
// who wants to keep us busy, wrote beyond them is left as it is: taking out each of 20,000 copied the text as often.
const mostMentions = 100

// findMentions finds our links in the order of the text, the first of them when they are very many.
func findMentions(body, origin string) []mention {
	if host, err := url.Parse(origin); err != nil || !strings.Contains(body, host.Hostname()) {
		return nil
	}
	var found []mention
	end := 0
	for _, at := range webAddress.FindAllStringIndex(body, -1) {
		raw := body[at[0]:at[1]]
		link, ok := ParseLink(origin, raw)
		if !ok || at[0] < end {
			continue
		}
		if len(found) == mostMentions {
			break
		}
		m := mention{Span{at[0], at[0] + len(trimAddress(raw))}, link, false}
		m.Span, m.anchor = anchorAround(body, m.Span)
		found, end = append(found, m), m.To
	}
	return found
}

// longestTag is how far before an address its <a> tag is looked for, bytes: a body of addresses without any tag would
// otherwise be read to its beginning for each.
const longestTag = 8 << 10

// anchorAround widens an address in an attribute of an <a> tag to the whole element.
func anchorAround(body string, at Span) (Span, bool) {
	near := max(0, at.From-longestTag)
	open := near + strings.LastIndexByte(body[near:at.From], '<')
	if open < near || !anchorHead.MatchString(body[open:at.From]) {
		return at, false
	}
	head := strings.IndexAny(body[at.To:], "<>")
	if head < 0 || body[at.To+head] != '>' {
		return at, false
	}
	head += at.To + 1
	tail := anchorTag.FindStringIndex(body[head:])
	if len(tail) == 0 || body[head+tail[0]+1] != '/' {
		return at, false
	}
	return Span{open, head + tail[1]}, true
}

// splitLines splits a text or an HTML fragment where people see a line end. A break inside a mention is none.
func splitLines(body string, mentions []mention) []bodyLine {
	var lines []bodyLine
	from, next := 0, 0
	add := func(to int) {
		line := bodyLine{Span: Span{from, to}}
		var text strings.Builder
		for ; next < len(mentions) && mentions[next].To <= to; next++ {
			text.WriteString(body[from:mentions[next].From])
			from, line.ours = mentions[next].To, true
		}
		text.WriteString(body[from:to])
		line.text = visible(text.String())
		lines = append(lines, line)
	}
	for _, at := range lineBreak.FindAllStringIndex(body, -1) {
		if next < len(mentions) && mentions[next].From < at[1] && at[0] < mentions[next].To {
			continue
		}
		add(at[0])
		from = at[1]
	}
	add(len(body))
	return lines
}

// lineAt is the index of the line that holds a position.
func lineAt(lines []bodyLine, at int) int {
	return sort.Search(len(lines), func(i int) bool { return lines[i].To > at })
}

// emptyLine says whether people see an empty line between two lines.
func emptyLine(body string, a, b bodyLine) bool {
	gap := body[min(a.To, b.To):max(a.From, b.From)]
	if breaks := len(softBreak.FindAllString(gap, -1)); breaks > 0 || strings.Contains(gap, "<") {
		return breaks > 1
	}
	return strings.Count(gap, "\n") > 1
}

var unseen = strings.NewReplacer("\u200b", "", "\ufeff", "")

// visible is what people see of a fragment, on one line. Most lines of a long text are empty or without tags: those are
// looked at no longer than they must be.
func visible(fragment string) string {
	if fragment == "" {
		return ""
	}
	if strings.Contains(fragment, "<") {
		fragment = anyTag.ReplaceAllString(fragment, "")
	}
	return strings.Join(strings.Fields(unseen.Replace(html.UnescapeString(fragment))), " ")
}

var voidTag = regexp.MustCompile(`(?i)^</?(?:br|hr|img|wbr|input|meta|!)`)

// unbalancedTags lists the tags of a fragment that belong to an element around it: they stay when it is taken out.
func unbalancedTags(fragment string) string {
	var closes, opens []string
	for _, tag := range anyTag.FindAllString(fragment, -1) {
		switch {
		case voidTag.MatchString(tag) || strings.HasSuffix(tag, "/>"):
		case tag[1] != '/':
			opens = append(opens, tag)
		case len(opens) > 0 && tagName(opens[len(opens)-1]) == tagName(tag):
			opens = opens[:len(opens)-1]
		default:
			closes = append(closes, tag)
		}
	}
	for len(closes) > 0 && len(opens) > 0 && tagName(closes[len(closes)-1]) == tagName(opens[0]) {
		closes, opens = closes[:len(closes)-1], opens[1:]
	}
	return strings.Join(closes, "") + strings.Join(opens, "")
}

func tagName(tag string) string {
	return strings.ToLower(strings.FieldsFunc(tag, func(r rune) bool { return strings.ContainsRune("</> \t\r\n", r) })[0])
}
