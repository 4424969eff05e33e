package parlor

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got), go test -update rewrites it:\n%s", path, diff)
	}
}

func TestInvitations(t *testing.T) {
	for _, language := range Languages {
		for _, f := range []Format{Text, HTML} {
			var all []string
			for _, m := range []Meeting{testInRoom, testOneTime} {
				for _, embed := range []bool{true, false} {
					all = append(all, Insert("", f, Render(m, testRoom, testOrigin, Wording{Language: language}, embed), false))
				}
			}
			golden(t, "invitation."+language+"."+string(f), strings.Join(all, "\n\n")+"\n")
		}
	}
}

func TestInvitationsNeverTellThePasscode(t *testing.T) {
	for _, language := range append(Languages, "xx", "") {
		for _, embed := range []bool{true, false} {
			b := Render(testInRoom, testRoom, testOrigin, Wording{Language: language}, embed)
			if text := Insert("", Text, b, false); strings.Contains(text, testRoom.Passcode) {
				t.Errorf("%s: %s", language, text)
			}
		}
	}
}

func TestEveryLanguageHasPhrases(t *testing.T) {
	for _, language := range Languages {
		if _, ok := phrasesIn[language]; !ok {
			t.Errorf("no phrases in %s", language)
		}
	}
	for tag, want := range map[string]string{"de-AT": "de", "JA": "ja", "pt-BR": "en", "": "en"} {
		got := Render(testInRoom, testRoom, testOrigin, Wording{Language: tag}, true)
		if diff := cmp.Diff(Render(testInRoom, testRoom, testOrigin, Wording{Language: want}, true), got); diff != "" {
			t.Errorf("%q is not written in %s:\n%s", tag, want, diff)
		}
	}
}

func TestAheadHasWordsWhereTheLinkWillBe(t *testing.T) {
	for _, language := range Languages {
		for _, kind := range []MeetingKind{InRoom, OneTime} {
			b := Ahead(kind, testRoom, Wording{Language: language}, true)
			text := Insert("", Text, b, true)
			if strings.Contains(text, "http") || !strings.Contains(text, phrasesIn[language].later) {
				t.Errorf("%s, %s: %s", language, kind, text)
			}
			if shown := strings.Contains(text, spaced(testRoom.PMI)); shown != (kind == InRoom) {
				t.Errorf("%s, %s: number shown %t in %s", language, kind, shown, text)
			}
		}
	}
}
