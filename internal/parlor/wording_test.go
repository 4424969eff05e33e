package parlor

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var testWording = Wording{
	Language: "en",
	DialIn:   "By phone: +44 20 7946 0000, then 1234#\nFrance: +33 1 99 00 00 00",
	Footer:   "Example Ltd & Sons, 1 High Street — registered in England\nHow we use your data: https://example.com/privacy?a=1&b=2",
}

func TestInvitationsWithWhatAdministratorsAdd(t *testing.T) {
	for _, language := range Languages {
		w := testWording
		w.Language = language
		for _, f := range []Format{Text, HTML} {
			golden(t, "added."+language+"."+string(f), Insert("", f, Render(testInRoom, testRoom, testOrigin, w, false), false)+"\n")
		}
	}
}

func TestWordingChangesTheHash(t *testing.T) {
	hashes := map[string]string{}
	for name, w := range map[string]Wording{
		"none": {}, "footer": {Footer: "Hello"}, "dial-in": {DialIn: "Hello there"}, "another footer": {Footer: "Hello!"},
		"two lines": {DialIn: "Hello", Footer: "there"},
	} {
		hash := Render(testInRoom, testRoom, testOrigin, w, true).Hash()
		if other, taken := hashes[hash]; taken {
			t.Errorf("%s has the hash of %s", name, other)
		}
		hashes[hash] = name
	}
}

func TestTidyWording(t *testing.T) {
	got := Wording{Footer: "  a \t b \r\n\r\n\n c\n", DialIn: " \n "}.Tidy()
	if diff := cmp.Diff(Wording{Footer: "a b\nc"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestWordingRefusesWhatCouldMislead(t *testing.T) {
	for name, tt := range map[string]struct{ footer, says string }{
		"good":           {testWording.Footer, ""},
		"Arabic joiners": {"می\u200cخواهم", ""},
		"seven lines":    {"1\n2\n3\n4\n5\n6\n7", "at most 6 lines"},
		"long line":      {strings.Repeat("ä", 121), "of 120 characters"},
		"HTML":           {"<b>Hello</b>", "plain text"},
		"an entity":      {"Hello &lt;b&gt;", "plain text"},
		"half an entity": {"&copy 2026", "plain text"},
		"turned around":  {"abc\u202Etxt", "invisible"},
		"control":        {"a\x00b", "invisible"},
		"broken":         {"a\xffb", "invisible"},
		"our own link":   {"Or join " + testBlock.Link, "join link of this Parlor"},
		"another place":  {"Or https://zoom.us/j/12345678901?pwd=x", "Zoom link"},
	} {
		var said []string
		for _, fault := range (Wording{Footer: tt.footer, DialIn: tt.footer}).Validate(testOrigin) {
			said = append(said, fault.Error())
		}
		got := strings.Join(said, "; ")
		if tt.says == "" && got != "" || !strings.Contains(got, tt.says) || tt.says != "" && len(said) != 2 {
			t.Errorf("%s: %q", name, got)
		}
	}
	faults := Wording{Languages: []string{"en", "xx", "en"}}.Validate(testOrigin)
	if len(faults) != 2 || faults[0].Field != "languages" || faults[0].Value != "xx" {
		t.Errorf("languages: %v", faults)
	}
}

func TestAddedLinesAreFoundAfterServicesRewroteThem(t *testing.T) {
	lines := addedBlock.Lines
	wrapped := strings.ReplaceAll(htmlBlock(addedBlock), "1 High Street", "1\r\nHigh Street")
	anchored := strings.ReplaceAll(htmlBlock(addedBlock), "https://example.com/privacy?a=1&amp;b=2",
		`<a href="https://www.google.com/url?q=`+url.QueryEscape("https://example.com/privacy?a=1&b=2")+`" target="_blank">https://example.com/privacy?a=1&amp;b=2</a>`)
	for name, block := range map[string]string{
		"as text": textBlock(addedBlock), "windows": strings.ReplaceAll(textBlock(addedBlock), "\n", "\r\n"), "as HTML": htmlBlock(addedBlock),
		"wrapped by Outlook": wrapped, "linked by Google": anchored,
		"paragraphs": "<p>" + strings.Join(append(append([]string{Separator}, strings.Split(bare(htmlBlock(addedBlock), "<br>"), "<br>")...), Separator), "</p>\r\n<p>") + "</p>",
		"bare":       bare(textBlock(addedBlock), "\n"),
	} {
		at, link, ok := Find(block, testOrigin)
		if !ok || link.Number != testInRoom.Number || strings.ContainsAny(block[:at.From]+block[at.To:], "│─") {
			t.Errorf("%s: %v of %q", name, at, block)
		}
		if fresh := addedBlock.Fresh(block, testOrigin); fresh != (name != "bare") {
			t.Errorf("%s: fresh %t", name, fresh)
		}
		if testBlock.Fresh(block, testOrigin) {
			t.Errorf("%s: fresh without what was added", name)
		}
		if again := Replace(block, testOrigin, GuessFormat(block), testBlock); strings.Contains(again, lines[len(lines)-1]) {
			t.Errorf("%s: a former footer stayed: %q", name, again)
		}
	}
}

func TestAPersonsLineAmongTheAddedOnesStays(t *testing.T) {
	lines := addedBlock.Lines
	last := len(lines) - 1
	for name, body := range map[string]string{
		"below":      strings.Join(lines, "\n") + "\nBring cake\n" + Separator,
		"between":    strings.Join(lines[:last], "\n") + "\nBring cake\n" + lines[last] + "\n" + Separator,
		"above all":  strings.Join(lines[:3], "\n") + "\nBring cake\n" + strings.Join(lines[3:], "\n"),
		"their own":  textBlock(addedBlock) + "\n\n│ Bring cake │",
		"far, bare":  bare(textBlock(testBlock), "\n") + "\n\n│ Bring cake │",
		"html below": strings.ReplaceAll(strings.Join(lines, "<br>"), addedBlock.Link, addedBlock.writeLink(HTML, true)) + "<br>Bring cake<br>" + Separator,
	} {
		if left := Strip(body, testOrigin); !strings.Contains(left, "Bring cake") || strings.Contains(left, "/j/") {
			t.Errorf("%s: %q", name, left)
		}
	}
}

func FuzzAddedLines(f *testing.F) {
	f.Add("Agenda", testWording.DialIn, testWording.Footer, true, true)
	f.Add("│ a table │", "──────────", "│ │", false, true)
	f.Add("<p>x</p>", "Meeting ID: 123 456 7890", "Join the meeting · Parlor", true, false)
	f.Fuzz(func(t *testing.T, person, dialIn, footer string, isHTML, top bool) {
		w := Wording{Footer: footer, DialIn: dialIn}.Tidy()
		if _, _, ok := Find(person, testOrigin); ok || len(w.Validate(testOrigin)) > 0 {
			return
		}
		b := Render(testInRoom, testRoom, testOrigin, w, true)
		body := Insert(person, formatOf(isHTML), b, top)
		if got := Strip(body, testOrigin); got != person {
			t.Errorf("Insert made %q, Strip left %q of %q", body, got, person)
		}
		if !b.Fresh(body, testOrigin) {
			t.Errorf("not found as written in %q", body)
		}
		once := Replace(body, testOrigin, formatOf(isHTML), testBlock)
		if got := Strip(once, testOrigin); got != person {
			t.Errorf("Replace made %q, Strip left %q of %q", once, got, person)
		}
	})
}
