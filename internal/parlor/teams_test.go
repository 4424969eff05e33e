package parlor

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var teamsLine = strings.Repeat("_", 80)

// teamsText and teamsHTML are shaped as Teams writes its invitation; the recorded ones are in the shared data.
var (
	teamsText = teamsLine + "\nMicrosoft Teams-Besprechung\nJetzt an der Besprechung teilnehmen<https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0>\n" + teamsLine
	teamsHTML = `<div class="me-email-text" lang="ja"><div aria-hidden="true">` + "\n" + teamsLine + `</div><div><span>Microsoft Teams</span></div>` +
		`<a href="https://teams.microsoft.com/meet/77201242156665?p=x" id="meet_invite_block.action.join_link">会議に参加</a><div>` + teamsLine + "</div></div>"
)

func TestInsertStandsAboveTeams(t *testing.T) {
	text, html := textBlock(testBlock), htmlBlock(testBlock)
	tests := map[string]struct{ body, want string }{
		"text":               {"Agenda\n\n" + teamsText, "Agenda\n\n\n\n" + text + "\n\n" + teamsText},
		"text below":         {teamsText + "\nNotes", text + "\n\n" + teamsText + "\nNotes"},
		"HTML":               {"<body><p>Agenda</p>" + teamsHTML + "</body>", "<body><p>Agenda</p><br><br>" + html + "<br><br>" + teamsHTML + "</body>"},
		"HTML, nothing else": {"<body>\n" + teamsHTML + "</body>", "<body>\n" + html + "<br><br>" + teamsHTML + "</body>"},
		"in a cell":          {"<table><tr><td>" + teamsHTML + "</td></tr></table>", "<table><tr><td>" + html + "<br><br>" + teamsHTML + "</td></tr></table>"},
		"links taken away":   {"Hi\nJoin Microsoft Teams Meeting\nConference ID: 926 977 383#", "Hi\n\n\n" + text + "\n\nJoin Microsoft Teams Meeting\nConference ID: 926 977 383#"},
		"a link in a sentence": {
			"Use https://teams.microsoft.com/l/meetup-join/19%3a/0 today", "Use https://teams.microsoft.com/l/meetup-join/19%3a/0 today\n\n" + text,
		},
		"a line of the person's own": {"a\n" + teamsLine + "\nb", "a\n" + teamsLine + "\nb\n\n" + text},
		"Zoom below a line":          {teamsLine + "\n" + zoomBlock, teamsLine + "\n" + zoomBlock + "\n\n" + text},
	}
	for name, tt := range tests {
		got := Replace(tt.body, testOrigin, GuessFormat(tt.body), testBlock)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		if again := Replace(got, testOrigin, GuessFormat(tt.body), otherBlock); Strip(again, testOrigin) != tt.body {
			t.Errorf("%s: replaced and stripped it is %q", name, Strip(again, testOrigin))
		}
	}
}

func TestWhatAPersonWroteAboveTheBlockKeepsItsLine(t *testing.T) {
	body := "Hello\n\n" + Insert(teamsText, Text, testBlock, true)
	if got := Strip(body, testOrigin); got != "Hello\n\n"+teamsText {
		t.Errorf("left %q", got)
	}
}
