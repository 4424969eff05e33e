package microsoft

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"parlor/internal/parlor"
)

const rule = "________________________________________________________________________________"

// blobs are the shapes in which Teams has left its block in a body.
var blobs = map[string]string{
	"as Teams writes it": "<p>Hi</p><div>" + rule + `</div><a href="https://teams.microsoft.com/l/meetup-join/19%3ameeting_x" id="meet_invite_block.action.join_link">Join</a><div>` + rule + "</div>",
	"of 2026":            "<div>" + rule + `</div><a href="https://teams.microsoft.com/meet/77201242156665?p=TPl3">Gå med</a><div>` + rule + "</div>",
	"without its lines":  `<a href="https://teams.live.com/meet/9312345678901?p=x">Join</a>`,
	"behind SafeLinks":   `<a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fteams.microsoft.com%2Fl%2Fmeetup-join&amp;data=x">Join</a>`,
	"without its links":  "Join Microsoft Teams Meeting<br>Conference ID: 926 977 383#<br>",
	"of a government":    `<a href="https://dod.teams.microsoft.us/l/meetup-join/1">Join</a>`,
	"of Skype":           `<a href="https://meet.lync.com/example/ada/ABC123">Join</a>`,
}

var ours = parlor.Block{Lines: []string{"https://parlor.example/j/1234567890"}, Link: "https://parlor.example/j/1234567890"}

func TestBlobsOfAnyShapeAreKept(t *testing.T) {
	for name, body := range blobs {
		keepsAndGuards(t, name, body)
	}
}

// keepsAndGuards puts our block around a body with an online meeting, and tries to lose the meeting's own.
func keepsAndGuards(t *testing.T, name, body string) {
	t.Helper()
	now := func(body string) answer {
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		return before(`,"isOnlineMeeting":true,"onlineMeeting":{"joinUrl":"https://teams.microsoft.com/l/meetup-join/1"},"body":{"contentType":"html","content":` + string(raw) + `}`)
	}
	for _, top := range []bool{true, false} {
		with := parlor.Insert(body, parlor.HTML, ours, top)
		cal, s := say(t, now(body), done, now(with), done)
		if err := cal.Patch(t.Context(), ref, `W/"7"`, parlor.Patch{Body: &with, Format: parlor.HTML}); err != nil {
			t.Fatalf("%s: put ours in: %v", name, err)
		}
		without := parlor.Strip(with, "https://parlor.example")
		if err := cal.Patch(t.Context(), ref, `W/"7"`, parlor.Patch{Body: &without, Format: parlor.HTML}); err != nil {
			t.Fatalf("%s: take ours out: %v", name, err)
		}
		all := s.all(t, 4)
		if sent(t, all[1].body) != with || sent(t, all[3].body) != body {
			t.Errorf("%s: what was sent is not what was meant", name)
		}
	}
	for how, lost := range map[string]string{"nothing": "", "a part": body[:len(body)/4], "another": strings.Map(shift, body)} {
		cal, s := say(t, now(body))
		if err := cal.Patch(t.Context(), ref, `W/"7"`, parlor.Patch{Body: &lost, Format: parlor.HTML}); !errors.Is(err, parlor.ErrConflict) {
			t.Errorf("%s: %s of it: %v", name, how, err)
		}
		s.all(t, 1)
	}
}

// shift changes every number.
func shift(r rune) rune {
	if r >= '0' && r <= '8' {
		return r + 1
	}
	if r == 'm' {
		return 'n'
	}
	return r
}

func sent(t *testing.T, raw string) string {
	t.Helper()
	var got struct{ Body struct{ Content string } }
	if err := json.Unmarshal([]byte(raw), &got); err != nil {
		t.Fatal(err)
	}
	return got.Body.Content
}

func TestABodyWithoutAMeetingIsFree(t *testing.T) {
	cal, _ := say(t, before(`,"isOnlineMeeting":false,"onlineMeeting":null,"body":{"contentType":"html","content":"<a href=\"https://teams.microsoft.com/l/meetup-join/1\">theirs</a>"}`), done)
	if err := cal.Patch(t.Context(), ref, `W/"7"`, parlor.Patch{Body: new("x"), Format: parlor.Text}); err != nil {
		t.Error(err)
	}
}
