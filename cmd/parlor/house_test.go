package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"parlor/internal/fake/calendar"
	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

const ada, bob = "ada@example.com", "bob@example.com"

// house is the whole product, wired as it is for people, over a real Redis and the stand-ins.
type house struct {
	*demoRun
	t testing.TB
}

func newHouse(t testing.TB, changes ...func(*config)) *house {
	t.Helper()
	return newHouseAt(t, time.Now, changes...)
}

func newHouseAt(t testing.TB, now func() time.Time, changes ...func(*config)) *house {
	t.Helper()
	return furnished(t, &demoRun{}, now, changes...)
}

// newHouseBehind is a house with another video system behind the door.
func newHouseBehind(t testing.TB, rooms parlor.Kind, now func() time.Time) *house {
	t.Helper()
	d := &demoRun{}
	return furnished(t, d, now, func(c *config) { c.rooms = d.videos()[rooms].config })
}

func furnished(t testing.TB, d *demoRun, now func() time.Time, changes ...func(*config)) *house {
	t.Helper()
	if test, ok := t.(*testing.T); ok {
		test.Parallel() // a house waits more than it works
	}
	h := &house{demoRun: d, t: t}
	dir := storetest.Start(t, "--port", "0", "--unixsocket", "redis.sock")
	t.Cleanup(h.stop)
	if err := h.open("127.0.0.1:0", "unix://"+filepath.Join(dir, "redis.sock"), now, changes...); err != nil {
		t.Fatal(err)
	}
	h.until("redis answers", func() bool { return h.app.store.Ready(t.Context()) == nil })
	return h
}

// person is somebody with a browser, and a calendar at one service.
type person struct {
	*house
	email  string
	client *http.Client
	world  *calendar.World // where they write events by hand
}

// arrive signs a person in through Google's page, all the way a browser would go.
func (h *house) arrive(email string) *person {
	h.t.Helper()
	p := h.visitor(email)
	p.goes("/signin/google")
	return p
}

// visitor is somebody with an empty browser who, asked by a service who they are, says so and agrees.
func (h *house) visitor(email string) *person {
	h.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	p := &person{house: h, email: email, client: &http.Client{Jar: jar, Timeout: 10 * time.Second}, world: h.world}
	p.client.CheckRedirect = func(req *http.Request, _ []*http.Request) error {
		to := req.URL.String()
		if q := req.URL.Query(); strings.HasPrefix(to, h.zoom) && q.Get("picked") == "" {
			q.Set("picked", email)
			req.URL.RawQuery = q.Encode()
		}
		outside := strings.HasPrefix(to, h.google) || strings.HasPrefix(to, h.microsoft) || strings.HasPrefix(to, h.oidc)
		if outside && req.URL.Query().Get("approve") == "" {
			q := req.URL.Query()
			q.Set("login_hint", email)
			q.Set("approve", "1")
			req.URL.RawQuery = q.Encode()
		}
		return nil
	}
	return p
}

// goes follows an address of the portal to the end, which must be no problem.
func (p *person) goes(path string) {
	p.t.Helper()
	if at, status, body := p.follows(path); status != http.StatusOK || strings.Contains(at.RawQuery, "problem") {
		p.t.Fatalf("%s ended at %s with %d:\n%.2000s", path, at, status, body)
	}
}

func (p *person) follows(path string) (at *url.URL, status int, body string) {
	p.t.Helper()
	resp, err := p.client.Get(p.portal + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, _ := io.ReadAll(resp.Body)
	return resp.Request.URL, resp.StatusCode, string(raw)
}

// settled is arrive, and then waiting until the first list of the calendar is done.
func (h *house) settled(email string) *person {
	h.t.Helper()
	p := h.arrive(email)
	p.until("the first pass is over", func() bool { return p.listed("google") })
	return p
}

// listed says whether a calendar of a service has been read.
func (p *person) listed(service string) bool {
	for _, c := range p.get("/v1/calendars")["calendars"].([]any) {
		if c := c.(map[string]any); c["service"] == service && c["on"] == true && c["state"] == "ok" {
			return true
		}
	}
	return false
}

// until polls for what happens in another goroutine; the deadline is no measure of speed.
func (h *house) until(what string, done func() bool) {
	h.t.Helper()
	h.untilWithin(20*time.Second, what, done)
}

func (h *house) untilWithin(d time.Duration, what string, done func() bool) {
	h.t.Helper()
	deadline := time.Now().Add(d)
	for !done() {
		if time.Now().After(deadline) {
			h.t.Fatalf("waited in vain until %s", what)
		}
		time.Sleep(25 * time.Millisecond)
	}
}

func (p *person) call(method, path string, body any, headers ...string) (int, map[string]any, http.Header) {
	p.t.Helper()
	var payload io.Reader = http.NoBody
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			p.t.Fatal(err)
		}
		payload = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(context.Background(), method, p.portal+path, payload)
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := p.client.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	var out map[string]any
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	if len(raw) > 0 && json.Unmarshal(raw, &out) != nil {
		p.t.Fatalf("%s %s answered no JSON: %.500s", method, path, raw)
	}
	return resp.StatusCode, out, resp.Header
}

