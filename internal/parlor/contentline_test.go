package parlor

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestContentLinesAreFoldedBetweenCharacters(t *testing.T) {
	for _, line := range []string{
		"SUMMARY:short", "DESCRIPTION:" + strings.Repeat("äö€🍜", 60), "X:" + strings.Repeat("a", 73), "X:" + strings.Repeat("a", 74), "",
	} {
		folded := FoldLine(line, "\r\n")
		parts := strings.Split(strings.TrimSuffix(folded, "\r\n"), "\r\n ")
		for i, part := range parts {
			if length := len(part) + min(i, 1); length > 75 || !utf8.ValidString(part) {
				t.Errorf("part %q has %d octets", part, length)
			}
		}
		if got := strings.Join(parts, ""); got != line {
			t.Errorf("unfolded it is %q, want %q", got, line)
		}
	}
}

func TestEscapedTexts(t *testing.T) {
	if got, want := EscapeText("a\\b; c, d\r\ne\nf"), `a\\b\; c\, d\ne\nf`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
