package caldav

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
)

// lines makes a calendar object of one event.
func lines(own ...string) string {
	all := append([]string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", "BEGIN:VEVENT", "UID:u", "DTSTAMP:20260101T000000Z", "DTSTART:20310303T090000Z",
	}, own...)
	return strings.Join(append(all, "END:VEVENT", "END:VCALENDAR", ""), "\r\n")
}

// hard are events that are written in ways of their own.
var hard = map[string]string{
	"nothing but a time":       lines(),
	"empty lines":              lines("LOCATION:", "DESCRIPTION:"),
	"parameters":               lines(`DESCRIPTION;LANGUAGE=en;X-A="b;c:d":Text`, "SEQUENCE:7", "LAST-MODIFIED:20260101T000000Z"),
	"unescaped text":           lines(`DESCRIPTION:one, two; three \: four \N five`, `LOCATION:Room 4, Main St`),
	"long folded line":         lines("DESCRIPTION:" + strings.Repeat("äöü", 20) + "\r\n " + strings.Repeat("ß", 30) + "\r\n \r\n x"),
	"a fold within a letter":   lines("DESCRIPTION:caf\xc3\r\n \xa9 Europa"),
	"alarms and own":           lines("DESCRIPTION:x", "X-FOO;X-BAR=1:a\\,b", "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Soon", "TRIGGER:-PT5M", "END:VALARM"),
	"a line that is none":      lines("DESCRIPTION:x", "this is no property", "SUMMARY:y"),
	"bare line feeds":          strings.ReplaceAll(lines("DESCRIPTION:a\\nb", "LOCATION:"), "\r\n", "\n"),
	"lower case":               strings.NewReplacer("DESCRIPTION", "description", "LOCATION", "Location").Replace(lines("DESCRIPTION:x", "LOCATION:y")),
	"text as HTML, too":        lines("DESCRIPTION:Hello", "X-ALT-DESC;FMTTYPE=text/html:<html><body><p>Hello\\, you</p></body></html>"),
	"styled":                   lines("DESCRIPTION:Hello", "STYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=text/html:<p>Hello</p>"),
	"Thunderbird's HTML":       lines(`DESCRIPTION;ALTREP="data:text/html,%3Cp%3EHello%2C%20you%3C%2Fp%3E":Hello\, you`),
	"another's conference":     lines("CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+123", "CONFERENCE;VALUE=URI:https://zoom.us/j/1234567890"),
	"no line end at the end":   strings.TrimSuffix(lines("DESCRIPTION:x"), "\r\n"),
	"two megabytes":            lines("DESCRIPTION:x", "ATTACH;ENCODING=BASE64;VALUE=BINARY:"+strings.Repeat("QUJD", 500_000)),
	"tabs for folds":           lines("DESCRIPTION:one\r\n\ttwo", "COMMENT:a\r\n\tb"),
	"an occurrence of its own": lines("RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:s", "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20260101T000000Z\r\nRECURRENCE-ID:20310310T090000Z\r\nDTSTART:20310310T100000Z"),
}

func TestWhatIsNotOursComesBack(t *testing.T) {
	for name, text := range hard {
		t.Run(name, func(t *testing.T) {
			p := testPort()
			for _, of := range parts(t, parsed(t, p, text)) {
				with := injected(t, p, text, of)
				if twice := injected(t, p, with, of); strings.Count(twice, "\nCONFERENCE;VALUE=URI;FEATURE=AUDIO") > strings.Count(with, "\nCONFERENCE;VALUE=URI;FEATURE=AUDIO") {
					t.Error("a second conference of ours")
				}
				if diff := cmp.Diff(written(text), written(stripped(t, p, with, of))); diff != "" {
					t.Errorf("event %q (-before +after):\n%.3000s", of, diff)
				}
			}
		})
	}
}

