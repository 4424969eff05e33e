package parlor

import (
	"regexp"
	"strings"
)

// foundBlock is one place in a body that holds our link.
type foundBlock struct {
	Span
	link   Link
	text   string // what people see beside the link
	framed bool   // both separators are there
	inline bool   // the link stands among other words: only it is ours
	anchor bool   // the link is an <a> element
}

// Find finds our block: our own link, with the nearest separators around it if all between them is ours, else the lines
// that are. The block of another installation or product is not ours.
func Find(body, origin string) (at Span, link Link, ok bool) {
	found := findBlocks(body, origin)
	if len(found) == 0 {
		return Span{}, Link{}, false
	}
	first := found[primary(found)]
	return first.Span, first.link, true
}

// primary is the index of the block that stands for all: the first one that is more than a link in a sentence.
func primary(found []foundBlock) int {
	for i, at := range found {
		if !at.inline {
			return i
		}
	}
	return 0
}

func findBlocks(body, origin string) []foundBlock {
	mentions := findMentions(body, origin)
	if len(mentions) == 0 {
		return nil
	}
	lines := splitLines(body, mentions)
	var found []foundBlock
	end := 0
	for _, m := range mentions {
		if m.From < end {
			continue
		}
		at := blockAround(body, lines, m)
		at.From = max(at.From, end) // two blocks may share a separator
		found, end = append(found, at), at.To
	}
	return found
}

// blockAround widens a mention of our link to the block it stands in.
func blockAround(body string, lines []bodyLine, m mention) foundBlock {
	i := lineAt(lines, m.From)
	at := foundBlock{Span: m.Span, link: m.link, anchor: m.anchor}
	if lines[i].text != "" {
		at.inline = true
		return at
	}
	above, headed := lookAround(body, lines, i, -1, ourHeading)
	below, ended := lookAround(body, lines, i, +1, ourTail)
	at.Span = Span{lines[above].From, lines[below].To}
	at.framed = headed && ended
	var text []string
	for _, line := range lines[above : below+1] {
		if !line.separator() {
			text = append(text, line.text)
		}
	}
	at.text = visible(strings.Join(text, " "))
	return at
}

// lookAround walks from the link's line in one direction and returns the farthest line that is ours: the nearest
// separator, if everything up to it is ours and it follows without an empty line; otherwise the last line of ours.
func lookAround(body string, lines []bodyLine, start, step int, ours *regexp.Regexp) (last int, separator bool) {
	last = start
	text := ""
	for i := start + step; i >= 0 && i < len(lines); i += step {
		line := lines[i]
		switch {
		case step > 0 && ours.MatchString(text) && addedAfter(body, lines[last], line):
			last = i
			continue
		case line.separator():
			if ours.MatchString(text) && !emptyLine(body, lines[last], line) {
				return i, true
			}
			return last, false
		case line.text == "" && !line.ours:
			continue
		}
		joined := strings.TrimSpace(text + " " + line.text)
		if step < 0 {
			joined = strings.TrimSpace(line.text + " " + text)
		}
		if len(joined) > 200 {
			return last, false
		}
		text = joined
		if ours.MatchString(text) {
			last = i
		}
	}
	return last, false
}

// addedAfter says whether a line is one that administrators added, right below the one before; or the rest of such a line,
// where a service broke the source of an HTML text without breaking the line that people see.
func addedAfter(body string, before, line bodyLine) bool {
	switch {
	case emptyLine(body, before, line):
		return false
	case strings.HasPrefix(line.text, addedMark):
		return true
	}
	gap := body[before.To:line.From]
	wrapped := strings.HasPrefix(before.text, addedMark) && strings.Trim(gap, "\r\n") == "" && line.text != "" && !line.separator()
	return wrapped && GuessFormat(body) == HTML
}

// ourHeading and ourTail match what stands above and below the link in any of our languages.
var ourHeading, ourTail = ourWords()

func ourWords() (heading, tail *regexp.Regexp) {
	var headings, tails []string
	add := func(w phrases) {
		headings = append(headings, regexp.QuoteMeta(visible(w.heading)))
		tails = append(tails, regexp.QuoteMeta(visible(w.id))+`: [0-9 ]{9,14}`, regexp.QuoteMeta(visible(w.ask)))
	}
	for _, w := range phrasesIn {
		add(w)
	}
	for _, w := range formerPhrases {
		add(w)
	}
	return regexp.MustCompile(`^(?:` + strings.Join(headings, "|") + `)?$`),
		regexp.MustCompile(`^(?:(?:` + strings.Join(tails, "|") + `)(?: |$))*$`)
}
