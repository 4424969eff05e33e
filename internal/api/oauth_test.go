package api

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"parlor/internal/grant"
	"parlor/internal/store/storetest"
)

func TestAppIsLetIn(t *testing.T) {
	onBothOffices(t, func(o *office) {
		page := o.get(ask())
		for _, want := range []string{"Let Parlor for Outlook in?", "ada@example.com", `value="allow"`, `value="cancel"`} {
			if page.StatusCode != http.StatusOK || !strings.Contains(page.text, want) {
				t.Fatalf("%d, no %q:\n%s", page.StatusCode, want, page.text)
			}
		}
		o.grants(0)
		to := o.sentTo(o.decide(ask(), "allow"))
		same(t, []string{to.Query().Get("state"), to.Query().Get("iss"), to.Scheme + "://" + to.Host + to.Path},
			[]string{"st-4te", testOrigin, addinBack})
		o.grants(0)
		p := o.good(o.post("/oauth/token", exchanging(to.Query().Get("code"))))
		same(t, []any{p.Type, p.Expires, p.Scope}, []any{"Bearer", 600, "schedule"})
		o.mayCall(p.Access, http.StatusOK)
		o.grants(1)

		o.clock.Pass(accessLife)
		o.mayCall(p.Access, http.StatusUnauthorized)
		next := o.good(o.post("/oauth/token", refreshing(p.Refresh)))
		o.mayCall(next.Access, http.StatusOK)
		if next.Refresh == p.Refresh {
			t.Error("the refresh token did not change")
		}
		o.grants(1)
	})
}

func TestCodeIsBound(t *testing.T) {
	o := newOffice(t, newMini(t))
	code := o.allow(ask())
	for name, c := range map[string]struct {
		changes []string
		want    string
	}{
		"wrong verifier":         {[]string{"code_verifier", strings.Repeat("x", 43)}, "invalid_grant"},
		"short verifier":         {[]string{"code_verifier", "x"}, "invalid_grant"},
		"no verifier":            {[]string{"code_verifier", "-"}, "invalid_request"},
		"challenge as verifier":  {[]string{"code_verifier", ask().Get("code_challenge")}, "invalid_grant"},
		"other redirect":         {[]string{"redirect_uri", addinBack + "/"}, "invalid_grant"},
		"no redirect":            {[]string{"redirect_uri", "-"}, "invalid_request"},
		"other client":           {[]string{"client_id", grant.Extension}, "invalid_grant"},
		"no client":              {[]string{"client_id", "-"}, "invalid_client"},
		"unknown client":         {[]string{"client_id", "parlor"}, "invalid_client"},
		"no code":                {[]string{"code", "-"}, "invalid_request"},
		"altered code":           {[]string{"code", flip(code)}, "invalid_grant"},
		"code as refresh token":  {[]string{"grant_type", "refresh_token", "refresh_token", code}, "invalid_grant"},
		"no grant type":          {[]string{"grant_type", "-"}, "invalid_request"},
		"password":               {[]string{"grant_type", "password"}, "unsupported_grant_type"},
		"client credentials":     {[]string{"grant_type", "client_credentials"}, "unsupported_grant_type"},
		"another scope":          {[]string{"scope", "schedule admin"}, "invalid_scope"},
		"HTML in the code":       {[]string{"code", "<script>alert(1)</script>"}, "invalid_grant"},
		"a code of 10,000 bytes": {[]string{"code", strings.Repeat("A", 10_000)}, "invalid_grant"},
		"a form of 20,000 bytes": {[]string{"code", strings.Repeat("A", 20_000)}, "invalid_request"},
	} {
		o.clock.Pass(time.Millisecond)
		t.Run(name, func(t *testing.T) { o.refusedWith(o.post("/oauth/token", exchanging(code, c.changes...)), c.want) })
	}
	twice := exchanging(code)
	twice.Add("code", code)
	o.refusedWith(o.post("/oauth/token", twice), "invalid_request")
	o.grants(0)
	o.good(o.post("/oauth/token", exchanging(code))) // none of this has used it up
}

func TestCodeIsUsedOnce(t *testing.T) {
	onBothOffices(t, func(o *office) {
		code := o.allow(ask())
		p := o.good(o.post("/oauth/token", exchanging(code)))
		o.refusedWith(o.post("/oauth/token", exchanging(code, "code_verifier", strings.Repeat("x", 43))), "invalid_grant")
		o.grants(1) // a stranger who saw the code ends nothing
		o.refusedWith(o.post("/oauth/token", exchanging(code)), "invalid_grant")
		o.grants(0)
		o.refusedWith(o.post("/oauth/token", refreshing(p.Refresh)), "invalid_grant")
		o.refusedWith(o.post("/oauth/token", exchanging(code)), "invalid_grant")
		o.grants(0)
	})
}