func (p *person) get(path string) map[string]any {
	p.t.Helper()
	status, out, _ := p.call(http.MethodGet, path, nil)
	if status != http.StatusOK {
		p.t.Fatalf("GET %s: %d %v", path, status, out)
	}
	return out
}

// set changes settings as a client does.
func (p *person) set(fields map[string]any) {
	p.t.Helper()
	_, _, h := p.call(http.MethodGet, "/v1/settings", nil)
	status, out, _ := p.call(http.MethodPut, "/v1/settings", fields, "If-Match", h.Get("ETag"))
	if status != http.StatusOK {
		p.t.Fatalf("PUT /v1/settings: %d %v", status, out)
	}
}

// tomorrow is a time in the coming working hours, far from the seeded week.
func tomorrow(hour int) time.Time {
	return time.Now().UTC().AddDate(0, 1, 0).Truncate(24 * time.Hour).Add(time.Duration(hour) * time.Hour)
}

func fields(title string, start time.Time, more ...any) calendar.Fields {
	f := calendar.Fields{
		"summary": title,
		"start":   map[string]any{"dateTime": start.Format(time.RFC3339), "timeZone": "Europe/London"},
		"end":     map[string]any{"dateTime": start.Add(time.Hour).Format(time.RFC3339), "timeZone": "Europe/London"},
	}
	for i := 0; i < len(more); i += 2 {
		f[more[i].(string)] = more[i+1]
	}
	return f
}

// adds is the person adding an event by hand in their calendar.
func (p *person) adds(f calendar.Fields) string {
	p.t.Helper()
	e, err := p.world.Insert(p.email, "", f, calendar.Write{})
	if err != nil {
		p.t.Fatal(err)
	}
	return e.ID
}

// edits is the person changing an event by hand.
func (p *person) edits(id string, f calendar.Fields) {
	p.t.Helper()
	if _, err := p.world.Patch(p.email, id, f, calendar.Write{}); err != nil {
		p.t.Fatal(err)
	}
}

func (p *person) event(id string) calendar.Event {
	p.t.Helper()
	e, err := p.world.Event(p.email, id)
	if err != nil {
		p.t.Fatal(err)
	}
	return e
}

func (p *person) text(id, field string) string {
	s, _ := p.event(id).Fields[field].(string)
	return s
}

// linked waits until an event has a join link, and reads it.
func (p *person) linked(id string) parlor.Link {
	p.t.Helper()
	var link parlor.Link
	p.until("event "+id+" has a link", func() (ok bool) {
		_, link, ok = parlor.Find(p.text(id, "description"), p.portal)
		return ok
	})
	return link
}

// quiet waits until nothing is queued and no pass is under way.
func (p *person) quiet() {
	p.t.Helper()
	last := -1
	still := 0
	p.until("nothing moves any more", func() bool {
		n := len(p.fake.Calls()) + len(p.graph.Calls())
		if n == last {
			still++
		} else {
			last, still = n, 0
		}
		time.Sleep(30 * time.Millisecond)
		return still > 32
	})
}

// told waits until Activity holds all these words: an entry is written after the event.
func (p *person) told(words ...string) {
	p.t.Helper()
	p.until(fmt.Sprintf("activity says %q", words), func() bool {
		log := p.activity()
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(log, w) })
	})
}

func (p *person) activity() string {
	return fmt.Sprint(p.get("/v1/activity")["activity"])
}

// TestMain runs the tests, or, when the binary is started under the name of parlor, the product itself: so the tests of
// the verbs start real processes.
func TestMain(m *testing.M) {
	if os.Getenv("PARLOR_LOG") == "" {
		slog.SetDefault(slog.New(slog.DiscardHandler))
	}
	testscript.Main(m, map[string]func(){"parlor": main})
}
