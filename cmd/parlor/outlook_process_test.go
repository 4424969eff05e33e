package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/graph"
	"parlor/internal/parlor"
)

// newOutlookSite is a site registered with Microsoft too, whose public address is a front that hands each request to
// the process that pick names, by its number among the addresses in behind.
func newOutlookSite(t testing.TB, pick func(*http.Request) int, behind ...*atomic.Value) *site {
	t.Helper()
	s := newSite(t)
	front := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(must(url.Parse(behind[pick(r.In)%len(behind)].Load().(string))))
		r.Out.Host = r.In.Host
	}})
	t.Cleanup(front.Close)
	behind[0].Store(s.portal)
	s.env["PARLOR_PUBLIC_URL"] = front.URL
	s.env["PARLOR_MICROSOFT_CLIENT_ID"], s.env["PARLOR_MICROSOFT_CLIENT_SECRET"] = demoClient, demoSecret
	s.env["PARLOR_MICROSOFT_TENANTS"] = graph.DefaultTenant
	s.env["PARLOR_MICROSOFT_ISSUER"] = s.microsoft + "/{tenant}/v2.0"
	s.env["PARLOR_MICROSOFT_API_URL"] = s.microsoft + "/v1.0"
	return s
}

// outside is the site as people see it, through its public address.
func (s *site) outside() *house {
	h := *s.house
	run := *s.demoRun
	run.portal, run.cfg.push, run.stops = s.env["PARLOR_PUBLIC_URL"], true, nil
	h.demoRun = &run
	return &h
}

func TestAnotherReplicaAnswersTheHandshake(t *testing.T) {
	t.Parallel()
	var worker, web atomic.Value
	s := newOutlookSite(t, func(*http.Request) int { return 1 }, &worker, &web)
	s.redis()
	other := s.beside()
	web.Store(other.portal)
	s.ready("--role", "worker")
	other.ready("--role", "web")
	p := s.outside().outlook(ada) // has a subscription, though the process that asked for it serves no hooks
	p.linked(p.adds(mailed("Planning #meet", tomorrow(9))))
	if n := s.graph.Count(http.MethodPost, "/v1.0/subscriptions"); n != 1 {
		t.Errorf("%d subscriptions were asked for, want 1", n)
	}
}

func TestTwoReplicasTakeTurns(t *testing.T) {
	t.Parallel()
	var one, two atomic.Value
	var turn atomic.Int64
	s := newOutlookSite(t, func(*http.Request) int { return int(turn.Add(1)) }, &one, &two)
	s.redis()
	other := s.beside()
	two.Store(other.portal)
	s.ready()
	other.ready()
	p := s.outside().outlook(ada)
	p.quiet()
	s.graph.ResetCalls()
	var ids []string
	for i := range 20 {
		ids = append(ids, p.adds(mailed(fmt.Sprintf("Meeting %d #meet", i), tomorrow(9).AddDate(0, 0, i))))
	}
	s.graph.ExpireAccessTokens()
	p.once(ids)
	if n := s.graph.Count(http.MethodPost, "/*/oauth2/v2.0/token"); n > 1 {
		t.Errorf("two replicas refreshed a token %d times", n)
	}
	if n := s.graph.Peak(ada); n > 4 {
		t.Errorf("%d requests of one mailbox at once", n)
	}
}

// once waits until every event has its link, and wants one block, one number and one mail for each.
func (p *person) once(ids []string) {
	p.t.Helper()
	numbers := map[string]bool{}
	for _, id := range ids {
		p.untilWithin(2*time.Minute, "event "+id+" has its link", func() bool { _, ok := p.linkIn(id); return ok })
	}
	p.quiet()
	for _, id := range ids {
		link, _ := p.linkIn(id)
		numbers[link.Number] = true
		if left := parlor.Strip(p.text(id, "description"), p.portal); strings.Contains(left, "/j/") {
			p.t.Errorf("event %s carries a second link", id)
		}
	}
	if len(numbers) != len(ids) {
		p.t.Errorf("%d numbers for %d events", len(numbers), len(ids))
	}
	rounds := map[string]int{}
	for _, m := range p.other.Mails() {
		rounds[m.Event]++
	}
	for _, id := range ids {
		if rounds[id] != 1 {
			p.t.Errorf("the guests of event %s were mailed %d times", id, rounds[id])
		}
	}
}

// outlookMidPass signs Ada in on a mailbox with many events that ask for a link, and acts when a third of them have theirs.
func (s *site) outlookMidPass(act func()) (p *person, ids []string) {
	s.t.Helper()
	h := s.outside()
	p = h.visitor(ada)
	p.world = s.other
	for i := range crowd {
		ids = append(ids, p.adds(mailed(fmt.Sprintf("Meeting %d #meet", i), tomorrow(9).AddDate(0, 0, i))))
	}
	var writes atomic.Int64
	var slow atomic.Bool
	reached := make(chan struct{})
	s.other.Listen(func(calendar.Change) {
		if writes.Add(1) == crowd/3 {
			slow.Store(true)
			close(reached)
		}
		if slow.Load() {
			time.Sleep(time.Second)
		}
	})
	p.goes("/signin/microsoft")
	select {
	case <-reached:
		act()
		slow.Store(false)
	case <-time.After(30 * time.Second):
		s.t.Fatal("no pass began")
	}
	return p, ids
}

