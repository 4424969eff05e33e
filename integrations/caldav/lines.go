package caldav

import (
	"errors"
	"fmt"
	"strings"
)

// contentLine is one line of iCalendar as it stands in a text (RFC 5545, section 3.1).
type contentLine struct {
	from, to int    // in the text, with folds and line end
	name     string // in capitals; "" of what is no content line, which stays as it is
	head     string // name and parameters as they are written, without folds
	value    string // without folds
}

// contentLines cuts a text into its lines. It takes every text: what is no content line has no name.
func contentLines(text string) []contentLine {
	var out []contentLine
	for at := 0; at < len(text); {
		from := at
		at = lineEnd(text, at)
		folded := false
		for at < len(text) && (text[at] == ' ' || text[at] == '\t') {
			at, folded = lineEnd(text, at), true
		}
		raw := text[from:at]
		if folded {
			raw = unfold(raw)
		}
		out = append(out, parseLine(from, at, strings.TrimRight(raw, "\r\n")))
	}
	return out
}

// lineEnd is where the next line begins.
func lineEnd(text string, from int) int {
	if i := strings.IndexByte(text[from:], '\n'); i >= 0 {
		return from + i + 1
	}
	return len(text)
}

var unfolding = strings.NewReplacer("\r\n ", "", "\r\n\t", "", "\n ", "", "\n\t", "")

func unfold(raw string) string { return unfolding.Replace(raw) }

func parseLine(from, to int, line string) contentLine {
	out := contentLine{from: from, to: to}
	colon, quoted := -1, false
	for i := 0; i < len(line) && colon < 0; i++ {
		switch line[i] {
		case '"':
			quoted = !quoted
		case ':':
			if !quoted {
				colon = i
			}
		}
	}
	if colon <= 0 {
		return out
	}
	name, _, _ := strings.Cut(line[:colon], ";")
	out.name, out.head, out.value = strings.ToUpper(strings.TrimSpace(name)), line[:colon], line[colon+1:]
	return out
}

// param is the first value of a parameter, without its quotes; "" when it is not there.
func (l contentLine) param(name string) string {
	for _, p := range l.params() {
		key, value, _ := strings.Cut(p, "=")
		if strings.EqualFold(strings.TrimSpace(key), name) {
			return strings.Trim(value, `"`)
		}
	}
	return ""
}

// params are the parameters as they are written.
func (l contentLine) params() []string {
	var out []string
	rest, quoted, from := l.head, false, -1
	for i := range len(rest) {
		switch {
		case rest[i] == '"':
			quoted = !quoted
		case rest[i] == ';' && !quoted:
			if from >= 0 {
				out = append(out, rest[from:i])
			}
			from = i + 1
		}
	}
	if from >= 0 {
		out = append(out, rest[from:])
	}
	return out
}

// component is one BEGIN … END of a text.
type component struct {
	name     string
	from, to int           // in the text, both lines included
	tail     int           // where a further line of its own may be put: before the first component in it, or before END
	lines    []contentLine // its own, not those of the components in it
	inner    []component
}

const deepest = 8 // components within each other; a calendar needs three

var errShape = errors.New("components do not fit together")

// components reads the components of a text, one after the other.
func components(text string) ([]component, error) {
	var open []component
	var done []component
	for _, l := range contentLines(text) {
		switch l.name {
		case "BEGIN":
			if len(open) == deepest {
				return nil, fmt.Errorf("read components: %w", errShape)
			}
			if len(open) > 0 && open[len(open)-1].tail < 0 {
				open[len(open)-1].tail = l.from
			}
			open = append(open, component{name: strings.ToUpper(strings.TrimSpace(l.value)), from: l.from, tail: -1})
		case "END":
			last := len(open) - 1
			if last < 0 || open[last].name != strings.ToUpper(strings.TrimSpace(l.value)) {
				return nil, fmt.Errorf("read components: %w", errShape)
			}
			c := open[last]
			c.to = l.to
			if c.tail < 0 {
				c.tail = l.from
			}
			if open = open[:last]; last == 0 {
				done = append(done, c)
			} else {
				open[last-1].inner = append(open[last-1].inner, c)
			}
		default:
			if len(open) > 0 {
				open[len(open)-1].lines = append(open[len(open)-1].lines, l)
			}
		}
	}
	if len(open) > 0 {
		return nil, fmt.Errorf("read components: %w", errShape)
	}
	return done, nil
}

// line is the first line of a name.
func (c component) line(name string) (contentLine, bool) {
	for _, l := range c.lines {
		if l.name == name {
			return l, true
		}
	}
	return contentLine{}, false
}

// all are the lines of a name.
func (c component) all(name string) []contentLine {
	var out []contentLine
	for _, l := range c.lines {
		if l.name == name {
			out = append(out, l)
		}
	}
	return out
}

// value is what the first line of a name says, as it is written; "" when there is none.
func (c component) value(name string) string {
	l, _ := c.line(name)
	return strings.TrimSpace(l.value)
}

// text is what the first line of a name says, read as TEXT.
func (c component) text(name string) string {
	l, _ := c.line(name)
	return unescape(l.value)
}
