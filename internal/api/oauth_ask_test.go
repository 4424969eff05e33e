package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"parlor/internal/grant"
)

// TestNobodyIsSentToAStranger tries to make the authorization endpoint an open redirector.
func TestNobodyIsSentToAStranger(t *testing.T) {
	o := newOffice(t, newMini(t))
	for _, to := range []string{
		"-", "", "https://evil.example/", "https://evil.example/addin/signed-in", addinBack + "/", addinBack + "?x=1", addinBack + "#x",
		addinBack + "/../../evil", strings.ToUpper(addinBack), "http" + strings.TrimPrefix(addinBack, "https"), addinBack + "%2f",
		testOrigin + ".evil.example/addin/signed-in", testOrigin + "@evil.example/addin/signed-in", testOrigin + ":443/addin/signed-in",
		"//parlor.example.com/addin/signed-in", "/addin/signed-in", "javascript:alert(1)", " " + addinBack, addinBack + "\r\nX: y",
		testChrome + "/signed-in", // the other client's
	} {
		strange := []url.Values{ask("redirect_uri", to), ask("redirect_uri", to, "response_type", "token"), ask("redirect_uri", to, "state", "-")}
		for _, q := range strange {
			o.staysHere(o.get(q))
			o.staysHere(o.decide(q, "allow"))
			o.staysHere(o.decide(q, "cancel"))
		}
	}
	twice := ask()
	twice.Add("redirect_uri", "https://evil.example/")
	o.staysHere(o.get(twice))
	for _, client := range []string{"-", "", "parlor", "PARLOR-ADDIN", "<script>alert(1)</script>", strings.Repeat("x", 10_000)} {
		o.staysHere(o.get(ask("client_id", client)))
	}
	foreign := testChrome[:len("https://")] + strings.Repeat("p", 32) + ".chromiumapp.org/signed-in"
	o.staysHere(o.get(ask("client_id", grant.Extension, "redirect_uri", foreign)))
	o.staysHere(o.get(ask("client_id", grant.Extension)))
	o.grants(0)
}

func (o *office) staysHere(a reply) {
	o.t.Helper()
	if a.StatusCode != http.StatusBadRequest || a.Header.Get("Location") != "" || !strings.Contains(a.text, "That app is not known here") {
		o.t.Errorf("%s: %d to %q", a.Request.URL, a.StatusCode, a.Header.Get("Location"))
	}
	if strings.Contains(a.text, "<script>alert") {
		o.t.Errorf("it repeats what it was sent: %s", a.text)
	}
}

func TestWrongRequestsAreToldToTheApp(t *testing.T) {
	o := newOffice(t, newMini(t))
	for name, c := range map[string]struct {
		q    url.Values
		want string
	}{
		"no challenge":        {ask("code_challenge", "-"), "invalid_request"},
		"plain":               {ask("code_challenge_method", "plain"), "invalid_request"},
		"no method":           {ask("code_challenge_method", "-"), "invalid_request"},
		"short challenge":     {ask("code_challenge", "abc"), "invalid_request"},
		"challenge of markup": {ask("code_challenge", strings.Repeat("<", 43)), "invalid_request"},
		"token":               {ask("response_type", "token"), "unsupported_response_type"},
		"code id_token":       {ask("response_type", "code id_token"), "unsupported_response_type"},
		"no response type":    {ask("response_type", "-"), "invalid_request"},
		"fragment":            {ask("response_mode", "fragment"), "invalid_request"},
		"another scope":       {ask("scope", "schedule openid"), "invalid_scope"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, a := range []reply{o.get(c.q), o.decide(c.q, "allow")} {
				o.told(a, c.want, "st-4te")
			}
		})
	}
	twice := ask()
	twice.Add("code_challenge", "x")
	o.told(o.get(twice), "invalid_request", "st-4te")
	for _, state := range []string{strings.Repeat("x", 257), "a\r\nSet-Cookie: x=y", "ü"} {
		o.told(o.get(ask("state", state)), "invalid_request", "") // it cannot be repeated
	}
	o.told(o.decide(ask(), "cancel"), "access_denied", "st-4te")
	same(t, o.get(ask("scope", "-")).StatusCode, http.StatusOK)
	same(t, o.get(ask("code_challenge", "-", "state", strings.Repeat("&", 256))).StatusCode, http.StatusSeeOther)
}

func (o *office) told(a reply, code, state string) {
	o.t.Helper()
	to := o.sentTo(a)
	q := to.Query()
	same(o.t, []string{to.Scheme + "://" + to.Host + to.Path, q.Get("error"), q.Get("state"), q.Get("iss"), q.Get("code")},
		[]string{addinBack, code, state, testOrigin, ""})
}

func TestStateComesBackAsItWas(t *testing.T) {
	o := newOffice(t, newMini(t))
	for _, state := range []string{`"><script>alert(1)</script>`, "a&code=x&iss=https://evil.example#", "%0d%0a", "'\"`<>{{.}}", strings.Repeat("&", 256)} {
		page := o.get(ask("state", state))
		if strings.Contains(page.text, "<script>alert") || page.StatusCode != http.StatusOK {
			t.Errorf("%d: %s", page.StatusCode, page.text)
		}
		q := o.sentTo(o.decide(ask("state", state), "allow")).Query()
		same(t, []any{q["state"], q["iss"], len(q["code"])}, []any{[]string{state}, []string{testOrigin}, 1})
	}
	q := o.sentTo(o.decide(ask("state", "-"), "allow")).Query()
	same(t, q.Has("state"), false)
}

