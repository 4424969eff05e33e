package api

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/redis/go-redis/v9"

	"parlor/internal/grant"
	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
	"parlor/internal/web"
	"parlor/internal/web/look"
)

const (
	verifier   = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" // RFC 7636, appendix B
	addinBack  = testOrigin + "/addin/signed-in"
	testChrome = "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org"
)

// office is a house behind a real https server, with the real portal, and the browser of its person.
type office struct {
	*house
	web     *httptest.Server
	browser *http.Client
}

var style = sync.OnceValues(look.New)

func newOffice(t *testing.T, rdb redis.UniversalClient) *office {
	t.Helper()
	h := newHouse(t, rdb, Limits{})
	lk, err := style()
	if err != nil {
		t.Fatal(err)
	}
	h.pages.Portal = web.New(h.desk, h.cn, web.Config{Look: lk, Grants: h.cfg.Grants, Now: h.clock.Now, Log: h.cfg.Log})
	handler, err := New(h.cfg, h.desk, h.cn, h.st, h.pages)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{house: h, web: httptest.NewTLSServer(handler)}
	t.Cleanup(o.web.Close)
	o.browser = o.visitor()
	o.browser.Jar.SetCookies(o.at("/"), []*http.Cookie{{Name: sessionCookie, Value: h.cookie, Secure: true, Path: "/"}})
	return o
}

// visitor is a browser without cookies that follows no redirect. Whatever it calls, it reaches the server of the test.
func (o *office) visitor() *http.Client {
	o.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		o.t.Fatal(err)
	}
	transport := o.web.Client().Transport.(*http.Transport).Clone()
	transport.TLSClientConfig.ServerName = "example.com"
	transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, o.web.Listener.Addr().String())
	}
	return &http.Client{
		Jar: jar, Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func (o *office) at(path string) *url.URL {
	o.t.Helper()
	u, err := url.Parse(testOrigin + path)
	if err != nil {
		o.t.Fatal(err)
	}
	return u
}

// ask is a good request of the add-in, with changes: pairs of a name and a value; "-" takes a parameter out.
func ask(changes ...string) url.Values {
	sum := sha256.Sum256([]byte(verifier))
	q := url.Values{
		"client_id": {grant.AddIn}, "redirect_uri": {addinBack}, "response_type": {"code"}, "scope": {"schedule"},
		"state": {"st-4te"}, "code_challenge_method": {"S256"}, "code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])},
	}
	return change(q, changes)
}

func change(q url.Values, changes []string) url.Values {
	for i := 0; i+1 < len(changes); i += 2 {
		if changes[i+1] == "-" {
			q.Del(changes[i])
		} else {
			q.Set(changes[i], changes[i+1])
		}
	}
	return q
}

// reply is a response that has been read.
type reply struct {
	*http.Response
	text string
}

func (o *office) send(c *http.Client, method, path string, form url.Values, headers ...string) reply {
	o.t.Helper()
	r, err := http.NewRequestWithContext(o.t.Context(), method, testOrigin+path, strings.NewReader(form.Encode()))
	if err != nil {
		o.t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Accept", "text/html")
	r.Header.Set("User-Agent", "Mozilla/5.0 (Windows NT 10.0) Edg/142.0")
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Set(name, value)
	}
	res, err := c.Do(r)
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		o.t.Fatal(err)
	}
	return reply{res, string(text)}
}

func (o *office) get(q url.Values) reply {
	o.t.Helper()
	return o.send(o.browser, http.MethodGet, "/oauth/authorize?"+q.Encode(), nil)
}

// decide presses a button of the consent page.
func (o *office) decide(q url.Values, button string, headers ...string) reply {
	o.t.Helper()
	form := change(url.Values{"answer": {button}, "as": {string(o.acct)}}, nil)
	for name, values := range q {
		form[name] = values
	}
	return o.send(o.browser, http.MethodPost, "/oauth/authorize", form, headers...)
}

