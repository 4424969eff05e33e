package parlor

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	testBlock  = Render(testInRoom, testRoom, testOrigin, Wording{Language: "en"}, true)
	otherBlock = Render(testOneTime, testRoom, testOrigin, Wording{Language: "de"}, false)
	addedBlock = Render(testInRoom, testRoom, testOrigin, testWording, false)
)

// zoomBlock is how Zoom's add-on ends a description: with the same separators.
const zoomBlock = "──────────\n\nAda is inviting you.\n\nJoin Zoom Meeting\nhttps://zoom.us/j/12345678901?pwd=x\n\nMeeting ID: 123 4567 8901\n\n──────────"

func textBlock(b Block) string { return Insert("", Text, b, false) }
func htmlBlock(b Block) string { return Insert("", HTML, b, false) }

// lines of a block without its separators.
func bare(block, lineEnd string) string {
	return strings.TrimSuffix(strings.TrimPrefix(block, Separator+lineEnd), lineEnd+Separator)
}

// persons are texts that a person may have written.
var persons = []string{
	"", "Agenda\n1. tea\n2. cake", "ends with a break\n", "\n\n", " \t ", "──────────", zoomBlock,
	"<p>Agenda</p>", "Agenda<br>tea &amp; cake<br>", "<html><body>\r\n<div>Agenda</div>\r\n</body></html>",
	`<a href="`, "<b>open", "<!-- x", "emoji 🫖 שלום", "broken \xff\xfe bytes", "a\r", "a\r\n\r",
	testOrigin, testOrigin + "/j/", "https://", "https://zoom.us/j/12345678901", "Join the meeting · Parlor", "<br><br>", "<body><body></body>",
	teamsText, "Agenda" + teamsText, "Agenda\n" + teamsText + "\nNotes", "<body><p>Agenda</p>" + teamsHTML + "</body>", "Agenda<br>\n<br>\n" + teamsHTML,
	teamsHTML, "<table><tr><td>Agenda</td></tr><tr><td>" + teamsHTML + "</td></tr></table>", "Agenda<br><br>" + teamsHTML,
}

func TestStripUndoesInsert(t *testing.T) {
	for _, person := range persons {
		for _, f := range []Format{Text, HTML} {
			for _, top := range []bool{false, true} {
				for _, b := range []Block{testBlock, otherBlock, addedBlock} {
					body := Insert(person, f, b, top)
					if diff := cmp.Diff(person, Strip(body, testOrigin)); diff != "" {
						t.Errorf("%s, top %t: stripping %q:\n%s", f, top, body, diff)
					}
					if !b.Fresh(body, testOrigin) {
						t.Errorf("%s, top %t: the block is not found as written in %q", f, top, body)
					}
				}
			}
		}
	}
}

func TestInsertKeepsThePersonsText(t *testing.T) {
	block := textBlock(testBlock)
	if got := Insert("Agenda", Text, testBlock, false); got != "Agenda\n\n"+block {
		t.Errorf("below: %q", got)
	}
	if got := Insert("Agenda", Text, testBlock, true); got != block+"\n\nAgenda" {
		t.Errorf("on top: %q", got)
	}
	document := "<html><body class=\"x\">Agenda</body></html>"
	if got := Insert(document, HTML, testBlock, false); got != "<html><body class=\"x\">Agenda<br><br>"+htmlBlock(testBlock)+"</body></html>" {
		t.Errorf("below, in a document: %q", got)
	}
	if got := Insert(document, HTML, testBlock, true); got != "<html><body class=\"x\">"+htmlBlock(testBlock)+"<br><br>Agenda</body></html>" {
		t.Errorf("on top, in a document: %q", got)
	}
}

// wrapped is a link as Google's editor saves it.
func wrapped(link string) string {
	return "https://www.google.com/url?q=" + url.QueryEscape(link) + "&amp;sa=D&amp;source=calendar&amp;usg=AOvVaw1"
}

