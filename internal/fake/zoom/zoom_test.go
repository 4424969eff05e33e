package zoom_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"parlor/internal/fake/faketest"
	"parlor/internal/fake/zoom"
)

const (
	ada      = "ada@example.com"
	pmi      = 2345678901
	verifier = "a verifier of no less than forty-three characters"
	back     = "http://127.0.0.1/callback"
)

// site is a running stand-in with one person, and a client that follows no redirect.
type site struct {
	t     *testing.T
	clock *faketest.Clock
	fake  *zoom.Server
	at    string
	http  *http.Client
}

func newSite(t *testing.T, change ...func(*zoom.Person)) *site {
	t.Helper()
	p := zoom.Person{Email: ada, Name: "Ada Lovelace", PMI: pmi, Passcode: "Engine1", PersonalLink: "ada.lovelace"}
	for _, c := range change {
		c(&p)
	}
	s := &site{t: t, clock: faketest.NewClock()}
	s.fake = zoom.New([]zoom.Person{p, {Email: "bob@example.com", Name: "Bob", PMI: 4345678901}}, zoom.Options{Now: s.clock.Now, ClientID: "app", ClientSecret: "secret", WebhookSecret: "hook", WebhookRetry: 1})
	web := httptest.NewServer(s.fake)
	t.Cleanup(func() { web.Close(); s.fake.Close() })
	s.fake.SetOrigin(web.URL)
	s.at, s.http = web.URL, &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return s
}

// do sends a request and returns the status and the answer.
func (s *site) do(method, path, body string, headers ...string) (*http.Response, string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.at+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	resp, err := s.http.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp, string(raw)
}

type tokens struct {
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
	Life    int    `json:"expires_in"`
	Error   string
}

func (s *site) token(form url.Values) (int, tokens) {
	s.t.Helper()
	basic := "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte("app:secret"))
	resp, body := s.do("POST", "/oauth/token", form.Encode(), basic, "Content-Type: application/x-www-form-urlencoded")
	var got tokens
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		s.t.Fatalf("%s: %v", body, err)
	}
	return resp.StatusCode, got
}

func (s *site) signIn() tokens {
	s.t.Helper()
	sum := sha256.Sum256([]byte(verifier))
	q := url.Values{
		"response_type": {"code"}, "client_id": {"app"}, "redirect_uri": {back}, "state": {"st"}, "picked": {ada},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"},
	}
	resp, body := s.do("POST", "/oauth/authorize", q.Encode(), "Content-Type: application/x-www-form-urlencoded")
	to, err := resp.Location()
	if err != nil || to.Query().Get("state") != "st" {
		s.t.Fatalf("%v %s", err, body)
	}
	status, got := s.token(url.Values{"grant_type": {"authorization_code"}, "code": {to.Query().Get("code")}, "redirect_uri": {back}, "code_verifier": {verifier}})
	if status != http.StatusOK || got.Access == "" || got.Refresh == "" || got.Life != 3600 {
		s.t.Fatalf("%d %+v", status, got)
	}
	return got
}

// call makes an API call in Ada's name.
func (s *site) call(access, method, path, body string) (int, map[string]any) {
	s.t.Helper()
	headers := []string{"Authorization: Bearer " + access, "Accept: application/json"}
	if body != "" {
		headers = append(headers, "Content-Type: application/json")
	}
	resp, raw := s.do(method, "/v2"+path, body, headers...)
	answer := map[string]any{}
	if raw != "" {
		d := json.NewDecoder(bytes.NewReader([]byte(raw)))
		d.UseNumber()
		if err := d.Decode(&answer); err != nil {
			s.t.Fatalf("%s: %v", raw, err)
		}
	}
	return resp.StatusCode, answer
}

func is(t *testing.T, what string, got, want any) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
