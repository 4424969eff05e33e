package api

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

func TestEdgeRefuses(t *testing.T) {
	rdb, _ := storetest.Mini(t)
	h := newHouse(t, rdb, Limits{})
	crossSite := []string{h.as(), "Sec-Fetch-Site: cross-site", "Origin: https://evil.example"}
	cases := []struct {
		name, method, path, body string
		headers                  []string
		status                   int
	}{
		{"signed out", "GET", "/v1/settings", "", nil, 401},
		{"unknown session", "GET", "/v1/settings", "", []string{"Cookie: parlor_session=nobody"}, 401},
		{"bad token beside a good cookie", "GET", "/v1/settings", "", []string{h.as(), "Authorization: Bearer nonsense"}, 401},
		{"unknown v1 route", "GET", "/v1/nothing", "", []string{h.as()}, 404},
		{"unknown hook", "POST", "/hooks/nobody", "{}", nil, 404},
		{"unknown sign-in", "GET", "/signin/nobody", "", nil, 404},
		{"unknown page, JSON wanted", "GET", "/nothing", "", []string{"Accept: application/json"}, 404},
		{"wrong method", "DELETE", "/v1/settings", "", []string{h.as()}, 405},
		{"no JSON", "PUT", "/v1/settings", "paused=true", []string{h.as(), "If-Match: *", "Content-Type: text/plain"}, 415},
		{"10 MB", "POST", "/v1/events", strings.Repeat("x", 10<<20), []string{h.as()}, 413},
		{"cross-site change", "PUT", "/v1/settings", "{}", append(crossSite, "If-Match: *"), 403},
		{"cross-site sign-out", "POST", "/signout", "", crossSite, 403},
		{"method that no page takes", "PUT", "/j/12345678901", "", nil, 405},
		{"cursor beyond all numbers", "GET", "/v1/activity?cursor=" + strings.Repeat("9", 20) + "-1", "", []string{h.as()}, 422},
		{"panic", "GET", "/panic", "", nil, 500},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := h.call(c.method, c.path, c.body, c.headers...)
			aProblem(t, w, c.status)
			if c.status == 401 && w.Header().Get("WWW-Authenticate") == "" {
				t.Error("401 without WWW-Authenticate")
			}
			if c.status == 405 && w.Header().Get("Allow") == "" {
				t.Error("405 without Allow")
			}
		})
	}
}

func TestHeadIsAnsweredAsGet(t *testing.T) {
	rdb, _ := storetest.Mini(t)
	h := newHouse(t, rdb, Limits{})
	web := httptest.NewServer(h.handler)
	t.Cleanup(web.Close)
	for path, status := range map[string]int{"/healthz": 200, "/readyz": 200, "/v1/openapi.yaml": 200, "/v1/settings": 401, "/signin/google": 404} {
		res, err := web.Client().Head(web.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode != status || err != nil || len(body) > 0 {
			t.Errorf("HEAD %s: %d with %q (%v), want %d without a body", path, res.StatusCode, body, err, status)
		}
	}
}

// unknownLength hides how long a body is, as a chunked request does.
type unknownLength struct{ io.Reader }

func TestBodyOfUnknownLengthIsCut(t *testing.T) {
	rdb, _ := storetest.Mini(t)
	h := newHouse(t, rdb, Limits{})
	r := httptest.NewRequest(http.MethodPost, testOrigin+"/v1/events", unknownLength{strings.NewReader(strings.Repeat(" ", 2<<20))})
	r.Header.Set("Authorization", strings.TrimPrefix(h.bearer(), "Authorization: "))
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, r)
	aProblem(t, w, http.StatusRequestEntityTooLarge)
}

func TestCrossSiteRequestWithItsOwnTokenIsTaken(t *testing.T) {
	rdb, _ := storetest.Mini(t)
	h := newHouse(t, rdb, Limits{})
	w := h.call("PUT", "/v1/settings", `{"paused":true}`, h.bearer(), "If-Match: *", "Sec-Fetch-Site: cross-site",
		"Origin: https://calendar.google.com")
	same(t, decode[parlor.Settings](t, w, 200).Paused, true)
}

