package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parlor/internal/grant"
	"parlor/internal/store/storetest"
)

func revoking(token string) url.Values {
	return url.Values{"client_id": {grant.AddIn}, "token": {token}}
}

func TestRevoke(t *testing.T) {
	onBothOffices(t, func(o *office) {
		kept := o.letIn()
		for _, pick := range []func(pair) string{
			func(p pair) string { return p.Refresh },
			func(p pair) string { return p.Access },
		} {
			p := o.letIn()
			for range 2 { // a second time is no error
				same(o.t, o.post("/oauth/revoke", revoking(pick(p)), "Origin: null", "Sec-Fetch-Site: cross-site"), pair{Status: http.StatusOK})
			}
			o.refusedWith(o.post("/oauth/token", refreshing(p.Refresh)), "invalid_grant")
		}
		for _, token := range []string{"nonsense", flip(kept.Refresh), "laptop", strings.Repeat("A", 5000)} {
			same(o.t, o.post("/oauth/revoke", revoking(token)), pair{Status: http.StatusOK})
		}
		o.refusedWith(o.post("/oauth/revoke", url.Values{"token": {kept.Refresh}}), "invalid_client")
		o.refusedWith(o.post("/oauth/revoke", url.Values{"client_id": {grant.AddIn}}), "invalid_request")
		foreign := o.post("/oauth/revoke", url.Values{"client_id": {grant.Extension}, "token": {kept.Refresh}})
		o.refusedWith(foreign, "invalid_grant")
		o.grants(1)
		o.good(o.post("/oauth/token", refreshing(kept.Refresh)))
	})
}

func TestDevicesPageEndsApps(t *testing.T) {
	onBothOffices(t, func(o *office) {
		p := o.letIn()
		page := o.send(o.browser, http.MethodGet, "/devices", nil)
		for _, want := range []string{"Parlor for Outlook", "Edge on Windows", "within ten minutes"} {
			if !strings.Contains(page.text, want) {
				o.t.Errorf("no %q in %s", want, page.text)
			}
		}
		list, err := o.st.Grants(o.t.Context(), o.acct)
		if err != nil || len(list) != 1 {
			o.t.Fatal(list, err)
		}
		o.sentTo(o.send(o.browser, http.MethodPost, "/devices/end", url.Values{"id": {list[0].ID}}))
		o.refusedWith(o.post("/oauth/token", refreshing(p.Refresh)), "invalid_grant")
		o.mayCall(p.Access, http.StatusOK) // for ten minutes: decision 0009
		o.clock.Pass(accessLife)
		o.mayCall(p.Access, http.StatusUnauthorized)
	})
}

func TestSignOutEverywhereElseEndsAppsAndCodes(t *testing.T) {
	onBothOffices(t, func(o *office) {
		p, code := o.letIn(), o.allow(ask())
		here, err := o.st.NewSession(o.t.Context(), o.acct, "another browser", "192.0.2.1")
		if err != nil {
			o.t.Fatal(err)
		}
		o.browser.Jar.SetCookies(o.at("/"), []*http.Cookie{{Name: sessionCookie, Value: here, Secure: true, Path: "/"}})
		o.sentTo(o.send(o.browser, http.MethodPost, "/devices/end-others", url.Values{}))
		o.refusedWith(o.post("/oauth/token", refreshing(p.Refresh)), "invalid_grant")
		o.refusedWith(o.post("/oauth/token", exchanging(code)), "invalid_grant") // allowed by a session that is over
		o.grants(0)
		same(o.t, o.get(ask()).StatusCode, http.StatusOK)
	})
}