func TestExtensionIsLetIn(t *testing.T) {
	o := newOffice(t, newMini(t))
	q := ask("client_id", grant.Extension, "redirect_uri", testChrome+"/signed-in")
	page := o.get(q)
	same(t, strings.Contains(page.text, "Let Parlor for your browser in?"), true)
	same(t, strings.Contains(page.Header.Get("Content-Security-Policy"), "form-action 'self' "+testChrome+";"), true)
	code := o.allow(q)
	mine := []string{"client_id", grant.Extension, "redirect_uri", testChrome + "/signed-in"}
	o.refusedWith(o.post("/oauth/token", exchanging(code)), "invalid_grant")
	p := o.good(o.post("/oauth/token", exchanging(code, mine...), "Origin: chrome-extension://abc", "Sec-Fetch-Site: cross-site"))
	o.refusedWith(o.post("/oauth/token", refreshing(p.Refresh)), "invalid_grant") // the add-in's client id
	o.refusedWith(o.post("/oauth/revoke", url.Values{"client_id": {grant.AddIn}, "token": {p.Refresh}}), "invalid_grant")
	o.good(o.post("/oauth/token", refreshing(p.Refresh, mine...)))
}

func TestConsentIsAsked(t *testing.T) {
	o := newOffice(t, newMini(t))
	page := o.get(ask())
	same(t, []string{page.Header.Get("X-Frame-Options"), page.Header.Get("Cross-Origin-Opener-Policy"), page.Header.Get("Cache-Control")},
		[]string{"DENY", "unsafe-none", "no-store"})

	cross := o.decide(ask(), "allow", "Sec-Fetch-Site: cross-site", "Origin: https://evil.example")
	same(t, []any{cross.StatusCode, cross.Header.Get("Location")}, []any{http.StatusForbidden, ""})
	for _, button := range []string{"", "yes"} {
		same(t, o.sentTo(o.decide(ask(), button)).Path, "/oauth/authorize") // asked again
	}
	bob, _, err := o.st.SignIn(t.Context(), nobody)
	if err != nil {
		t.Fatal(err)
	}
	shownToBob := ask("as", string(bob.ID))
	same(t, o.sentTo(o.decide(shownToBob, "allow")).Path, "/oauth/authorize")

	p := o.letIn()
	withToken := o.send(o.visitor(), http.MethodPost, "/oauth/authorize", change(ask(), []string{"answer", "allow", "as", string(o.acct)}),
		"Authorization: Bearer "+p.Access)
	same(t, []any{withToken.StatusCode, withToken.Header.Get("Location")}, []any{http.StatusForbidden, ""})
	devices := o.send(o.visitor(), http.MethodGet, "/devices", nil, "Authorization: Bearer "+p.Access)
	same(t, devices.StatusCode, http.StatusForbidden)
}

func TestSignedOutPeopleComeBackToTheConsentPage(t *testing.T) {
	o := newOffice(t, newMini(t))
	long := ask("state", strings.Repeat("&", 256), "login_hint", strings.Repeat("&", 254),
		"client_id", grant.Extension, "redirect_uri", testChrome+"/signed-in")
	for _, q := range []url.Values{ask(), long} {
		o.browser.Jar = o.visitor().Jar
		form := change(url.Values{"answer": {"allow"}, "as": {string(o.acct)}}, nil)
		for name, values := range q {
			form[name] = values
		}
		for _, a := range []reply{o.get(q), o.send(o.browser, http.MethodPost, "/oauth/authorize", form)} {
			to := o.sentTo(a)
			same(t, to.Path, "/")
			page := o.send(o.browser, http.MethodGet, to.RequestURI(), nil)
			same(t, []any{page.StatusCode, page.Header.Get("Cross-Origin-Opener-Policy")}, []any{http.StatusOK, "unsafe-none"})
			back, err := url.Parse(to.Query().Get("return"))
			if err != nil {
				t.Fatal(err)
			}
			same(t, back.Path, "/oauth/authorize")
			same(t, back.Query(), q)
		}
	}
}

// TestSignInLeadsBackToTheApp goes through the provider.
func TestSignInLeadsBackToTheApp(t *testing.T) {
	l := newLobby(t)
	to := "/oauth/authorize?" + ask("login_hint", "ada@example.com").Encode()
	address, tie := l.begin("/signin/google?return=" + url.QueryEscape(to))
	same(t, address.Query().Get("login_hint"), "ada@example.com")
	w := l.call("GET", l.choose(address, picked("ada@example.com")), "", "Cookie: "+tie.Name+"="+tie.Value)
	same(t, w.Header().Get("Location"), to)

	address, tie = l.begin("/signin/google?return=" + url.QueryEscape(to))
	w = l.call("GET", l.choose(address, url.Values{"deny": {"1"}}), "", "Cookie: "+tie.Name+"="+tie.Value)
	same(t, w.Header().Get("Location"), "/?problem=denied&return="+url.QueryEscape(to))
	address, tie = l.begin("/signin/google?return=" + url.QueryEscape(to))
	answer := picked("ada@example.com")
	answer.Set("picked", "1")
	answer.Set("granted", "none")
	w = l.call("GET", l.choose(address, answer), "", "Cookie: "+tie.Name+"="+tie.Value)
	same(t, w.Header().Get("Location"), to) // what is missing is told in the portal

	address, _ = l.begin("/signin/google?return=" + url.QueryEscape("/settings?login_hint=eve"))
	same(t, address.Query().Has("login_hint"), false)
}
