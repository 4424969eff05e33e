package mail

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
)

// every is one notice of each kind, in a language.
func every(language string) []Notice {
	zone := time.FixedZone("Asia/Tokyo", 9*3600)
	plain := Notice{Language: language, Origin: "https://rooms.example.com", Zone: zone}
	waiting, bare, reconnect, rewritten := plain, plain, plain, plain
	waiting.Kind, waiting.Meeting = Waiting, "Planning"
	waiting.Guests = []Guest{{"Grace", monday}, {"", monday.Add(time.Minute)}}
	bare.Kind, bare.Guests = Waiting, waiting.Guests
	reconnect.Kind, reconnect.Service = Reconnect, "Google"
	rewritten.Kind, rewritten.Events, rewritten.Kept = Rewritten, 40, 2
	return []Notice{waiting, bare, reconnect, rewritten}
}

var left = regexp.MustCompile(`%[!a-z]`)

func TestEveryNoticeHasWordsInEveryLanguage(t *testing.T) {
	english := map[string]bool{}
	for _, language := range parlor.Languages {
		for i, n := range every(language) {
			l := n.letter()
			html, err := l.html()
			if err != nil {
				t.Fatal(err)
			}
			for what, text := range map[string]string{"subject": l.Subject, "button": l.Button, "why": l.Why, "text": l.text(), "html": html} {
				if text == "" || left.MatchString(text) {
					t.Errorf("%s, notice %d: %s is %q", language, i, what, text)
				}
			}
			if language == "en" {
				english[l.Subject] = true
			} else if english[l.Subject] {
				t.Errorf("%s: notice %d has an English subject", language, i)
			}
			if !strings.Contains(html, `lang="`+language+`"`) || strings.Contains(l.text()+html, "pwd=") {
				t.Errorf("%s, notice %d:\n%s", language, i, html)
			}
		}
	}
}

func TestWaitingSaysWhoAndSinceWhenInTheHostsZone(t *testing.T) {
	text := every("en")[0].letter().text()
	for _, want := range []string{"“Planning”", "Grace, since 18:00 (Asia/Tokyo)", "Somebody without a name, since 18:01 (Asia/Tokyo)", "https://rooms.example.com/meetings"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in:\n%s", want, text)
		}
	}
}

func TestWhatGuestsTypeStaysText(t *testing.T) {
	n := every("en")[0]
	n.Meeting = "Plan\r\nBcc: all@example.com"
	n.Guests[0].Name = "<script>alert(1)</script>\n\u202eevil " + strings.Repeat("x", 500)
	l := n.letter()
	html, err := l.html()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(html, "<script") || strings.Contains(l.text(), "\u202e") || strings.Contains(l.text(), "\nBcc:") || strings.Contains(l.text(), strings.Repeat("x", 100)) {
		t.Errorf("%s\n%s", l.text(), html)
	}
}

func TestAnUnknownLanguageIsEnglish(t *testing.T) {
	if got, want := fmt.Sprint(every("tlh")[2].letter()), fmt.Sprint(every("en")[2].letter()); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