func TestTokenEndpointTakesFormsOnly(t *testing.T) {
	o := newOffice(t, newMini(t))
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPut, http.MethodDelete} {
		for _, path := range []string{"/oauth/token", "/oauth/revoke"} {
			a := o.send(o.browser, method, path+"?"+exchanging("x").Encode(), nil)
			same(t, []any{a.StatusCode, a.Header.Get("Allow")}, []any{http.StatusMethodNotAllowed, http.MethodPost})
		}
	}
	code := o.allow(ask())
	inAddress := o.post("/oauth/token?"+exchanging(code).Encode(), url.Values{})
	o.refusedWith(inAddress, "invalid_client") // what is in the address may be in a log, and does not count
	asJSON := o.post("/oauth/token", exchanging(code), "Content-Type: application/json")
	o.refusedWith(asJSON, "invalid_client")
	basic := o.send(o.visitor(), http.MethodPost, "/oauth/token", exchanging(code), "Authorization: Basic cGFybG9yLWFkZGluOg==")
	same(t, []any{basic.StatusCode, basic.Header.Get("WWW-Authenticate")}, []any{http.StatusUnauthorized, `Basic realm="parlor"`})
	same(t, strings.Contains(basic.text, `"invalid_client"`), true)
	preflight := o.send(o.visitor(), http.MethodOptions, "/oauth/token", nil, "Origin: https://evil.example", "Access-Control-Request-Method: POST")
	same(t, preflight.Header.Get("Access-Control-Allow-Origin"), "")
	same(t, o.send(o.visitor(), http.MethodGet, "/oauth/nothing", nil).StatusCode, http.StatusNotFound)
	head := o.send(o.browser, http.MethodHead, "/oauth/authorize?"+ask().Encode(), nil)
	same(t, []any{head.StatusCode, head.text}, []any{http.StatusOK, ""})
	o.good(o.post("/oauth/token", exchanging(code)))
}

func TestRefusalsAreCounted(t *testing.T) {
	o := newOffice(t, storetest.Redis(t))
	p := o.letIn()
	wrong := refreshing(p.Refresh, "client_id", grant.Extension)
	o.untilSlow(wrong, refusedPerGrant.Requests)
	o.good(o.post("/oauth/token", refreshing(p.Refresh))) // other people's mistakes keep nobody out
	o.untilSlow(refreshing("nonsense"), refusedPerAddress.Requests)
}

// untilSlow repeats a wrong request and fails unless it is held back before it was answered so often.
func (o *office) untilSlow(form url.Values, most int) {
	o.t.Helper()
	for range most {
		p := o.post("/oauth/token", form)
		if p.Status == http.StatusTooManyRequests {
			same(o.t, p.Error, "slow_down")
			return
		}
		o.refusedWith(p, "invalid_grant")
	}
	o.t.Errorf("%d wrong requests were answered", most)
}

func TestAppsSurviveALostRedis(t *testing.T) {
	rdb, mini := storetest.Mini(t)
	o := newOffice(t, rdb)
	code := o.allow(ask())
	p := o.letIn()
	mini.SetError("LOADING Redis is loading the dataset in memory")
	for path, form := range map[string]url.Values{"/oauth/token": refreshing(p.Refresh), "/oauth/revoke": revoking(p.Refresh)} {
		lost := o.post(path, form)
		same(t, []any{lost.Status, lost.Error}, []any{http.StatusServiceUnavailable, "temporarily_unavailable"})
	}
	same(t, o.post("/oauth/token", exchanging(code)).Status, http.StatusServiceUnavailable)
	mini.SetError("")
	o.good(o.post("/oauth/token", refreshing(p.Refresh)))
	o.good(o.post("/oauth/token", exchanging(code)))
}

func TestLogLinesCarryNothingOfAnApp(t *testing.T) {
	o := newOffice(t, newMini(t))
	code := o.allow(ask("state", "hidden-state", "login_hint", "hidden@example.com"))
	p := o.good(o.post("/oauth/token", exchanging(code)))
	o.clock.Pass(time.Second)
	next := o.good(o.post("/oauth/token", refreshing(p.Refresh)))
	o.refusedWith(o.post("/oauth/token", exchanging(code)), "invalid_grant")
	o.refusedWith(o.post("/oauth/token", refreshing(next.Refresh)), "invalid_grant")
	o.refusedWith(o.post("/oauth/token", refreshing("hidden-nonsense")), "invalid_grant")
	o.post("/oauth/revoke", revoking(p.Access))
	o.get(ask("redirect_uri", "https://hidden.example/"))
	o.send(o.browser, http.MethodGet, "/oauth/token?code="+code, nil)
	o.web.Close()
	logged := o.logs.String()
	for _, want := range []string{"route=/oauth/token", "route=/oauth/revoke", "msg=\"app refused\"", "problem=invalid_grant"} {
		if !strings.Contains(logged, want) {
			t.Errorf("no %q in the log", want)
		}
	}
	for _, secret := range []string{code, p.Access, p.Refresh, next.Refresh, next.Access, verifier, ask().Get("code_challenge"), "hidden"} {
		if strings.Contains(logged, secret) {
			t.Errorf("%q is in the log:\n%s", secret, logged)
		}
	}
}
