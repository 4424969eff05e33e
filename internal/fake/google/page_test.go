package google

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// open reads a page, following redirects.
func (s *site) visit(path string) string {
	s.t.Helper()
	res, err := http.Get(s.url + path)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.read(res, 200)
}

func (s *site) read(res *http.Response, status int) string {
	s.t.Helper()
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != status {
		s.t.Fatalf("status %d, want %d, %v: %s", res.StatusCode, status, err, body)
	}
	return html.UnescapeString(string(body))
}

// submit sends a form and reads the page it ends on.
func (s *site) submit(path string, status int, form url.Values) string {
	s.t.Helper()
	res, err := http.PostForm(s.url+path, form)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.read(res, status)
}

func (s *site) form(more url.Values) url.Values {
	f := url.Values{
		"user": {"ada@example.com"}, "title": {"By hand"}, "date": {"2026-11-25"}, "start": {"16:00"}, "end": {"16:30"},
		"zone": {"America/New_York"}, "location": {"Room 1"}, "description": {"Hello\r\nhttps://example.com/x"}, "guests": {"bob@example.com"},
	}
	for k, v := range more {
		f[k] = v
	}
	return f
}

func contains(t *testing.T, page string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(page, part) {
			t.Errorf("page lacks %q:\n%s", part, page)
		}
	}
}

func TestAddEditAndDeleteByHand(t *testing.T) {
	s, h := newSite(t), newHook(t)
	s.ok(s.call("POST", primary+"/watch", h.body("ch")))
	h.next(t)
	contains(t, s.visit("/"), "stand-in for Google Calendar", "Ada Lovelace", "/calendar?user=bob%40example.com")
	contains(t, s.submit("/calendar/save", 200, s.form(nil)), "By hand", "21:00 – 21:30", "16:00 – 16:30 America/New_York", `data-event-id="`, "Save event")
	if h.next(t).Get("X-Goog-Resource-State") != "exists" {
		t.Error("no push for an event added by hand")
	}
	e := s.ok(s.call("GET", primary, nil)).items()[0]
	id := calendar.Text(e, "id")
	contains(t, s.visit("/calendar?user=bob@example.com"), "By hand", "Invited by ada@example.com")
	link := strings.TrimPrefix(calendar.Text(e, "htmlLink"), s.url)
	contains(t, s.visit(link), "Wednesday 25 November 2026", `<a href="https://example.com/x"`)
	s.ok(s.call("PATCH", primary+"/"+id, calendar.Fields{"extendedProperties": calendar.Fields{"private": calendar.Fields{"k": "v"}}}))
	contains(t, s.submit("/calendar/save", 200, s.form(url.Values{"eid": {stage.EID(id, "ada@example.com")}, "title": {"Changed"}})), "Changed")
	now := s.ok(s.call("GET", primary+"/"+id, nil))
	if now.text("summary") != "Changed" || now.text("description") != "Hello\nhttps://example.com/x" || now.body["extendedProperties"] == nil {
		t.Errorf("after an edit: %v", now.body)
	}
	page := s.submit("/calendar/delete", 200, url.Values{"eid": {stage.EID(id, "ada@example.com")}})
	if strings.Contains(page, "Changed") {
		t.Error("deleted event is still shown")
	}
	if n := len(s.World().Mails()); n != 3 {
		t.Errorf("guests were mailed %d times, want 3", n)
	}
}

func TestOccurrencesByHand(t *testing.T) {
	s := newSite(t)
	s.submit("/calendar/save", 200, s.form(url.Values{"repeat": {"daily"}, "zone": {"Europe/London"}}))
	items := s.ok(s.call("GET", primary, nil)).items()
	id := calendar.Text(items[0], "id")
	second := stage.EID(id+"_20261126T160000Z", "ada@example.com")
	contains(t, s.visit("/calendar/event?eid="+second), "Delete this one", "Edit the whole series")
	contains(t, s.visit("/calendar/edit?eid="+second), `value="2026-11-26"`)
	s.submit("/calendar/save", 200, s.form(url.Values{"eid": {second}, "zone": {"Europe/London"}, "date": {"2026-11-26"}, "start": {"18:00"}, "end": {"19:00"}}))
	s.submit("/calendar/delete", 200, url.Values{"eid": {stage.EID(id+"_20261127T160000Z", "ada@example.com")}})
	page := s.visit("/calendar?user=ada@example.com")
	if got := strings.Count(page, ">By hand</a>"); got != 4 {
		t.Errorf("the week shows %d occurrences, want 4", got)
	}
	contains(t, page, "18:00 – 19:00")
	contains(t, s.visit("/calendar?user=ada@example.com&week=2026-12-01"), "1 December – 7 December 2026", "16:00 – 16:30")
	contains(t, s.submit("/calendar/delete", 200, url.Values{"eid": {stage.EID(id, "ada@example.com")}}), "Nothing.")
}