func TestFindAfterServicesRewroteIt(t *testing.T) {
	escaped := strings.ReplaceAll(testBlock.Link, "&", "&amp;")
	heading, number := testBlock.Lines[0], testBlock.Lines[2]
	safe := "https://eur01.safelinks.protection.outlook.com/?url=" + url.QueryEscape(testBlock.Link) + "&amp;data=05%7C02&amp;reserved=0"
	blocks := map[string]string{
		"as text":            textBlock(testBlock),
		"windows line ends":  strings.ReplaceAll(textBlock(testBlock), "\n", "\r\n"),
		"as HTML":            htmlBlock(testBlock),
		"closed br":          strings.ReplaceAll(htmlBlock(testBlock), "<br>", "<br />\n"),
		"br for newline":     strings.ReplaceAll(textBlock(testBlock), "\n", "<br>"),
		"escaped, no anchor": Separator + "<br>" + heading + "<br>" + escaped + "<br>" + number + "<br>" + Separator,
		"google": Separator + "<br>" + heading + `<br><a href="` + wrapped(testBlock.Link) + `" id="ow1" __is_owner="true" target="_blank">` +
			escaped + "</a><br>" + strings.ReplaceAll(number, " ", "&nbsp;") + "<br>" + Separator,
		"paragraphs": "<p>" + strings.Join([]string{Separator, heading, `<a class="x" href="` + escaped + `">` + escaped + "</a>", number, Separator}, "</p>\r\n<p>") + "</p>",
		"outlook": `<div class="elementToProof">` + strings.Join([]string{Separator, "Join the\r\nmeeting · Parlor", `<a href="` + safe + `" originalsrc="` + escaped +
			"\" data-auth=\"NotApplicable\">\r\n" + escaped + "</a>", "<span>Meeting ID:\r\n</span>234 567 8901", Separator}, "</div>\r\n<div>") + "</div>",
		"one span": "<span>" + htmlBlock(testBlock) + "</span>",
	}
	for name, block := range blocks {
		body := "<b>Agenda</b>" + block + "<i>Notes</i>"
		if !strings.HasPrefix(block, "<p") && !strings.HasPrefix(block, "<div") {
			body = "<b>Agenda</b><br><br>" + block + "<br><br><i>Notes</i>"
		}
		_, link, ok := Find(body, testOrigin)
		if !ok || link.Number != testInRoom.Number {
			t.Errorf("%s: found %+v, %t", name, link, ok)
		}
		if !testBlock.Fresh(body, testOrigin) {
			t.Errorf("%s: read as stale", name)
		}
		rest := Strip(body, testOrigin)
		for _, ours := range append([]string{Separator, "parlor.example", "safelinks"}, heading, number) {
			if strings.Contains(rest, ours) || !strings.HasPrefix(rest, "<b>Agenda</b>") || !strings.HasSuffix(rest, "<i>Notes</i>") {
				t.Errorf("%s: stripping left %q", name, rest)
			}
		}
		if opens, closes := len(anyTag.FindAllString(rest, -1)), strings.Count(rest, "</"); opens-closes-strings.Count(rest, "<br>") != closes {
			t.Errorf("%s: tags out of balance in %q", name, rest)
		}
	}
}

func TestFreshSeesWhatChanged(t *testing.T) {
	body := Insert("Agenda", Text, testBlock, false)
	rotated := testRoom
	rotated.PasscodeVersion++
	stale := map[string]Block{
		"language": Render(testInRoom, testRoom, testOrigin, Wording{Language: "ja"}, true),
		"token":    Render(testInRoom, rotated, testOrigin, Wording{Language: "en"}, true),
		"no token": Render(testInRoom, testRoom, testOrigin, Wording{Language: "en"}, false),
		"number":   Render(testOneTime, testRoom, testOrigin, Wording{Language: "en"}, true),
	}
	for name, b := range stale {
		if b.Fresh(body, testOrigin) {
			t.Errorf("%s changed, and the old block counts as fresh", name)
		}
		if b.Hash() == testBlock.Hash() {
			t.Errorf("%s changed, the hash did not", name)
		}
	}
	doubled := Insert(body, Text, testBlock, true)
	if testBlock.Fresh(doubled, testOrigin) || testBlock.Fresh("Agenda", testOrigin) || testBlock.Fresh(testBlock.Link, testOrigin) {
		t.Error("two blocks, none, or a bare link count as fresh")
	}
}

