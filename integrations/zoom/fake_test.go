package zoom

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"parlor/internal/fake/faketest"
	fake "parlor/internal/fake/zoom"
	"parlor/internal/parlor"
)

const ada, hookSecret = "ada@example.com", "hook secret"

// site is Zoom's stand-in with Ada, who let the app in.
type site struct {
	t      *testing.T
	clock  *faketest.Clock
	fake   *fake.Server
	at     string
	client *http.Client
	seen   []string // bodies that were sent
}

func newSite(t *testing.T, change ...func(*fake.Person)) *site {
	t.Helper()
	p := fake.Person{Email: ada, Name: "Ada Lovelace", PMI: 2345678901, Passcode: "Engine1", PersonalLink: "ada.lovelace"}
	for _, c := range change {
		c(&p)
	}
	s := &site{t: t, clock: faketest.NewClock()}
	s.fake = fake.New([]fake.Person{p}, fake.Options{Now: s.clock.Now, ClientID: "app", ClientSecret: "secret", WebhookSecret: hookSecret})
	web := httptest.NewServer(s.fake)
	t.Cleanup(func() { web.Close(); s.fake.Close() })
	s.fake.SetOrigin(web.URL)
	s.at = web.URL
	s.client = &http.Client{Transport: bearing{s, s.token()}}
	return s
}

// bearing adds Ada's token to each request, as the connector does.
type bearing struct {
	site  *site
	token string
}

func (b bearing) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+b.token)
	if r.GetBody != nil {
		body, err := r.GetBody()
		if err != nil {
			return nil, err
		}
		var sent json.RawMessage
		if err := json.NewDecoder(body).Decode(&sent); err == nil {
			b.site.seen = append(b.site.seen, string(sent))
		}
	}
	return http.DefaultTransport.RoundTrip(r)
}

func (s *site) token() string {
	s.t.Helper()
	verifier := strings.Repeat("v", 43)
	sum := sha256.Sum256([]byte(verifier))
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := browser.PostForm(s.at+"/oauth/authorize", url.Values{
		"response_type": {"code"}, "client_id": {"app"}, "redirect_uri": {"http://127.0.0.1/back"}, "picked": {ada},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])},
	})
	if err != nil {
		s.t.Fatal(err)
	}
	back, err := resp.Location()
	if err != nil {
		s.t.Fatal(err)
	}
	form := url.Values{"grant_type": {"authorization_code"}, "code": {back.Query().Get("code")}, "redirect_uri": {"http://127.0.0.1/back"}, "code_verifier": {verifier}}
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.at+"/oauth/token", strings.NewReader(form.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth("app", "secret")
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	var got struct {
		Access string `json:"access_token"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&got); err != nil || got.Access == "" {
		s.t.Fatalf("no token: %v", err)
	}
	return got.Access
}

func (s *site) service() parlor.Service {
	return New(Config{ClientID: "app", ClientSecret: "secret", WebhookSecret: hookSecret, APIURL: s.at + "/v2", AuthURL: s.at + "/oauth", Now: s.clock.Now})
}

func (s *site) rooms() parlor.Rooms {
	s.t.Helper()
	r, err := s.service().Rooms(s.client)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}