// TestALoneBackslashIsEscaped: behind it our own text would be read otherwise.
func TestALoneBackslashIsEscaped(t *testing.T) {
	p := testPort()
	without := stripped(t, p, injected(t, p, lines(`DESCRIPTION:C:\`), ""), "")
	if !strings.Contains(without, `DESCRIPTION:C:\\`) {
		t.Errorf("left is\n%s", without)
	}
}

func TestTheLinkIsWhereProgramsLook(t *testing.T) {
	for name, wants := range map[string][]string{
		"text as HTML, too":  {"X-ALT-DESC;FMTTYPE=text/html:<html><body><p>Hello\\, you</p><br>", "</body></html>", "href=\"" + testOrigin},
		"styled":             {"STYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=text/html:<p>Hello</p><br>", "href=\"" + testOrigin},
		"Thunderbird's HTML": {`ALTREP="data:text/html,%3Cp%3EHello%2C%20you%3C%2Fp%3E%3Cbr%3E`, "%3Ca%20href="},
		"empty lines":        {"LOCATION:" + testOrigin, "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Parlor:" + testOrigin, "X-PARLOR:v1 n=12345678901"},
		"nothing but a time": {"X-PARLOR;X-ADDED=DESCRIPTION.LOCATION:v1"},
		"parameters":         {`DESCRIPTION;LANGUAGE=en;X-A="b;c:d":Text\n\n──────────`, "SEQUENCE:7", "DTSTAMP:20310224T120000Z", "LAST-MODIFIED:20310224T120000Z"},
	} {
		with := unfold(injected(t, testPort(), hard[name], ""))
		for _, want := range wants {
			if !strings.Contains(with, want) {
				t.Errorf("%s: no %s in\n%s", name, want, with)
			}
		}
	}
}

func TestANewBlockReplacesTheOldOneEverywhere(t *testing.T) {
	p := testPort()
	with := injected(t, p, hard["text as HTML, too"], "")
	o := parsed(t, p, with)
	e := p.event(parlor.EventRef{}, o, *o.master)
	moved := parlor.Render(parlor.Meeting{Number: "98765432109", Kind: parlor.OneTime}, parlor.Room{Secret: make([]byte, 32)}, testOrigin, parlor.Wording{}, true)
	body := parlor.Replace(e.Body, testOrigin, e.Format, moved)
	again := unfold(p.rewritten(o, *o.master, parlor.Patch{Body: &body, Format: e.Format, Location: &moved.Link}))
	if strings.Contains(again, "12345678901?") || strings.Contains(again, "omn=12345678901") {
		t.Errorf("the old link is left in\n%s", again)
	}
	if n := strings.Count(again, "/j/98765432109"); n != 5 { // description, its HTML twice, place and conference
		t.Errorf("the new link is there %d times in\n%s", n, again)
	}
}

func TestNothingIsWrittenWhereNothingChanges(t *testing.T) {
	p := testPort()
	o := parsed(t, p, hard["unescaped text"])
	e := p.event(parlor.EventRef{}, o, *o.master)
	if got := p.rewritten(o, *o.master, parlor.Patch{Body: &e.Body, Format: e.Format, Location: &e.Location, Stamp: new("")}); got != o.text {
		t.Errorf("written as\n%s", got)
	}
}

func FuzzRespell(f *testing.F) {
	for _, seed := range []string{"", `a\,b`, `\`, `\\n`, "ü\\;", `x\:y`} {
		f.Add(seed, unescape(seed)+"\n\nmore, and \\ more")
	}
	f.Fuzz(func(t *testing.T, raw, text string) {
		text = strings.ReplaceAll(text, "\r", "")
		raw = strings.Map(func(r rune) rune {
			if r == '\n' || r == '\r' {
				return -1
			}
			return r
		}, raw)
		if got := unescape(textValue.respell(raw, text)); got != text {
			t.Errorf("%q became %q, want %q", raw, got, text)
		}
		if got := textValue.respell(raw, unescape(raw)); got != raw {
			t.Errorf("unchanged, %q became %q", raw, got)
		}
	})
}

func FuzzParseObject(f *testing.F) {
	for _, text := range hard {
		if len(text) < 10_000 {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := testPort()
		for _, e := range p.events("/a/", "x.ics", text) {
			if e.Ref.ID == "" {
				t.Error("an event without a reference")
			}
		}
		o, err := parseObject(text, p.zone, p.atlas)
		if err != nil || o.master == nil {
			return
		}
		with := p.rewritten(o, *o.master, parlor.Patch{Stamp: new("v1 n=12345678901")})
		if _, err := parseObject(with, p.zone, p.atlas); err != nil {
			t.Errorf("written, it cannot be read: %v\n%q", err, with)
		}
	})
}
