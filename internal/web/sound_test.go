package web

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"parlor/internal/parlor"
)

const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// hostile is what people and their calendars could put into any text.
const hostile = `</h3><script>alert(1)</script><img src=x onerror=alert(2)> "🎉" مرحبا`

// TestEveryPageIsSound looks at each page as a browser and a screen reader do.
func TestEveryPageIsSound(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.calendars()
		m := h.meeting(parlor.InRoom, hostile, noon.Add(time.Hour))
		must(t, h.st.Log(t.Context(), h.acct, parlor.Entry{At: noon, Title: hostile, Action: "keep", Text: hostile}))
		h.person("bob@example.com", hostile)
		leads(t, h.post("/settings/delegates", url.Values{"email": {"bob@example.com"}}), "/settings?done=delegate")
		stale := url.Values{"etag": {"old"}, "keyword": {hostile}}
		for name, page := range map[string]*httptest.ResponseRecorder{
			"meetings": h.get("/meetings"), "room": h.get("/meetings/room"), "remove": h.get("/meetings/" + m.Number + "/remove"),
			"settings": h.get("/settings?done=saved"), "faults": h.post("/settings", h.faulty()), "stale": h.post("/settings", stale),
			"calendars": h.get("/calendars"), "activity": h.get("/activity"), "devices": h.get("/devices"), "apps": h.get("/apps"), "lost": h.get("/nowhere"),
			"consent": h.get("/oauth/authorize?" + asked().Encode()), "strange app": h.get("/oauth/authorize?client_id=x"),
			"delegate": h.post("/settings/delegates", url.Values{"email": {hostile}}),
			"nobody":   h.get("/settings/people?removed=" + url.QueryEscape(hostile) + "&search=" + url.QueryEscape(hostile)),
			"people":   h.post("/settings/people", url.Values{"address": {hostile}}),
			"profile":  h.get("/profile"), "edit": h.post("/profile/room", url.Values{"pmi": {hostile}, "personal_link": {hostile}}),
			"confirm": h.post("/profile/room", url.Values{"rotate": {"true"}}), "grace": h.get("/profile/grace"), "apply": h.get("/settings/apply"),
			"past": h.get("/meetings/past"), "meeting": h.get("/meetings/" + m.Number), "start": h.get("/start"), "started": h.get("/start/" + m.Number),
			"schedule": h.get("/meetings/new"), "not scheduled": h.post("/meetings/new", url.Values{"title": {hostile}, "date": {hostile}, "guests": {hostile}}),
			"sign-in": h.signedOut().get("/?problem=domain&return=/settings"),
		} {
			t.Run(name, func(t *testing.T) { checkPage(t, page) })
		}
	})
}

func (h *house) signedOut() *house {
	out := *h
	out.session = nil
	return &out
}

func (h *house) faulty() url.Values {
	_, etag := h.settings()
	return url.Values{"etag": {etag}, "keyword": {hostile}, "guard.buffer_minutes": {"soon"}, "auto_add": {"sometimes"}}
}

func checkPage(t *testing.T, page *httptest.ResponseRecorder) {
	t.Helper()
	if got := page.Header().Get("Content-Security-Policy"); strings.TrimSuffix(got, "; manifest-src 'self'") != policy {
		t.Errorf("policy %q", got)
	}
	if got := page.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control %q", got)
	}
	doc, err := html.Parse(page.Body)
	must(t, err)
	p := readPage(doc)
	if p.count["h1"] != 1 || p.count["main"] != 1 || p.count["title"] != 1 {
		t.Errorf("elements: %v", p.count)
	}
	if p.count["script"] != 1 || p.count["style"] != 0 {
		t.Errorf("%d scripts and %d styles, want the page's own script only", p.count["script"], p.count["style"])
	}
	for _, fault := range p.faults() {
		t.Error(fault)
	}
}

// read is what a page is made of.
type read struct {
	count    map[string]int
	ids      map[string]int
	refs     []string        // ids that something refers to
	labelled map[string]bool // ids of controls with a <label>
	controls []map[string]string
	bad      []string
}

func readPage(doc *html.Node) *read {
	p := &read{count: map[string]int{}, ids: map[string]int{}, labelled: map[string]bool{}}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			p.element(n)
		}
	}
	return p
}

func (p *read) element(n *html.Node) {
	p.count[n.Data]++
	attrs := map[string]string{"": n.Data}
	for _, a := range n.Attr {
		attrs[a.Key] = a.Val
		switch {
		case strings.HasPrefix(a.Key, "on"), a.Key == "style", strings.HasPrefix(strings.TrimSpace(a.Val), "javascript:"):
			p.bad = append(p.bad, "inline script or style: "+n.Data+" "+a.Key)
		case a.Key == "id":
			p.ids[a.Val]++
		case a.Key == "for":
			p.refs, p.labelled[a.Val] = append(p.refs, a.Val), true
		case a.Key == "aria-describedby" || a.Key == "aria-labelledby":
			p.refs = append(p.refs, strings.Fields(a.Val)...)
		case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
			p.refs = append(p.refs, a.Val[1:])
		}
	}
	switch n.Data {
	case "input", "select", "textarea":
		p.controls = append(p.controls, attrs)
	case "img":
		if _, ok := attrs["alt"]; !ok {
			p.bad = append(p.bad, "img without alt")
		}
	case "script":
		if attrs["src"] == "" {
			p.bad = append(p.bad, "inline script")
		}
	case "html":
		if attrs["lang"] == "" {
			p.bad = append(p.bad, "no lang")
		}
	}
}

func (p *read) faults() []string {
	faults := p.bad
	for id, n := range p.ids {
		if n > 1 {
			faults = append(faults, "id twice: "+id)
		}
	}
	for _, ref := range p.refs {
		if p.ids[ref] == 0 {
			faults = append(faults, "refers to nothing: "+ref)
		}
	}
	for _, c := range p.controls {
		if c["type"] != "hidden" && c["aria-label"] == "" && !p.labelled[c["id"]] {
			faults = append(faults, "control without a label: "+c["name"])
		}
	}
	return faults
}
