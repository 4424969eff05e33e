package main

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/google"
)

// TestNoSecretInAnyLogLine goes through sign-in, an event and the door, with everything that can go wrong on the way.
func TestNoSecretInAnyLogLine(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.redis("--requirepass", "hunter2")
	s.env["PARLOR_REDIS_URL"] = strings.Replace(s.env["PARLOR_REDIS_URL"], "//", "//:hunter2@", 1)
	s.ready()
	p := s.settled(ada)
	id := p.adds(fields("Planning #meet", tomorrow(9)))
	p.linked(id)
	link, err := url.Parse(p.text(id, "location"))
	if err != nil || link.Query().Get("pwd") == "" {
		t.Fatalf("no join link in %q: %v", p.text(id, "location"), err)
	}
	passcode := p.get("/v1/room")["passcode"].(string)
	secrets := map[string]string{
		"Redis password": "hunter2", "client secret": demoSecret, "keyset": s.env["PARLOR_KEYSET"][40:80],
		"access token": "ya29.", "refresh token": "1//", "join link": link.RequestURI(), "pwd": link.Query().Get("pwd"),
		"passcode": passcode, "code": s.badSignIn(), "session": "",
	}
	for _, c := range p.client.Jar.Cookies(must(url.Parse(s.portal))) {
		secrets["session"] = c.Value
	}
	s.visit(link, passcode)
	s.misfortunes(p)
	log := s.log.String()
	for what, secret := range secrets {
		if secret == "" || strings.Contains(log, secret) {
			t.Errorf("the log holds the %s %q", what, secret)
		}
	}
	for _, want := range []string{`"route":"/j/*id"`, `"route":"/signin/google/callback"`, `"msg":"pass"`, `"level":"WARN"`} {
		if !strings.Contains(log, want) {
			t.Errorf("no %s in the log, so this proves little:\n%s", want, log)
		}
	}
}

// badSignIn uses an authorization code twice and gives it.
func (s *site) badSignIn() (code string) {
	s.t.Helper()
	c := &http.Client{Jar: must(cookiejar.New(nil)), CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	step := func(address string) string {
		resp, err := c.Get(address)
		if err != nil {
			s.t.Fatal(err)
		}
		defer resp.Body.Close()
		return resp.Header.Get("Location")
	}
	back := step(step(s.portal+"/signin/google") + "&login_hint=" + bob + "&approve=1")
	code = strings.TrimPrefix(must(url.Parse(back)).Query().Get("code"), "4/") // the slash may come escaped
	step(back)
	step(back)
	return code
}

// visit opens a join link as a guest: with its token, with a wrong one, with the passcode and with a wrong one.
func (s *site) visit(link *url.URL, passcode string) {
	s.t.Helper()
	c := &http.Client{Timeout: 10 * time.Second}
	bare := s.portal + link.Path
	fetchAll := func(resp *http.Response, err error) {
		if err != nil {
			s.t.Fatal(err)
		}
		resp.Body.Close()
	}
	fetchAll(c.Get(link.String()))
	fetchAll(c.Get(bare + "?pwd=x" + link.Query().Get("pwd")))
	for _, typed := range []string{passcode, passcode + "x"} {
		fetchAll(c.PostForm(bare, url.Values{"do": {"passcode"}, "passcode": {typed}}))
	}
}

// misfortunes has Google break off, refuse and revoke.
func (s *site) misfortunes(p *person) {
	s.t.Helper()
	s.fake.Fail(google.Failure{Path: "/calendar/v3/*", Cut: true, Times: 2})
	s.fake.Fail(google.Failure{Path: "/calendar/v3/*", Status: http.StatusInternalServerError, Reason: "backendError"})
	p.linked(p.adds(fields("Again #meet", tomorrow(12))))
	s.fake.ExpireAccessTokens()
	s.fake.Fail(google.Failure{Path: "/token", Cut: true})
	p.linked(p.adds(fields("And again #meet", tomorrow(14))))
	s.fake.RevokeGrants(ada)
	p.adds(fields("Never #meet", tomorrow(16)))
	s.until("the calendar says reconnect", func() bool { return strings.Contains(strings.Join(p.states(), " "), "reconnect") })
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
