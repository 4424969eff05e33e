package api

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"parlor/integrations/google"
	"parlor/internal/fake/calendar"
	fake "parlor/internal/fake/google"
	"parlor/internal/store/storetest"
)

// lobby is a house with an identity provider across the street.
type lobby struct {
	*house
	provider string
	world    *calendar.World
}

func newLobby(t *testing.T) *lobby {
	t.Helper()
	clock := storetest.NewClock(testNow)
	world := calendar.New(clock.Now)
	world.AddPerson(calendar.Person{Email: "ada@example.com", Name: "Ada Lovelace", Zone: "Europe/London"})
	world.AddPerson(calendar.Person{Email: "eve@elsewhere.org", Name: "Eve", Zone: "Europe/Paris"})
	srv := fake.New(world, fake.Options{Now: clock.Now, ClientID: "client", ClientSecret: "secret"})
	t.Cleanup(srv.Close)
	web := httptest.NewServer(srv)
	t.Cleanup(web.Close)
	srv.SetOrigin(web.URL)
	rdb, _ := storetest.Mini(t)
	service := google.New(google.Config{
		ClientID: "client", ClientSecret: "secret", Issuer: web.URL, APIURL: web.URL + "/calendar/v3/",
	})
	return &lobby{house: newHouse(t, rdb, Limits{}, service), provider: web.URL, world: world}
}

// begin starts a sign-in and returns the provider's address and the cookie that ties it to the browser.
func (l *lobby) begin(path string, headers ...string) (address *url.URL, cookie *http.Cookie) {
	l.t.Helper()
	w := l.call("GET", path, "", headers...)
	address, err := w.Result().Location()
	if err != nil || w.Code != http.StatusSeeOther || !strings.HasPrefix(address.String(), l.provider) {
		l.t.Fatalf("%d, %v, %v", w.Code, address, err)
	}
	return address, cookieFrom(l.t, w, signInCookie)
}

// choose answers the provider's question and returns the path it sends the browser back to.
func (l *lobby) choose(address *url.URL, answer url.Values) string {
	l.t.Helper()
	q := address.Query()
	for name, values := range answer {
		q[name] = values
	}
	address.RawQuery = q.Encode()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Get(address.String())
	if err != nil {
		l.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	back, err := res.Location()
	if err != nil || !strings.HasPrefix(back.String(), testOrigin) {
		l.t.Fatalf("sent back to %v: %v", back, err)
	}
	return back.RequestURI()
}

func picked(email string) url.Values { return url.Values{"login_hint": {email}, "approve": {"1"}} }

func cookieFrom(t *testing.T, w *recorder, name string) *http.Cookie {
	t.Helper()
	for _, c := range w.Result().Cookies() {
		if c.Name == name && c.MaxAge >= 0 {
			if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" {
				t.Errorf("cookie %s is not guarded: %+v", name, c)
			}
			return c
		}
	}
	return nil
}

func TestSignIn(t *testing.T) {
	l := newLobby(t)
	address, tie := l.begin("/signin/google?return=/settings", l.as())
	back := l.choose(address, picked("ada@example.com"))
	w := l.call("GET", back, "", "Cookie: "+tie.Name+"="+tie.Value+"; "+sessionCookie+"="+l.cookie)
	same(t, []any{w.Code, w.Header().Get("Location")}, []any{http.StatusSeeOther, "/settings"})
	session := cookieFrom(t, w, sessionCookie)
	if session == nil {
		t.Fatal("no session")
	}
	same(t, l.call("GET", "/v1/settings", "", "Cookie: parlor_session="+session.Value).Code, 200)
	aProblem(t, l.call("GET", "/v1/settings", "", l.as()), 401) // the session before is over
	same(t, len(l.arrived), 1)
	same(t, strings.HasSuffix(l.arrived[0], " google"), true)

	w = l.call("GET", back, "", "Cookie: "+tie.Name+"="+tie.Value)
	same(t, w.Header().Get("Location"), "/?problem=state") // a second time
}

func TestSignInRefused(t *testing.T) {
	cases := []struct {
		name    string
		answer  url.Values
		browser bool // the one that began comes back
		want    string
	}{
		{"another browser", picked("ada@example.com"), false, "/?problem=state"},
		{"declined", url.Values{"deny": {"1"}}, true, "/?problem=denied"},
		{"foreign domain", picked("eve@elsewhere.org"), true, "/?problem=domain"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := newLobby(t)
			address, tie := l.begin("/signin/google")
			back := l.choose(address, c.answer)
			var headers []string
			if c.browser {
				headers = []string{"Cookie: " + tie.Name + "=" + tie.Value}
			}
			w := l.call("GET", back, "", headers...)
			same(t, []any{w.Code, w.Header().Get("Location")}, []any{http.StatusSeeOther, c.want})
			same(t, cookieFrom(t, w, sessionCookie), (*http.Cookie)(nil))
			same(t, len(l.arrived), 0)
		})
	}
}

func TestSignInReturnsOnlyToUs(t *testing.T) {
	l := newLobby(t)
	for _, to := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)"} {
		address, tie := l.begin("/signin/google?return=" + url.QueryEscape(to))
		w := l.call("GET", l.choose(address, picked("ada@example.com")), "", "Cookie: "+tie.Name+"="+tie.Value)
		same(t, w.Header().Get("Location"), "/")
	}
}

func TestCalendarPermissionLeftOutIsExplained(t *testing.T) {
	l := newLobby(t)
	address, tie := l.begin("/signin/google?return=/settings")
	answer := picked("ada@example.com")
	answer.Set("picked", "1")
	answer.Set("granted", "none")
	w := l.call("GET", l.choose(address, answer), "", "Cookie: "+tie.Name+"="+tie.Value)
	same(t, w.Header().Get("Location"), "/?problem=scope")
	if cookieFrom(t, w, sessionCookie) == nil {
		t.Error("not signed in all the same")
	}
}

func TestConnectNeedsASession(t *testing.T) {
	l := newLobby(t)
	same(t, l.call("GET", "/connect/google", "").Header().Get("Location"), "/?problem=signed_out")
	same(t, l.call("GET", "/connect/google/callback?state=x&code=y", "").Header().Get("Location"), "/?problem=signed_out")

	address, tie := l.begin("/signin/google")
	w := l.call("GET", l.choose(address, picked("ada@example.com")), "", "Cookie: "+tie.Name+"="+tie.Value)
	session := sessionCookie + "=" + cookieFrom(t, w, sessionCookie).Value
	address, tie = l.begin("/connect/google?return=/calendars", "Cookie: "+session)
	back := l.choose(address, picked("ada@example.com"))
	same(t, strings.HasPrefix(back, "/connect/google/callback?"), true)
	w = l.call("GET", back, "", "Cookie: "+tie.Name+"="+tie.Value+"; "+session)
	same(t, w.Header().Get("Location"), "/calendars")
	same(t, cookieFrom(t, w, sessionCookie), (*http.Cookie)(nil)) // the session stays
	same(t, len(l.arrived), 2)
}

func TestProviderThatIsDown(t *testing.T) {
	rdb, _ := storetest.Mini(t)
	service := google.New(google.Config{
		ClientID: "client", ClientSecret: "secret", Issuer: "http://127.0.0.1:1", APIURL: "http://127.0.0.1:1/calendar/v3/",
	})
	h := newHouse(t, rdb, Limits{}, service)
	same(t, h.call("GET", "/signin/google", "").Header().Get("Location"), "/?problem=provider")
}