func TestKilledInAPassOverOutlook(t *testing.T) {
	t.Parallel()
	var at atomic.Value
	s := newOutlookSite(t, func(*http.Request) int { return 0 }, &at)
	s.redis()
	first := s.ready()
	p, ids := s.outlookMidPass(func() {
		first.signal(syscall.SIGKILL)
		if code := first.wait(); code != -1 {
			t.Errorf("exit code %d of a killed process", code)
		}
	})
	s.ready()
	p.once(ids) // what was written is known by reading it: nobody is mailed twice
}

func TestSIGTERMInAPassOverOutlook(t *testing.T) {
	t.Parallel()
	var at atomic.Value
	s := newOutlookSite(t, func(*http.Request) int { return 0 }, &at)
	s.redis()
	first := s.ready()
	p, ids := s.outlookMidPass(func() {
		began := time.Now()
		first.signal(syscall.SIGTERM)
		if code := first.wait(); code != 0 {
			t.Errorf("exit code %d, want 0", code)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("the end took %s; the pass has to end at its next event", took)
		}
	})
	s.ready()
	p.once(ids)
	if log := s.log.String(); strings.Contains(log, "goroutine ") || strings.Contains(log, `"level":"ERROR"`) {
		t.Errorf("the log tells of errors:\n%s", s.log.tail())
	}
}

func TestRedisGoesAndComesBackUnderOutlook(t *testing.T) {
	t.Parallel()
	mr := miniredis.RunT(t)
	h := &house{demoRun: &demoRun{}, t: t}
	t.Cleanup(h.stop)
	if err := h.open("127.0.0.1:0", "redis://"+mr.Addr(), time.Now); err != nil {
		t.Fatal(err)
	}
	p := h.outlook(ada)
	p.quiet()
	mr.SetError("LOADING Redis is loading the dataset in memory")
	id := p.adds(mailed("Planning #meet", tomorrow(9))) // Graph is told 503 and sends it again
	status, out, header := p.call(http.MethodPost, "/v1/invitations", map[string]any{"title": "x", "start": tomorrow(9), "end": tomorrow(10)})
	if status != http.StatusServiceUnavailable || header.Get("Retry-After") == "" {
		t.Errorf("an invitation without Redis: %d %v", status, out)
	}
	resp, err := http.Post(p.portal+"/hooks/microsoft?validationToken=a%20b", "text/plain", http.NoBody)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("the handshake needs Redis: %v %v", resp, err)
	}
	mr.SetError("")
	p.linked(id)
	p.quiet()
	p.once([]string{id})
}

// TestNoSecretOfMicrosoftInAnyLogLine goes through sign-in, the app's sign-in, events and refusals.
func TestNoSecretOfMicrosoftInAnyLogLine(t *testing.T) {
	t.Parallel()
	var at atomic.Value
	s := newOutlookSite(t, func(*http.Request) int { return 0 }, &at)
	s.redis()
	s.ready()
	p := s.outside().outlook(ada)
	p.linked(p.adds(mailed("Planning #meet", tomorrow(9))))
	state := s.graph.Subscriptions(ada)[0].ClientState
	secrets := map[string]string{
		"client state": state[strings.Index(state, ".")+1:], "client secret": demoSecret, "access token": "EwB", "refresh token": "0.A", "id token": "eyJ",
		"pwd": "pwd=", "passcode": p.get("/v1/room")["passcode"].(string),
	}
	for name, form := range map[string]url.Values{
		"code":    {"grant_type": {"authorization_code"}, "client_id": {"parlor-addin"}, "code": {"ATHcodeATH"}, "redirect_uri": {"https://x.example/ATHcodeATH"}, "code_verifier": {strings.Repeat("ATHcodeATH", 5)}},
		"refresh": {"grant_type": {"refresh_token"}, "client_id": {"parlor-addin"}, "refresh_token": {"ATHcodeATH"}},
	} {
		resp, err := http.PostForm(p.portal+"/oauth/token", form)
		if err != nil || resp.StatusCode != http.StatusBadRequest {
			t.Fatalf("%s: %v %v", name, resp, err)
		}
		secrets[name] = "ATHcodeATH"
	}
	p.follows("/oauth/authorize?client_id=parlor-addin&code_challenge=ATHcodeATH&state=ATHcodeATH&redirect_uri=" + url.QueryEscape(p.portal+"/addin/signed-in"))
	s.graph.Fail(graph.Failure{Path: "/v1.0/*", Reason: "ErrorInternalServerError"})
	s.graph.Fail(graph.Failure{Path: "/v1.0/*", Reason: graph.ClaimsChallenge})
	s.graph.Fail(graph.Failure{Path: "/v1.0/*", Cut: true})
	p.linked(p.adds(fields("Again #meet", tomorrow(12))))
	s.graph.RevokeGrants(ada)
	p.adds(fields("Never #meet", tomorrow(16)))
	p.until("the calendar says reconnect", func() bool { return strings.Contains(strings.Join(p.states(), " "), "reconnect") })
	log := s.log.String()
	for what, secret := range secrets {
		if secret == "" || strings.Contains(log, secret) {
			t.Errorf("the log holds the %s %q:\n%s", what, secret, log[max(0, strings.Index(log, secret)-300):])
		}
	}
	for _, want := range []string{`"msg":"app refused"`, `"msg":"pass"`, `"level":"WARN"`} {
		if !strings.Contains(log, want) {
			t.Errorf("no %s in the log, so this proves little:\n%s", want, log)
		}
	}
}