func TestPagesAndHeaders(t *testing.T) {
	rdb, _ := storetest.Mini(t)
	h := newHouse(t, rdb, Limits{})
	cases := []struct {
		path   string
		status int
		holds  string
	}{
		{"/", 200, "portal"},
		{"/nothing", 404, "no such page"},
		{"/j/1234567890?pwd=x", 200, "door of /j/1234567890"},
		{"/my/ada", 200, "door of /my/ada"},
		{"/healthz", 200, "ok"},
		{"/readyz", 200, "ready"},
		{"/v1/openapi.yaml", 200, "openapi: 3.1.0"},
	}
	for _, c := range cases {
		t.Run(c.path, func(t *testing.T) {
			w := h.call("GET", c.path, "", "Accept: text/html")
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.holds) {
				t.Errorf("%d %s", w.Code, w.Body)
			}
			for name, want := range map[string]string{
				"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
				"Content-Security-Policy": policyNone, "Strict-Transport-Security": "max-age=31536000",
			} {
				same(t, w.Header().Get(name), want)
			}
		})
	}
}

func TestRedisDown(t *testing.T) {
	rdb, mini := storetest.Mini(t)
	h := newHouse(t, rdb, Limits{})
	bearer, cookie := h.bearer(), h.as()
	mini.SetError("LOADING Redis is loading the dataset in memory")
	for _, path := range []string{"/v1/settings", "/v1/room", "/v1/meetings", "/v1/calendars", "/v1/activity"} {
		for _, who := range []string{bearer, cookie} {
			w := h.call("GET", path, "", who)
			aProblem(t, w, http.StatusServiceUnavailable)
			if w.Header().Get("Retry-After") == "" {
				t.Errorf("%s: no Retry-After", path)
			}
		}
	}
	page := h.call("GET", "/settings", "", cookie, "Accept: text/html")
	same(t, []any{page.Code, page.Header().Get("Content-Type")}, []any{503, "text/plain; charset=utf-8"})
	aProblem(t, h.call("GET", "/readyz", "", "Accept: text/html"), http.StatusServiceUnavailable)
	same(t, h.call("GET", "/healthz", "").Code, 200)
	mini.SetError("")
	same(t, h.call("GET", "/readyz", "").Code, 200)
	same(t, h.call("GET", "/v1/settings", "", bearer).Code, 200)
}

func TestRateLimits(t *testing.T) {
	rdb, _ := storetest.Mini(t)
	h := newHouse(t, rdb, Limits{
		Session: parlor.Rate{Requests: 2, Per: time.Minute}, Address: parlor.Rate{Requests: 4, Per: time.Minute},
	})
	token := h.bearer()
	for range 2 {
		same(t, h.call("GET", "/v1/settings", "", token).Code, 200)
	}
	w := h.call("GET", "/v1/settings", "", token)
	aProblem(t, w, http.StatusTooManyRequests)
	same(t, w.Header().Get("Retry-After"), "30")
	same(t, h.call("GET", "/v1/settings", "", h.as()).Code, 200) // another session, the same address
	aProblem(t, h.call("GET", "/", ""), http.StatusTooManyRequests)
	h.clock.Pass(time.Minute)
	same(t, h.call("GET", "/", "").Code, 200)
}

func TestPagesSeeTheClientBehindATrustedProxy(t *testing.T) {
	engine, err := newEngine([]string{"192.0.2.0/24"})
	if err != nil {
		t.Fatal(err)
	}
	var seen string
	pages := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = r.RemoteAddr })
	engine.GET("/j/:id", new(server).serve(pages))
	r := httptest.NewRequest(http.MethodGet, "/j/1", http.NoBody) // httptest's client is 192.0.2.1
	r.Header.Set("X-Forwarded-For", "203.0.113.9")
	r.Header.Set("Accept", "text/html")
	engine.ServeHTTP(httptest.NewRecorder(), r)
	if seen != "203.0.113.9:0" {
		t.Errorf("pages see %s, want the guest's own address", seen)
	}
}