// sentTo reads where an answer sends the browser.
func (o *office) sentTo(a reply) *url.URL {
	o.t.Helper()
	to, err := a.Location()
	if err != nil || a.StatusCode != http.StatusSeeOther {
		o.t.Fatalf("%d, %v: %s", a.StatusCode, err, a.text)
	}
	return to
}

// allow goes through the consent page and returns the code.
func (o *office) allow(q url.Values) string {
	o.t.Helper()
	to := o.sentTo(o.decide(q, "allow"))
	code := to.Query().Get("code")
	if code == "" || !strings.HasPrefix(to.String(), q.Get("redirect_uri")+"?") {
		o.t.Fatalf("sent to %s", to)
	}
	return code
}

// pair is what the token endpoint answers, good or bad.
type pair struct {
	Access  string `json:"access_token"`
	Type    string `json:"token_type"`
	Expires int    `json:"expires_in"`
	Refresh string `json:"refresh_token"`
	Scope   string `json:"scope"`
	Error   string `json:"error"`
	Words   string `json:"error_description"`
	Status  int    `json:"-"`
}

func (o *office) post(path string, form url.Values, headers ...string) pair {
	o.t.Helper()
	a := o.send(o.visitor(), http.MethodPost, path, form, headers...)
	p := pair{Status: a.StatusCode}
	if a.Header.Get("Cache-Control") != "no-store" {
		o.t.Errorf("%s may be stored: %v", path, a.Header)
	}
	if a.text != "" {
		if err := json.Unmarshal([]byte(a.text), &p); err != nil {
			o.t.Fatalf("%v in %q", err, a.text)
		}
	}
	return p
}

func exchanging(code string, changes ...string) url.Values {
	return change(url.Values{
		"grant_type": {"authorization_code"}, "client_id": {grant.AddIn}, "code": {code}, "redirect_uri": {addinBack},
		"code_verifier": {verifier},
	}, changes)
}

func refreshing(token string, changes ...string) url.Values {
	return change(url.Values{"grant_type": {"refresh_token"}, "client_id": {grant.AddIn}, "refresh_token": {token}}, changes)
}

// good fails unless a pair of tokens came.
func (o *office) good(p pair) pair {
	o.t.Helper()
	if p.Status != http.StatusOK || p.Access == "" || p.Refresh == "" || p.Error != "" {
		o.t.Fatalf("no tokens: %+v", p)
	}
	return p
}

// refusedWith fails unless an endpoint refused by this error and gave nothing.
func (o *office) refusedWith(p pair, code string) {
	o.t.Helper()
	if p.Status != http.StatusBadRequest || p.Error != code || p.Words == "" || p.Access != "" || p.Refresh != "" {
		o.t.Errorf("want %s, got %+v", code, p)
	}
}

func (o *office) letIn() pair {
	o.t.Helper()
	return o.good(o.post("/oauth/token", exchanging(o.allow(ask()))))
}

func (o *office) mayCall(access string, status int) {
	o.t.Helper()
	a := o.send(o.visitor(), http.MethodGet, "/v1/settings", nil, "Authorization: Bearer "+access)
	same(o.t, a.StatusCode, status)
}

func (o *office) grants(n int) {
	o.t.Helper()
	list, err := o.st.Grants(o.t.Context(), o.acct)
	if err != nil || len(list) != n {
		o.t.Errorf("%d grants (%v), want %d", len(list), err, n)
	}
}

// onBothOffices runs a test on miniredis and on a redis-server.
func onBothOffices(t *testing.T, test func(o *office)) {
	t.Helper()
	t.Run("miniredis", func(t *testing.T) {
		rdb, _ := storetest.Mini(t)
		test(newOffice(t, rdb))
	})
	t.Run("redis", func(t *testing.T) { test(newOffice(t, storetest.Redis(t))) })
}

var nobody = parlor.Identity{Kind: parlor.KindGoogle, Subject: "2", Email: "bob@example.com", EmailVerified: true, Name: "Bob"}
