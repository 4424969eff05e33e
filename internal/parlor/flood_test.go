package parlor

import (
	"strings"
	"testing"
)

// full is a body as long as Graph and Outlook allow, of one thing over and over.
func full(unit string) string { return strings.Repeat(unit, 1_000_000/len(unit)) }

func TestVeryManyLinksAreNotAllOurs(t *testing.T) {
	block := textBlock(testBlock) + "\n\nNotes\n\n"
	for _, n := range []int{1, mostMentions, mostMentions + 1, 5 * mostMentions} {
		body := strings.Repeat(block, n)
		if _, link, ok := Find(body, testOrigin); !ok || link.Number != testInRoom.Number {
			t.Errorf("%d blocks: found %+v, %t", n, link, ok)
		}
		left := strings.Count(Strip(body, testOrigin), "/j/")
		if want := max(0, n-mostMentions); left != want {
			t.Errorf("%d blocks: %d are left, want %d", n, left, want)
		}
		if got := strings.Count(Strip(body, testOrigin), "Notes"); got != n {
			t.Errorf("%d blocks: %d of the person's lines are left", n, got)
		}
		if got := strings.Count(Replace(body, testOrigin, Text, otherBlock), "/j/"); got != 1+max(0, n-mostMentions) {
			t.Errorf("%d blocks: %d are there after one was replaced", n, got)
		}
	}
}

// BenchmarkFullBody tells what the longest bodies cost; go test -bench FullBody ./internal/parlor
func BenchmarkFullBody(b *testing.B) {
	bodies := map[string]string{
		"one block, words":       Insert(full("Some text of a person\n"), Text, testBlock, false),
		"one block, paragraphs":  Insert(full("<p class=\"x\"><span>Some text &amp; more</span></p>\n"), HTML, testBlock, false),
		"one block, empty lines": Insert(full("\n"), Text, testBlock, false),
		"one block, brackets":    Insert(full("<"), HTML, testBlock, false),
		"links in a sentence":    full("see " + testBlock.Link + " "),
		"links on lines":         full(testBlock.Link + "\n"),
		"blocks":                 full(textBlock(testBlock) + "\n\n"),
		"blocks in HTML":         full(htmlBlock(testBlock) + "<br><br>"),
		"blocks above Teams":     full(textBlock(testBlock)+"\n\n") + teamsText,
		"open tags":              full("<a href=" + testBlock.Link + " "),
	}
	for name, body := range bodies {
		b.Run("find/"+name, func(b *testing.B) {
			for b.Loop() {
				Find(body, testOrigin)
			}
		})
		b.Run("replace/"+name, func(b *testing.B) {
			for b.Loop() {
				Replace(body, testOrigin, GuessFormat(body), otherBlock)
			}
		})
		b.Run("strip/"+name, func(b *testing.B) {
			for b.Loop() {
				Strip(body, testOrigin)
			}
		})
	}
}
