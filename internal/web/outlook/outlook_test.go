package outlook

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"parlor/internal/web/look"
)

const origin = "https://rooms.example.com"

// ordinary is the add-in of an ordinary installation, made once. Tests change nothing in it.
var ordinary = sync.OnceValues(func() (*Outlook, error) { return made(Config{Origin: origin}) })

func made(cfg Config) (*Outlook, error) {
	style, err := look.New()
	if err != nil {
		return nil, err
	}
	cfg.Look = style
	return New(cfg)
}

func served(t *testing.T, cfg Config) *Outlook {
	t.Helper()
	o, err := ordinary()
	if cfg != (Config{}) {
		o, err = made(cfg)
	}
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func (o *Outlook) ask(method, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	o.ServeHTTP(w, r)
	return w
}

func TestManifestPasses(t *testing.T) {
	for _, at := range []string{origin, "http://127.0.0.1:8080"} {
		o := served(t, Config{Origin: at})
		manifest, err := o.Manifest()
		if err != nil {
			t.Fatalf("%s: %v", at, err)
		}
		w := o.ask(http.MethodGet, "/downloads/outlook.xml")
		if w.Body.String() != string(manifest) {
			t.Errorf("%s: the download is another manifest", at)
		}
		if got := w.Header().Get("Content-Disposition"); got != `attachment; filename="parlor-outlook.xml"` {
			t.Errorf("Content-Disposition %s", got)
		}
	}
}

func TestManifestIsRefusedWhenSomethingIsMissing(t *testing.T) {
	o := served(t, Config{Origin: origin})
	delete(o.served, "/addin/icons/parlor-80.png")
	delete(o.served, "/addin/commands.js")
	_, err := o.Manifest()
	if err == nil || !strings.Contains(err.Error(), "parlor-80.png, where nothing is served") || !strings.Contains(err.Error(), "onNewAppointmentOrganizer") {
		t.Errorf("the checker says: %v", err)
	}
}

func TestKinds(t *testing.T) {
	o := served(t, Config{})
	for path, want := range map[string]struct{ kind, cache, sharing string }{
		"/addin/pane":                     {"text/html; charset=utf-8", "no-cache", "cross-origin"},
		"/addin/commands":                 {"text/html; charset=utf-8", "no-cache", "cross-origin"},
		"/addin/signed-in":                {"text/html; charset=utf-8", "no-cache", "cross-origin"},
		"/addin/commands.js":              {"text/javascript; charset=utf-8", "no-cache", "same-origin"},
		"/addin/icons/parlor-32.png":      {"image/png", "", "cross-origin"},
		"/addin/icons/parlor-25-grey.png": {"image/png", "", "cross-origin"},
		"/downloads/outlook.xml":          {"application/xml; charset=utf-8", "no-cache", "same-origin"},
		allowed:                           {"application/json", "no-cache", "same-origin"},
		o.assets["pane.js"]:               {"text/javascript; charset=utf-8", forever, "same-origin"},
		o.assets["pane.css"]:              {"text/css; charset=utf-8", forever, "same-origin"},
	} {
		w := o.ask(http.MethodGet, path)
		h := w.Header()
		if w.Code != 200 || h.Get("Content-Type") != want.kind || h.Get("Cache-Control") != want.cache || h.Get("Cross-Origin-Resource-Policy") != want.sharing {
			t.Errorf("%s: %d %v", path, w.Code, h)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("ETag") == "" {
			t.Errorf("%s: %v", path, h)
		}
		again := o.ask(http.MethodGet, path, "If-None-Match", h.Get("ETag"))
		if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("%s, asked again: %d with %d bytes", path, again.Code, again.Body.Len())
		}
		if head := o.ask(http.MethodHead, path); head.Code != 200 || head.Header().Get("Content-Length") != h.Get("Content-Length") {
			t.Errorf("HEAD %s: %d %v", path, head.Code, head.Header())
		}
		if post := o.ask(http.MethodPost, path); post.Code != http.StatusMethodNotAllowed || post.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("POST %s: %d %v", path, post.Code, post.Header())
		}
	}
}