func TestFindIgnoresWhatIsNotOurs(t *testing.T) {
	foreign := strings.ReplaceAll(textBlock(testBlock), testOrigin, "https://other.example")
	for _, body := range []string{"", "Agenda", zoomBlock, foreign, testOrigin, testOrigin + "/settings"} {
		if at, link, ok := Find(body, testOrigin); ok {
			t.Errorf("found %v, %+v in %q", at, link, body)
		}
		if got := Strip(body, testOrigin); got != body {
			t.Errorf("stripping %q left %q", body, got)
		}
	}
}

func TestForeignBlocksStay(t *testing.T) {
	ours := textBlock(testBlock)
	tests := map[string]struct{ body, want string }{
		"zoom above":                    {zoomBlock + "\n\n" + ours, zoomBlock},
		"zoom below":                    {ours + "\n\n" + zoomBlock, zoomBlock},
		"zoom on both sides":            {zoomBlock + "\n\n" + ours + "\n\n" + zoomBlock, zoomBlock + "\n\n" + zoomBlock},
		"zoom above, upper one deleted": {zoomBlock + "\n\n" + strings.TrimPrefix(ours, Separator+"\n"), zoomBlock},
		"zoom below, lower one deleted": {strings.TrimSuffix(ours, "\n"+Separator) + "\n\n" + zoomBlock, zoomBlock},
		"both deleted":                  {zoomBlock + "\n\n" + bare(ours, "\n") + "\n\n" + zoomBlock, zoomBlock + "\n\n" + zoomBlock},
		"text between":                  {zoomBlock + "\nAgenda\n" + bare(ours, "\n") + "\nNotes\n" + zoomBlock, zoomBlock + "\nAgenda\n\nNotes\n" + zoomBlock},
	}
	for name, tt := range tests {
		if diff := cmp.Diff(tt.want, Strip(tt.body, testOrigin)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestWhatAPersonChangedInTheBlockStays(t *testing.T) {
	heading, link, number := testBlock.Lines[0], testBlock.Link, testBlock.Lines[2]
	tests := map[string]struct{ body, want string }{
		"upper separator deleted":     {"Agenda\n\n" + strings.Join([]string{heading, link, number, Separator}, "\n") + "\n\nNotes", "Agenda\n\nNotes"},
		"lower separator deleted":     {"Agenda\n\n" + strings.Join([]string{Separator, heading, link, number}, "\n") + "\n\nNotes", "Agenda\n\nNotes"},
		"only the link left":          {"Agenda\n\n" + link, "Agenda"},
		"link in a sentence":          {"Come by or use " + link + ", please.", "Come by or use , please."},
		"anchor in a sentence":        {`Use <a href="` + link + `">this</a>.`, "Use ."},
		"a line added before the end": {strings.Join([]string{Separator, heading, link, number, "Bring cake", Separator}, "\n"), "\nBring cake\n" + Separator},
		"a line added on top":         {strings.Join([]string{Separator, "Bring cake", heading, link, number, Separator}, "\n"), Separator + "\nBring cake\n"},
	}
	for name, tt := range tests {
		if diff := cmp.Diff(tt.want, Strip(tt.body, testOrigin)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestReplace(t *testing.T) {
	old, fresh := textBlock(otherBlock), textBlock(testBlock)
	tests := map[string]struct{ body, want string }{
		"none":               {"Agenda", "Agenda\n\n" + fresh},
		"empty":              {"", fresh},
		"below":              {"Agenda\n\n" + old, "Agenda\n\n" + fresh},
		"on top":             {old + "\n\nAgenda", fresh + "\n\nAgenda"},
		"doubled":            {"Agenda\n\n" + old + "\n\nNotes\n\n" + fresh, "Agenda\n\n" + fresh + "\n\nNotes"},
		"sharing separators": {"Agenda\n\n" + old + strings.TrimPrefix(fresh, Separator), "Agenda\n\n" + fresh},
		"beside zoom":        {zoomBlock + "\n\n" + old + "\n\n" + zoomBlock, zoomBlock + "\n\n" + fresh + "\n\n" + zoomBlock},
		"separators deleted": {"Agenda\n\n" + bare(old, "\n") + "\n\nNotes", "Agenda\n\n" + fresh + "\n\nNotes"},
		"link in a sentence": {"Use " + otherBlock.Link + ".", "Use " + testBlock.Link + "."},
		"sentence and block": {"Use " + otherBlock.Link + ".\n\n" + old, "Use " + otherBlock.Link + ".\n\n" + fresh},
	}
	for name, tt := range tests {
		got := Replace(tt.body, testOrigin, Text, testBlock)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		if again := Replace(got, testOrigin, Text, testBlock); again != got {
			t.Errorf("%s: a second time it gives %q", name, again)
		}
	}
}

func TestReplaceInRewrittenHTML(t *testing.T) {
	old := strings.Split(bare(htmlBlock(otherBlock), "<br>"), "<br>")
	body := "<div>Agenda</div><p>" + strings.Join(append(append([]string{Separator}, old...), Separator), "</p><p>") + "</p>"
	want := "<div>Agenda</div><p>" + htmlBlock(testBlock) + "</p>"
	got := Replace(body, testOrigin, HTML, testBlock)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	anchor := `<b>Use <a href="` + otherBlock.Link + `">this</a></b>`
	if got := Replace(anchor, testOrigin, HTML, testBlock); got != "<b>Use "+testBlock.writeLink(HTML, true)+"</b>" {
		t.Errorf("link in a sentence: %q", got)
	}
}

func TestGuessFormat(t *testing.T) {
	tests := map[string]Format{
		"": Text, "Agenda": Text, "a < b > c": Text, "<https://zoom.us/j/1>": Text, "<ada@example.com>": Text, "x <y> z": Text,
		"a<br>b": HTML, "<P>a</P>": HTML, `<a href="x">y</a>`: HTML, "<html><body></body></html>": HTML, "<b>a": HTML, "a<br/>": HTML,
		htmlBlock(testBlock): HTML, textBlock(testBlock): Text,
	}
	for body, want := range tests {
		if got := GuessFormat(body); got != want {
			t.Errorf("GuessFormat(%q) = %s", body, got)
		}
	}
}

func fuzzBodies(f *testing.F) {
	for i, person := range persons {
		f.Add(person, i%2 == 0, i%3 == 0)
	}
	f.Add(Insert("Agenda", HTML, otherBlock, true), true, true)
	f.Add(Insert(textBlock(otherBlock), Text, otherBlock, true), false, true)
}

func formatOf(isHTML bool) Format {
	if isHTML {
		return HTML
	}
	return Text
}

func FuzzStripInsert(f *testing.F) {
	fuzzBodies(f)
	f.Fuzz(func(t *testing.T, person string, isHTML, top bool) {
		if _, _, ok := Find(person, testOrigin); ok {
			return // the promise is for texts without our link
		}
		body := Insert(person, formatOf(isHTML), testBlock, top)
		if got := Strip(body, testOrigin); got != person {
			t.Errorf("Insert made %q, Strip left %q of %q", body, got, person)
		}
	})
}

func FuzzReplace(f *testing.F) {
	fuzzBodies(f)
	f.Fuzz(func(t *testing.T, person string, isHTML, top bool) {
		body := Insert(person, formatOf(isHTML), otherBlock, top)
		once := Replace(body, testOrigin, formatOf(isHTML), testBlock)
		if twice := Replace(once, testOrigin, formatOf(isHTML), testBlock); twice != once {
			t.Errorf("Replace made %q, then %q", once, twice)
		}
		if strings.Count(once, testBlock.Lines[0]) > strings.Count(person, testBlock.Lines[0])+1 {
			t.Errorf("two blocks in %q", once)
		}
	})
}
