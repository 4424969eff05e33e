package outlook

import (
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
)

const (
	ada   = "ada@example.com"
	bob   = "bob@example.com"
	theID = "11111111-2222-5333-8444-555555555555"
)

// site is a server with the demonstration's week and an add-in whose manifest can be exchanged.
type site struct {
	t        *testing.T
	world    *calendar.World
	url      string
	portal   string // origin that serves the manifest
	manifest string
	status   int
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{t: t, status: http.StatusOK}
	now := func() time.Time { return time.Date(2026, 11, 23, 8, 10, 0, 0, time.UTC) }
	s.world = calendar.New(now)
	if err := calendar.Seed(s.world, now()); err != nil {
		t.Fatal(err)
	}
	portal := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(s.status)
		_, _ = io.WriteString(w, s.manifest)
	}))
	t.Cleanup(portal.Close)
	s.portal = portal.URL
	s.manifest = strings.ReplaceAll(manifestText, "{origin}", s.portal)
	srv := httptest.NewServer(New(s.world, Options{Now: now, ManifestURL: portal.URL + "/downloads/outlook.xml"}))
	t.Cleanup(srv.Close)
	s.url = srv.URL
	return s
}

// visit reads a page.
func (s *site) visit(path string, status int) string {
	s.t.Helper()
	res, err := http.Get(s.url + path)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.read(res, status)
}

func (s *site) read(res *http.Response, status int) string {
	s.t.Helper()
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != status {
		s.t.Fatalf("status %d, want %d, %v: %s", res.StatusCode, status, err, body)
	}
	return string(body)
}

// submit sends a form and reads the page it ends on, whose address is the second answer.
func (s *site) submit(path string, status int, form url.Values) (string, *url.URL) {
	s.t.Helper()
	res, err := http.PostForm(s.url+path, form)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.read(res, status), res.Request.URL
}

// event reads from the world.
func (s *site) event(cal, id string) calendar.Event {
	s.t.Helper()
	e, err := s.world.Event(cal, id)
	if err != nil {
		s.t.Fatal(err)
	}
	return e
}

// facts are what an editor's page tells its script.
func (s *site) facts(page string) map[string]any {
	s.t.Helper()
	m := regexp.MustCompile(`data-facts="([^"]*)"`).FindStringSubmatch(page)
	if m == nil {
		s.t.Fatalf("no facts in %s", page)
	}
	var facts map[string]any
	if err := json.Unmarshal([]byte(html.UnescapeString(m[1])), &facts); err != nil {
		s.t.Fatal(err)
	}
	return facts
}

// filled is a filled-in new appointment.
func filled(more url.Values) url.Values {
	f := url.Values{
		"title": {"By hand"}, "date": {"2026-11-25"}, "start": {"16:00"}, "end_date": {"2026-11-25"}, "end": {"16:30"},
		"zone": {"America/New_York"}, "location": {"Lobby"}, "required": {bob}, "body": {"<p>Hello\r\nyou</p>"},
		"body_type": {"html"}, "body_changed": {"1"}, "addin": {theID},
	}
	for k, v := range more {
		f[k] = v
	}
	return f
}

func contains(t *testing.T, page string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(html.UnescapeString(page), part) {
			t.Errorf("page lacks %q:\n%s", part, page)
		}
	}
}

const manifestText = `<?xml version="1.0" encoding="UTF-8"?>
<OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bt="http://schemas.microsoft.com/office/officeappbasictypes/1.0" xsi:type="MailApp">
<Id>` + theID + `</Id><DisplayName DefaultValue="Parlor"/>
<VersionOverrides xmlns="http://schemas.microsoft.com/office/mailappversionoverrides" xsi:type="VersionOverridesV1_0">
<VersionOverrides xmlns="http://schemas.microsoft.com/office/mailappversionoverrides/1.1" xsi:type="VersionOverridesV1_1">
<Hosts><Host xsi:type="MailHost"><Runtimes><Runtime resid="commands"/></Runtimes>
<DesktopFormFactor><SupportsSharedFolders>true</SupportsSharedFolders><FunctionFile resid="commands"/>
<ExtensionPoint xsi:type="AppointmentOrganizerCommandSurface"><OfficeTab id="TabDefault"><Group id="g"><Label resid="name"/>
<Control xsi:type="Button" id="schedule"><Label resid="schedule"/><Supertip><Title resid="schedule"/><Description resid="tip"/></Supertip>
<Icon><bt:Image size="16" resid="icon16"/><bt:Image size="32" resid="icon32"/></Icon>
<Action xsi:type="ShowTaskpane"><SourceLocation resid="pane"/></Action></Control>
<Control xsi:type="Button" id="add"><Label resid="add"/><Icon><bt:Image size="32" resid="icon32"/></Icon>
<Action xsi:type="ExecuteFunction"><FunctionName>addMeeting</FunctionName></Action></Control>
</Group></OfficeTab></ExtensionPoint>
<ExtensionPoint xsi:type="LaunchEvent"><LaunchEvents><LaunchEvent Type="OnNewAppointmentOrganizer" FunctionName="onNew"/></LaunchEvents>
<SourceLocation resid="commands"/></ExtensionPoint></DesktopFormFactor>
<MobileFormFactor><FunctionFile resid="commands"/><ExtensionPoint xsi:type="MobileOnlineMeetingCommandSurface">
<Control xsi:type="MobileButton" id="phone"><Label resid="add"/><Icon><bt:Image size="48" scale="1" resid="icon32"/></Icon>
<Action xsi:type="ExecuteFunction"><FunctionName>addMeeting</FunctionName></Action></Control></ExtensionPoint></MobileFormFactor>
</Host></Hosts>
<Resources><bt:Images><bt:Image id="icon16" DefaultValue="{origin}/16.png"/><bt:Image id="icon32" DefaultValue="{origin}/32.png"/></bt:Images>
<bt:Urls><bt:Url id="pane" DefaultValue="{origin}/addin/pane"/><bt:Url id="commands" DefaultValue="{origin}/addin/commands"/></bt:Urls>
<bt:ShortStrings><bt:String id="name" DefaultValue="Parlor"/><bt:String id="schedule" DefaultValue="Schedule a meeting"/><bt:String id="add" DefaultValue="Add a Parlor meeting"/></bt:ShortStrings>
<bt:LongStrings><bt:String id="tip" DefaultValue="With your room"/></bt:LongStrings></Resources>
</VersionOverrides></VersionOverrides></OfficeApp>`