func TestThisAndFollowingAndDuplicateByHand(t *testing.T) {
	s := newSite(t)
	s.submit("/calendar/save", 200, s.form(url.Values{"repeat": {"daily"}, "zone": {"Europe/London"}}))
	id := calendar.Text(s.ok(s.call("GET", primary, nil)).items()[0], "id")
	third := stage.EID(id+"_20261127T160000Z", "ada@example.com")
	contains(t, s.visit("/calendar/edit?following=1&eid="+third), `name="following"`)
	page := s.submit("/calendar/save", 200, s.form(url.Values{"eid": {third}, "following": {"1"}, "zone": {"Europe/London"}, "date": {"2026-11-27"}, "title": {"Later on"}}))
	if a, b := strings.Count(page, ">By hand</a>"), strings.Count(page, ">Later on</a>"); a != 2 || b != 3 {
		t.Errorf("the seven days show %d old and %d new occurrences, want 2 and 3", a, b)
	}
	contains(t, s.submit("/calendar/copy", 200, url.Values{"eid": {stage.EID(id+"_20261125T160000Z", "ada@example.com")}}), "By hand")
	if seen, _ := s.pull(""); len(seen) != 3 {
		t.Errorf("calendar has %v", seen)
	}
}

func TestFormProblems(t *testing.T) {
	s := newSite(t)
	e := s.add("Hers", calendar.Fields{"attendees": calendar.List[any](calendar.Fields{"email": "bob@example.com"})})
	for name, c := range map[string]struct {
		change url.Values
		want   string
	}{
		"zone":      {url.Values{"zone": {"Moon"}}, "is not a time zone"},
		"time":      {url.Values{"start": {"noon"}}, "please give a date"},
		"guest":     {url.Values{"guests": {"nobody"}}, "not an e-mail address"},
		"last day":  {url.Values{"end_date": {"2026-11-20"}}, "ends before it starts"},
		"organiser": {url.Values{"user": {"bob@example.com"}, "eid": {stage.EID(e.text("id"), "bob@example.com")}}, "Only the organiser"},
	} {
		page := s.submit("/calendar/save", 422, s.form(c.change))
		if !strings.Contains(page, c.want) {
			t.Errorf("%s: no %q in %s", name, c.want, page)
		}
	}
}

func TestAllDayAndMeetByHand(t *testing.T) {
	s := newSite(t)
	s.submit("/calendar/save", 200, s.form(url.Values{"all_day": {"1"}, "meet": {"1"}, "guests": {""}}))
	e := s.ok(s.call("GET", primary, nil)).items()[0]
	if calendar.Text(e, "start", "date") != "2026-11-25" || calendar.Text(e, "end", "date") != "2026-11-26" || e["conferenceData"] == nil {
		t.Errorf("event: %v", e)
	}
	contains(t, s.visit("/calendar?user=ada@example.com"), "All day", "https://meet.google.com/")
	s.submit("/calendar/save", 200, s.form(url.Values{"eid": {stage.EID(calendar.Text(e, "id"), "ada@example.com")}, "guests": {""}}))
	e = s.ok(s.call("GET", primary, nil)).items()[0]
	if calendar.Text(e, "start", "dateTime") != "2026-11-25T21:00:00Z" || e["conferenceData"] != nil {
		t.Errorf("event: %v", e)
	}
}

func TestDescriptionsAreShownSafely(t *testing.T) {
	for raw, want := range map[string]string{
		`<b onclick="x()">Hi</b><script>alert(1)</script>`: `<b>Hi</b>`,
		`<a href="javascript:alert(1)">x</a>`:              `<a>x</a>`,
		`<a href="https://a.b/?x=1&amp;y=2">x</a>`:         `<a href="https://a.b/?x=1&amp;y=2" rel="noreferrer">x</a>`,
		`see https://a.b/c.`:                               `see <a href="https://a.b/c" rel="noreferrer">https://a.b/c</a>.`,
		`<img src=x onerror=y>1 < 2`:                       `1 &lt; 2`,
		`<!-- x -->a<br>b`:                                 `a<br>b`,
	} {
		if got := string(describe(raw)); got != want {
			t.Errorf("describe(%q) = %q, want %q", raw, got, want)
		}
	}
}

func TestEditorHTML(t *testing.T) {
	got := editorHTML("One\nhttps://a.b/?x=1&y=2 <a href=\"https://c.d\">https://c.d</a>")
	want := `One<br><a href="https://www.google.com/url?q=https%3A%2F%2Fa.b%2F%3Fx%3D1%26y%3D2&amp;sa=D&amp;source=calendar&amp;usd=2" target="_blank">https://a.b/?x=1&y=2</a> <a href="https://c.d">https://c.d</a>`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestCrossSiteFormIsRefused(t *testing.T) {
	s := newSite(t)
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/calendar/save", strings.NewReader(s.form(nil).Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	s.read(res, 403)
}

func TestPickerUnticksScopes(t *testing.T) {
	s := newSite(t)
	c := s.client()
	page := s.visit(strings.TrimPrefix(s.authURL(c, url.Values{"approve": {""}}), s.url))
	contains(t, page, "Ada Lovelace", "Bob Marsh", `name="granted" value="`+eventsScope+`" checked`, `name="state" value="state1"`)
}
