package caldav

import (
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
)

const (
	testOrigin = "https://rooms.example.com"
	testLink   = testOrigin + "/j/2345678901?pwd=abcdefghijklmnopqrstuv&omn=12345678901"
)

// block is an invitation as the domain renders it.
func block() parlor.Block {
	room := parlor.Room{PMI: "2345678901", Passcode: "Abc23456", Secret: []byte("0123456789abcdef0123456789abcdef")}
	m := parlor.Meeting{Number: "12345678901", Kind: parlor.InRoom}
	return parlor.Render(m, room, testOrigin, parlor.Wording{Language: "en"}, true)
}

func testPort() *port {
	return &port{
		origin: testOrigin, zone: "Europe/Berlin", atlas: newAtlas(), self: map[string]bool{"ada@example.com": true}, batch: 3,
		now: func() time.Time { return time.Date(2031, 2, 24, 12, 0, 0, 0, time.UTC) },
	}
}

func parsed(t *testing.T, p *port, text string) object {
	t.Helper()
	o, err := parseObject(text, p.zone, p.atlas)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return o
}

// parts are the events of an object by their marks.
func parts(t *testing.T, o object) []string {
	t.Helper()
	var out []string
	if o.master != nil {
		out = append(out, "")
	}
	for _, c := range o.others {
		m, err := o.original(c)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, mark(m))
	}
	return out
}

// injected puts the link into one event of an object.
func injected(t *testing.T, p *port, text, of string) string {
	t.Helper()
	o := parsed(t, p, text)
	e := p.event(parlor.EventRef{}, o, *o.part(of))
	stamp := "v1 n=12345678901 k=pmi t=keyword h=0"
	change := parlor.Patch{Body: new(parlor.Insert(e.Body, e.Format, block(), false)), Format: e.Format, Stamp: &stamp}
	if strings.TrimSpace(e.Location) == "" {
		change.Location = new(block().Link)
	}
	return p.rewritten(o, *o.part(of), change)
}

// stripped takes it out again.
func stripped(t *testing.T, p *port, text, of string) string {
	t.Helper()
	o := parsed(t, p, text)
	e := p.event(parlor.EventRef{}, o, *o.part(of))
	return p.rewritten(o, *o.part(of), parlor.Decompose(e, testOrigin))
}

// written are the lines of a text without their folds, and without those that say when it was written.
func written(text string) []string {
	var out []string
	for _, l := range contentLines(text) {
		switch l.name {
		case "DTSTAMP", "LAST-MODIFIED":
			out = append(out, l.name)
		case "":
			out = append(out, strings.TrimRight(text[l.from:l.to], "\r\n"))
		default:
			out = append(out, l.head+":"+l.value)
		}
	}
	return out
}
