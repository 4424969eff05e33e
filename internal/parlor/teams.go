package parlor

import (
	"regexp"
	"slices"
	"strings"
)

// A Teams invitation is one piece to Outlook: a meeting whose invitation was rebuilt loses its Teams part
// (https://learn.microsoft.com/en-us/graph/api/event-update). It begins with a line of underscores, in every language.
const (
	teamsName = "Microsoft Teams"
	teamsRule = "____________________" // at least so many
)

// what may be stepped out of without landing between the rows of a table
var openTag = regexp.MustCompile(`(?i)^<(?:div|span|p|font|section|center|b|strong|i|em)(?:\s[^<>]*)?>$`)

// teamsPart finds where the Teams invitation in a body begins: at the outermost element that begins with its line of
// underscores, or, where mail gateways took its links and lines away, at its heading.
func teamsPart(body string) (from int, found bool) {
	if !strings.Contains(body, teamsRule) && !strings.Contains(body, videoHeading) {
		return 0, false
	}
	lines, link := splitLines(body, nil), teamsLink(body)
	for _, line := range slices.Backward(lines) {
		if line.From < link && isTeamsRule(line.text) {
			return outermost(body, line.From), true
		}
	}
	heading := slices.IndexFunc(lines, func(line bodyLine) bool { return line.text == videoHeading })
	if heading < 0 || !conferenceID.MatchString(body) {
		return 0, false
	}
	return outermost(body, lines[heading].From), true
}

func isTeamsRule(text string) bool {
	return strings.HasPrefix(text, teamsRule) && strings.Trim(text, "_") == ""
}

// teamsLink is where the first link to a Teams meeting below a line of underscores stands, -1 where there is none.
func teamsLink(body string) int {
	below := strings.Index(body, teamsRule)
	if below < 0 {
		return -1
	}
	for _, at := range webAddress.FindAllStringIndex(body[below:], -1) {
		if c, ok := conferenceAt(body[below+at[0] : below+at[1]]); ok && c.Provider == teamsName {
			return below + at[0]
		}
	}
	return -1
}

// outermost widens a place to the start of the outermost element that begins there.
func outermost(body string, at int) int {
	for {
		before := strings.TrimRight(body[:at], " \t\r\n")
		open := strings.LastIndexByte(before, '<')
		if open < 0 || !openTag.MatchString(before[open:]) {
			return at
		}
		at = open
	}
}

// insertAboveTeams puts the block before the Teams invitation, with an empty line on either side; false when there is none.
func insertAboveTeams(body string, f Format, b Block) (string, bool) {
	at, ok := teamsPart(body)
	if !ok {
		return "", false
	}
	before, gap := body[:at], ""
	if hasTextAbove(body, at) {
		gap = glue(f)
	}
	return before + gap + b.write(f) + glue(f) + body[at:], true
}

// gapAboveTeams widens a stretch by what insertAboveTeams put around the block.
func gapAboveTeams(body string, from, to int) (int, int, bool) {
	for _, g := range []string{glue(Text), glue(HTML)} {
		if !strings.HasPrefix(body[to:], g) {
			continue
		}
		to += len(g)
		if !mayBeTeams(body[to:]) {
			return 0, 0, false
		}
		if at, ok := teamsPart(body); !ok || at != to {
			return 0, 0, false
		}
		above, gap := strings.CutSuffix(body[:from], g)
		if at, ok := teamsPart(above + body[to:]); gap && hasTextAbove(body, from) && ok && at == len(above) {
			from = at
		}
		return from, to, true
	}
	return 0, 0, false
}

// mayBeTeams spares a look at the whole body where no Teams invitation begins.
func mayBeTeams(rest string) bool {
	text := visible(rest[:min(len(rest), 4000)])
	return strings.HasPrefix(text, teamsRule) || strings.HasPrefix(text, videoHeading)
}

func hasTextAbove(body string, at int) bool {
	from, _ := documentBody(body)
	return from < at && visible(body[from:at]) != ""
}