func TestCodeUsedByManyAtOnce(t *testing.T) {
	onBothOffices(t, func(o *office) {
		code := o.allow(ask())
		good := o.atOnce(20, func() pair { return o.post("/oauth/token", exchanging(code)) })
		same(t, len(good), 1)
		o.grants(0) // the others ended what the first was given
	})
}

func TestCodeExpires(t *testing.T) {
	onBothOffices(t, func(o *office) {
		late := o.allow(ask())
		o.clock.Pass(time.Minute)
		o.refusedWith(o.post("/oauth/token", exchanging(late)), "invalid_grant")
		used := o.allow(ask())
		p := o.good(o.post("/oauth/token", exchanging(used)))
		o.clock.Pass(time.Hour)
		o.refusedWith(o.post("/oauth/token", exchanging(used)), "invalid_grant")
		o.refusedWith(o.post("/oauth/token", refreshing(p.Refresh)), "invalid_grant")
	})
}

func TestCodeEndsWithItsSession(t *testing.T) {
	onBothOffices(t, func(o *office) {
		code := o.allow(ask())
		o.sentTo(o.send(o.browser, http.MethodPost, "/signout", url.Values{}))
		o.refusedWith(o.post("/oauth/token", exchanging(code)), "invalid_grant")
		o.grants(0)
	})
}

func TestRefreshTokenRotates(t *testing.T) {
	onBothOffices(t, func(o *office) {
		first := o.letIn()
		o.clock.Pass(time.Hour)
		second := o.good(o.post("/oauth/token", refreshing(first.Refresh)))
		o.clock.Pass(59 * time.Second)
		again := o.good(o.post("/oauth/token", refreshing(first.Refresh))) // the answer had not arrived
		o.clock.Pass(time.Hour)
		third := o.good(o.post("/oauth/token", refreshing(again.Refresh)))
		o.clock.Pass(59 * time.Second)
		o.good(o.post("/oauth/token", refreshing(second.Refresh)))
		o.clock.Pass(time.Second)
		o.refusedWith(o.post("/oauth/token", refreshing(second.Refresh)), "invalid_grant") // a minute after its successor was used
		o.refusedWith(o.post("/oauth/token", refreshing(third.Refresh)), "invalid_grant")
		o.grants(0)
	})
}

func TestReuseOfAnOldTokenEndsTheGrant(t *testing.T) {
	onBothOffices(t, func(o *office) {
		other := o.letIn()
		first := o.letIn()
		second := o.good(o.post("/oauth/token", refreshing(first.Refresh)))
		third := o.good(o.post("/oauth/token", refreshing(second.Refresh)))
		o.refusedWith(o.post("/oauth/token", refreshing(first.Refresh)), "invalid_grant") // two back: not even at once
		o.refusedWith(o.post("/oauth/token", refreshing(third.Refresh)), "invalid_grant")
		o.grants(1)
		o.good(o.post("/oauth/token", refreshing(other.Refresh)))
	})
}

func TestRefreshedByManyAtOnce(t *testing.T) {
	onBothOffices(t, func(o *office) {
		p := o.letIn()
		good := o.atOnce(20, func() pair { return o.post("/oauth/token", refreshing(p.Refresh)) })
		same(t, len(good), 20)
		o.grants(1)
		o.clock.Pass(time.Hour)
		last := o.good(o.post("/oauth/token", refreshing(good[7].Refresh))) // whichever answer the app kept
		o.good(o.post("/oauth/token", refreshing(last.Refresh)))
	})
}

// atOnce calls an endpoint from n goroutines and gives the answers that brought tokens.
func (o *office) atOnce(n int, call func() pair) []pair {
	o.t.Helper()
	var (
		mu    sync.Mutex
		wait  sync.WaitGroup
		gate  = make(chan struct{})
		given []pair
	)
	for range n {
		wait.Go(func() {
			<-gate
			p := call()
			mu.Lock()
			defer mu.Unlock()
			if p.Status == http.StatusOK {
				given = append(given, p)
			}
		})
	}
	close(gate)
	wait.Wait()
	return given
}

func TestGrantExpires(t *testing.T) {
	onBothOffices(t, func(o *office) {
		p := o.letIn()
		for range 6 { // seen often enough, for nearly a year
			o.clock.Pass(59 * 24 * time.Hour)
			p = o.good(o.post("/oauth/token", refreshing(p.Refresh)))
		}
		o.clock.Pass(11 * 24 * time.Hour)
		o.refusedWith(o.post("/oauth/token", refreshing(p.Refresh)), "invalid_grant")
		o.grants(0)
	})
}

func TestUnseenGrantExpires(t *testing.T) {
	o := newOffice(t, storetest.Redis(t))
	p := o.letIn()
	o.clock.Pass(60 * 24 * time.Hour)
	o.grants(0)
	o.refusedWith(o.post("/oauth/token", refreshing(p.Refresh)), "invalid_grant")
}
