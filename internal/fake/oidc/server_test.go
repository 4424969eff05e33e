package oidc

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/oauth2"

	"parlor/internal/fake/faketest"
)

const (
	callback = "http://127.0.0.1:9/callback"
	verifier = "0123456789012345678901234567890123456789012"
)

func newSite(t *testing.T) (*Server, *oauth2.Config) {
	t.Helper()
	s := New(Options{ClientID: "client", ClientSecret: "se cret", Redirects: []string{callback}},
		Person{Email: "ada@example.com", Name: "Ada", Verified: new(true), Groups: []string{"staff"}})
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	s.SetOrigin(web.URL)
	return s, &oauth2.Config{
		ClientID: "client", ClientSecret: "se cret", RedirectURL: callback, Scopes: []string{"openid", "email", "profile", "groups"},
		Endpoint: oauth2.Endpoint{AuthURL: s.Issuer() + "/authorize", TokenURL: s.Issuer() + "/token", AuthStyle: oauth2.AuthStyleInHeader},
	}
}

func ask(t *testing.T, address string) (int, url.Values) {
	t.Helper()
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := browser.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	to, err := res.Location()
	if err != nil {
		return res.StatusCode, nil
	}
	return res.StatusCode, to.Query()
}

func right(c *oauth2.Config) string {
	return c.AuthCodeURL("state", oauth2.S256ChallengeOption(verifier)) + "&nonce=n&approve=1&login_hint=ada%40example.com"
}

func TestSignIn(t *testing.T) {
	s, c := newSite(t)
	_, back := ask(t, right(c))
	token, err := c.Exchange(t.Context(), back.Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		t.Fatal(err)
	}
	claims := faketest.Claims(t, s.Issuer()+"/keys", token)
	if claims["email"] != "ada@example.com" || claims["email_verified"] != true || claims["nonce"] != "n" || claims["iss"] != s.Issuer() {
		t.Errorf("claims %v", claims)
	}
	if _, err := c.Exchange(t.Context(), back.Get("code"), oauth2.VerifierOption(verifier)); err == nil {
		t.Error("a code works twice")
	}
}

func TestAuthorizeRefuses(t *testing.T) {
	for spoil, want := range map[string]string{
		"code_challenge=":        "invalid_request",
		"nonce=":                 "invalid_request",
		"scope=email":            "invalid_scope",
		"scope=openid+payments":  "invalid_scope",
		"response_type=id_token": "unsupported_response_type",
		"deny=1":                 "access_denied",
	} {
		_, c := newSite(t)
		name, value, _ := strings.Cut(spoil, "=")
		to, err := url.Parse(right(c))
		if err != nil {
			t.Fatal(err)
		}
		q := to.Query()
		q.Set(name, strings.ReplaceAll(value, "+", " "))
		to.RawQuery = q.Encode()
		if _, back := ask(t, to.String()); back.Get("error") != want || back.Get("code") != "" {
			t.Errorf("%s: sent back with %v", spoil, back)
		}
	}
	_, c := newSite(t)
	c.RedirectURL = callback + "/other"
	if status, back := ask(t, right(c)); status != http.StatusBadRequest || back != nil {
		t.Errorf("an unregistered address: %d %v", status, back)
	}
}

func TestExchangeRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*oauth2.Config){
		"secret in the body": func(c *oauth2.Config) { c.Endpoint.AuthStyle = oauth2.AuthStyleInParams },
		"another secret":     func(c *oauth2.Config) { c.ClientSecret = "guess" },
		"another address":    func(c *oauth2.Config) { c.RedirectURL = callback + "/other" },
	} {
		_, c := newSite(t)
		_, back := ask(t, right(c))
		spoil(c)
		if _, err := c.Exchange(t.Context(), back.Get("code"), oauth2.VerifierOption(verifier)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
