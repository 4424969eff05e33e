package parlortest

import (
	"strings"
	"testing"

	"parlor/internal/parlor"
)

var bodyCases = []calendarCase{
	{"body: what the person wrote is read", bodyRead},
	{"body: what is patched is stored", bodyStored},
	{"body: a block put in and taken out leaves the rest", bodyAround},
}

// bodies are texts that calendars have been seen to hold.
var bodies = map[string]string{
	"emoji":           "Lunch 🍜 with 👩‍👩‍👧 and 🇩🇪",
	"right to left":   "פגישה שבועית\nاجتماع أسبوعي \u200f(4)\u200e end",
	"white space":     "  two before\n\n\n\ttab  \n after  ",
	"quotes":          `"double" 'single' \ back \n & < > &amp; %20`,
	"odd characters":  "zero\u200bwidth, line\u2028separator, e\u0301, soft\u00adhyphen, \u00a0space",
	"a link":          "https://example.com/a?b=c&d=e#f <https://example.com/>",
	"separators":      "──────────\ntext\n----------\n_______",
	"eight kilobytes": strings.Repeat("All work and no play. ", 372),
	"html":            `<p>Hi <b>all</b>,</p><ul><li>one &amp; two</li></ul><br><a href="https://example.com/?a=1&amp;b=2">link</a>`,
	"html, long":      "<p>" + strings.Repeat("<b>x</b> 🍜<br>", 400) + "</p>",
}

func formatOf(name string) parlor.Format {
	if strings.HasPrefix(name, "html") {
		return parlor.HTML
	}
	return parlor.Text
}

func bodyRead(t *testing.T, w hands) {
	for name, body := range bodies {
		d := plain(name)
		d.Body, d.Format = body, formatOf(name)
		e := w.event(t, w.Add(t, d))
		check(t, name, w.same(e.Body, e.Format), w.same(body, d.Format))
		if d.Format == parlor.HTML {
			check(t, name+": format", e.Format, parlor.HTML)
		}
	}
}

func bodyStored(t *testing.T, w hands) {
	id := w.Add(t, plain("Plan"))
	for name, body := range bodies {
		w.patch(t, id, parlor.Patch{Body: &body, Format: formatOf(name)})
		got := w.Read(t, id)
		check(t, name, w.same(got.Body, got.Format), w.same(body, formatOf(name)))
		e := w.event(t, id)
		check(t, name+": read back", w.same(e.Body, e.Format), w.same(body, formatOf(name)))
	}
}

// bodyAround goes by the format that the service keeps: a text may have become HTML, where a block is put in another way.
func bodyAround(t *testing.T, w hands) {
	for name, body := range bodies {
		d := plain(name)
		d.Body, d.Format = body, formatOf(name)
		id := w.Add(t, d)
		before := w.event(t, id)
		with := putIn(before)
		w.patch(t, id, parlor.Patch{Body: &with, Format: before.Format})
		e := w.event(t, id)
		without := takeOut(e)
		check(t, name+": block is found", without != e.Body, true)
		w.patch(t, id, parlor.Patch{Body: &without, Format: e.Format})
		got := w.Read(t, id)
		check(t, name, w.same(got.Body, got.Format), w.same(body, d.Format))
	}
}

const (
	origin = "https://parlor.example"
	link   = origin + "/j/1234567890?pwd=x&omn=12345678901"
	block  = "\n──────────\nJoin: " + link + "\n──────────\n"
)

// putIn writes a block into the middle of a text, and below what is HTML.
func putIn(e parlor.Event) string {
	if e.Format == parlor.HTML {
		return parlor.Insert(e.Body, e.Format, parlor.Block{Lines: []string{link}, Link: link}, false)
	}
	half := strings.Index(e.Body, " ") + 1
	return e.Body[:half] + block + e.Body[half:]
}

func takeOut(e parlor.Event) string {
	if e.Format == parlor.HTML {
		return parlor.Strip(e.Body, origin)
	}
	return strings.Replace(e.Body, block, "", 1)
}
