package parlor

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Wording is how invitations read: the person's language, and what administrators add to every one of them.
type Wording struct {
	Language  string   `json:"-"` // BCP 47
	Footer    string   `json:"footer" required:"false" maxLength:"2000" doc:"Last lines of every invitation: plain text, up to 6 lines of 120 characters"`
	DialIn    string   `json:"dial_in" required:"false" maxLength:"2000" doc:"How to join by phone, above the footer: plain text, up to 6 lines of 120 characters"`
	Languages []string `json:"languages" required:"false" nullable:"false" doc:"The languages that people may choose; empty: all"`
}

// Bounds of each text that administrators add.
const (
	addedLines = 6
	addedWidth = 120 // characters of one line
)

// addedMark begins each line that administrators added. By it such a line is known as ours in an event, whatever it says and
// however long ago the text was changed, and a line that a person wrote among them is known as theirs.
const addedMark = "│"

// Offered are the languages that people may choose.
func (w Wording) Offered() []string {
	if len(w.Languages) == 0 {
		return Languages
	}
	return w.Languages
}

// Tidy returns the wording as it is stored: each line without needless spaces, no empty ones.
func (w Wording) Tidy() Wording {
	w.Footer, w.DialIn = tidyLines(w.Footer), tidyLines(w.DialIn)
	return w
}

func tidyLines(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// Validate returns what is wrong with a tidy wording. Addresses may stand in it, as text; but none that a person, or a
// program, could take for the place of the meeting: those of this installation at origin, and those of other providers.
func (w Wording) Validate(origin string) []FieldError {
	var faults []FieldError
	for _, part := range []struct{ field, text string }{{"footer", w.Footer}, {"dial_in", w.DialIn}} {
		if wrong := wrongText(part.text, origin); wrong != "" {
			faults = append(faults, FieldError{Field: part.field, Message: wrong})
		}
	}
	for i, language := range w.Languages {
		if !slices.Contains(Languages, language) || slices.Contains(w.Languages[:i], language) {
			faults = append(faults, FieldError{"languages", "must be some of " + strings.Join(Languages, ", ") + ", each once", language})
		}
	}
	return faults
}

func wrongText(text, origin string) string {
	lines := strings.Split(text, "\n")
	long := func(line string) bool { return utf8.RuneCountInString(line) > addedWidth }
	switch conference, found := FindConference("", text); {
	case len(lines) > addedLines || slices.ContainsFunc(lines, long):
		return fmt.Sprintf("must be at most %d lines of %d characters", addedLines, addedWidth)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, notInText):
		return "must be text without control or invisible characters"
	case strings.ContainsAny(text, "<>") || html.UnescapeString(text) != text:
		return "must be plain text: calendars would read < and > and the like as HTML"
	case len(findMentions(text, origin)) > 0:
		return "must not hold a join link of this Parlor: each invitation has its own"
	case found:
		return "must not hold a " + conference.Provider + " link: guests would not know which one to take"
	}
	return ""
}

// notInText refuses what nobody sees, or what turns a line around; the joiners stay, for some scripts are written with them.
func notInText(r rune) bool {
	const joiner, nonJoiner = '\u200d', '\u200c'
	return r != '\n' && r != joiner && r != nonJoiner && (!unicode.IsGraphic(r) || r == utf8.RuneError)
}

// added are the lines that administrators added, as they stand in the block.
func (w Wording) added() []string {
	var lines []string
	for _, text := range []string{w.DialIn, w.Footer} {
		for line := range strings.Lines(text) {
			lines = append(lines, addedMark+" "+strings.TrimSuffix(line, "\n"))
		}
	}
	return lines
}