func TestNothingElseIsServed(t *testing.T) {
	o := served(t, Config{})
	for _, path := range []string{"/addin/", "/addin/pane.html", "/addin/embed.go", "/addin/pane.ts", "/addin/assets/pane.js", "/addin/icons/", "/addin/icons/parlor-17.png"} {
		if w := o.ask(http.MethodGet, path); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}

var (
	outside = regexp.MustCompile(`(?:src|href)="([^"]+)"`)
	inline  = regexp.MustCompile(`<script>|<style|\son[a-z]+=|\sstyle=`)
)

// TestPagesAreWhole follows what a page loads, and finds what the policy would refuse.
func TestPagesAreWhole(t *testing.T) {
	o := served(t, Config{})
	for _, page := range []string{"/addin/pane", "/addin/commands", "/addin/signed-in"} {
		text := o.ask(http.MethodGet, page).Body.String()
		if inline.MatchString(text) {
			t.Errorf("%s has an inline script or style:\n%s", page, text)
		}
		office := false
		for _, found := range outside.FindAllStringSubmatch(text, -1) {
			address := found[1]
			office = office || address == DefaultOfficeJS
			if ours := strings.HasPrefix(address, "/addin/"); ours && o.ask(http.MethodGet, address).Code != 200 {
				t.Errorf("%s loads %s, which is not there", page, address)
			} else if !ours && !strings.HasPrefix(address, "/assets/") && address != DefaultOfficeJS {
				t.Errorf("%s loads %s", page, address)
			}
		}
		if !office {
			t.Errorf("%s does not load Office.js", page)
		}
	}
}

func TestPolicy(t *testing.T) {
	const want = "default-src 'none'; script-src 'self' https://appsforoffice.microsoft.com https://ajax.aspnetcdn.com/ajax/3.5/MicrosoftAjax.js; " +
		"style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src https://appsforoffice.microsoft.com; form-action 'none'; " +
		"base-uri 'none'; frame-ancestors https://outlook.office.com https://outlook.office365.com https://outlook.live.com " +
		"https://*.cloud.microsoft https://outlook.office365.us https://partner.outlook.cn"
	h := served(t, Config{}).ask(http.MethodGet, "/addin/pane").Header()
	if got := h.Get("Content-Security-Policy"); got != want {
		t.Errorf("policy %s\nwant   %s", got, want)
	}
	if h.Get("X-Frame-Options") != "" || h.Get("Cross-Origin-Opener-Policy") != "" {
		t.Errorf("Outlook may neither frame the page nor hear from it: %v", h)
	}
	other := served(t, Config{Origin: origin, OfficeJS: "http://127.0.0.1:9000/office.js"}).ask(http.MethodGet, "/addin/pane")
	for _, part := range []string{"script-src 'self' http://127.0.0.1:9000 ", "frame-ancestors http://127.0.0.1:9000 https://outlook.office.com"} {
		if got := other.Header().Get("Content-Security-Policy"); !strings.Contains(got, part) {
			t.Errorf("policy %s has no %q", got, part)
		}
	}
	if !strings.Contains(other.Body.String(), `src="http://127.0.0.1:9000/office.js"`) {
		t.Errorf("another office.js is not loaded: %s", other.Body)
	}
}

func TestAllowedScripts(t *testing.T) {
	o := served(t, Config{})
	var list struct{ Allowed []string }
	if err := json.Unmarshal(o.ask(http.MethodGet, allowed).Body.Bytes(), &list); err != nil {
		t.Fatal(err)
	}
	if len(list.Allowed) != 1 || o.ask(http.MethodGet, strings.TrimPrefix(list.Allowed[0], origin)).Code != 200 {
		t.Errorf("allowed: %v", list.Allowed)
	}
}

// TestScriptRunsInOldOutlook looks for what came after ECMAScript 2016 and for imports, which do not work there.
func TestScriptRunsInOldOutlook(t *testing.T) {
	body := served(t, Config{}).ask(http.MethodGet, script).Body.String()
	for _, newer := range []string{"async ", "await ", "import(", "import{", "?.", "??", "export"} {
		if strings.Contains(body, newer) {
			t.Errorf("the script has %q", newer)
		}
	}
}

func TestSignIn(t *testing.T) {
	o := served(t, Config{})
	const challenge, state = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "0123456789abcdef"
	good := url.Values{"challenge": {challenge}, "state": {state}}
	for name, test := range map[string]struct {
		with map[string]string
		want string
	}{
		"good":                {nil, "/oauth/authorize"},
		"a hint":              {map[string]string{"login_hint": "ada@example.com"}, "/oauth/authorize"},
		"an odd hint":         {map[string]string{"login_hint": "ada\r\nSet-Cookie: a=b"}, "/oauth/authorize"},
		"Office's own":        {map[string]string{"_host_Info": "Outlook$Web$16.01$en-US"}, "/oauth/authorize"},
		"no challenge":        {map[string]string{"challenge": ""}, "/addin/signed-in"},
		"a short challenge":   {map[string]string{"challenge": challenge[1:]}, "/addin/signed-in"},
		"a challenge of more": {map[string]string{"challenge": challenge + "&scope=all"}, "/addin/signed-in"},
		"no state":            {map[string]string{"state": ""}, "/addin/signed-in"},
		"a hostile state":     {map[string]string{"state": `"><script>alert(1)</script>`}, "/addin/signed-in"},
	} {
		t.Run(name, func(t *testing.T) {
			q := url.Values{"challenge": good["challenge"], "state": good["state"]}
			for k, v := range test.with {
				q.Set(k, v)
			}
			w := o.ask(http.MethodGet, "/addin/sign-in?"+q.Encode())
			to, err := url.Parse(w.Header().Get("Location"))
			if err != nil || w.Code != http.StatusFound || to.Path != test.want || to.Host != "" {
				t.Fatalf("%d to %s", w.Code, w.Header().Get("Location"))
			}
			if w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("it may be kept: %v", w.Header())
			}
			checkAsked(t, to, test.with["login_hint"])
		})
	}
}

func checkAsked(t *testing.T, to *url.URL, hint string) {
	t.Helper()
	got := to.Query()
	if to.Path != "/oauth/authorize" {
		if got.Get("error") != "invalid_request" || len(got) != 1 {
			t.Errorf("asked wrongly, it says %v", got)
		}
		return
	}
	want := url.Values{
		"client_id": {"parlor-addin"}, "redirect_uri": {origin + "/addin/signed-in"}, "response_type": {"code"}, "scope": {"schedule"},
		"code_challenge": {"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}, "code_challenge_method": {"S256"}, "state": {"0123456789abcdef"},
	}
	if hint == "ada@example.com" {
		want.Set("login_hint", hint)
	}
	if got.Encode() != want.Encode() {
		t.Errorf("asks %v, want %v", got, want)
	}
}
