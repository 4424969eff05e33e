package google

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/oauth2"

	"parlor/internal/fake/faketest"
	"parlor/internal/fake/stage"
)

const eventsScope = scopeBase + "calendar.events.owned"

// client is an OAuth client of the site, made by discovery.
func (s *site) client() *oauth2.Config {
	s.t.Helper()
	var found struct {
		Issuer string `json:"issuer"`
		Auth   string `json:"authorization_endpoint"`
		Token  string `json:"token_endpoint"`
	}
	faketest.Load(s.t, s.url+"/.well-known/openid-configuration", &found)
	if found.Issuer != s.url {
		s.t.Fatalf("issuer %q", found.Issuer)
	}
	return &oauth2.Config{
		ClientID: "client", ClientSecret: "secret", Endpoint: oauth2.Endpoint{AuthURL: found.Auth, TokenURL: found.Token},
		RedirectURL: "http://127.0.0.1:9/callback", Scopes: []string{"openid", "email", "profile", eventsScope},
	}
}

// claims is what an id token says.
func (s *site) claims(token *oauth2.Token) map[string]any {
	s.t.Helper()
	return faketest.Claims(s.t, s.url+"/oauth2/v3/certs", token)
}

// browse asks the authorize page as a browser and returns where it sends to.
func (s *site) browse(address string) url.Values {
	s.t.Helper()
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := browser.Get(address)
	if err != nil {
		s.t.Fatal(err)
	}
	_ = res.Body.Close()
	to, err := res.Location()
	if err != nil {
		s.t.Fatalf("no redirect: %d", res.StatusCode)
	}
	return to.Query()
}

var verifier = strings.Repeat("v", 43)

func (s *site) authURL(c *oauth2.Config, more url.Values) string {
	q := url.Values{"access_type": {"offline"}, "nonce": {"n1"}, "login_hint": {"ada@example.com"}, "approve": {"1"}}
	for k, v := range more {
		q[k] = v
	}
	return c.AuthCodeURL("state1", oauth2.S256ChallengeOption(verifier)) + "&" + q.Encode()
}

func oauthCode(err error) string {
	var r *oauth2.RetrieveError
	if errors.As(err, &r) {
		return r.ErrorCode
	}
	return ""
}

func TestSignIn(t *testing.T) {
	s := newSite(t)
	s.RevokeGrants("")
	c := s.client()
	back := s.browse(s.authURL(c, nil))
	if back.Get("state") != "state1" || back.Get("code") == "" {
		t.Fatalf("sent back with %v", back)
	}
	token, err := c.Exchange(t.Context(), back.Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		t.Fatal(err)
	}
	half := sha256.Sum256([]byte(token.AccessToken))
	want := map[string]any{
		"iss": s.url, "aud": "client", "azp": "client", "sub": subject("ada@example.com"), "nonce": "n1",
		"email": "ada@example.com", "email_verified": true, "hd": "example.com",
		"name": "Ada Lovelace", "given_name": "Ada", "family_name": "Lovelace",
		"iat": float64(s.now().Unix()), "exp": float64(s.now().Add(time.Hour).Unix()),
		"at_hash": base64.RawURLEncoding.EncodeToString(half[:16]),
	}
	if diff := cmp.Diff(want, s.claims(token)); diff != "" {
		t.Error(diff)
	}
	scope, _ := token.Extra("scope").(string)
	if !slices.Contains(strings.Fields(scope), eventsScope) || token.RefreshToken == "" {
		t.Errorf("scope %q, refresh token %q", scope, token.RefreshToken)
	}
	s.token = token.AccessToken
	s.ok(s.call("GET", primary, nil))
	s.refused(s.call("GET", "users/me/calendarList", nil), 403, "insufficientPermissions")
	if _, err := c.Exchange(t.Context(), back.Get("code"), oauth2.VerifierOption(verifier)); oauthCode(err) != "invalid_grant" {
		t.Errorf("second exchange: %v", err)
	}
	s.refused(s.call("GET", primary, nil), 401, "authError")
}

func TestExchangeRefuses(t *testing.T) {
	s := newSite(t)
	c := s.client()
	for name, spoil := range map[string]func(c *oauth2.Config) (wait time.Duration, verifier, code string){
		"wrong verifier": func(*oauth2.Config) (time.Duration, string, string) {
			return 0, strings.Repeat("x", 43), "invalid_grant"
		},
		"too late": func(*oauth2.Config) (time.Duration, string, string) { return stage.CodeLife, verifier, "invalid_grant" },
		"other redirect": func(c *oauth2.Config) (time.Duration, string, string) {
			c.RedirectURL = "http://127.0.0.1:9/other"
			return 0, verifier, "invalid_grant"
		},
		"wrong secret": func(c *oauth2.Config) (time.Duration, string, string) {
			c.ClientSecret = "guess"
			return 0, verifier, "invalid_client"
		},
	} {
		t.Run(name, func(t *testing.T) {
			mine := *c
			code := s.browse(s.authURL(c, nil)).Get("code")
			wait, v, want := spoil(&mine)
			s.clock.Add(wait)
			if _, err := mine.Exchange(t.Context(), code, oauth2.VerifierOption(v)); oauthCode(err) != want {
				t.Errorf("got %v, want %s", err, want)
			}
		})
	}
}

func TestAuthorizeRefuses(t *testing.T) {
	s := newSite(t, func(o *Options) { o.Redirects = []string{"http://127.0.0.1:9/callback"} })
	c := s.client()
	for name, want := range map[string]string{
		"response_type=token":        "unsupported_response_type",
		"code_challenge_method=none": "invalid_request",
		"code_challenge=":            "invalid_request",
		"scope=email":                "invalid_scope",
		"deny=1":                     "access_denied",
		"approve=&prompt=none":       "interaction_required",
	} {
		change, _ := url.ParseQuery(name)
		u, _ := url.Parse(s.authURL(c, nil))
		q := u.Query()
		for k, v := range change {
			q[k] = v
		}
		u.RawQuery = q.Encode()
		if got := s.browse(u.String()); got.Get("error") != want || got.Get("state") != "state1" {
			t.Errorf("%s: %v, want %s", name, got, want)
		}
	}
	for _, wrong := range []func(*oauth2.Config){
		func(c *oauth2.Config) { c.ClientID = "other" },
		func(c *oauth2.Config) { c.RedirectURL = "https://evil.example/" },
		func(c *oauth2.Config) { c.RedirectURL = "/relative" },
	} {
		mine := *c
		wrong(&mine)
		res, err := http.Get(s.authURL(&mine, nil))
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusBadRequest {
			t.Errorf("unsafe client got %d", res.StatusCode)
		}
	}
}

func TestUntickedScopeIsNotGranted(t *testing.T) {
	s := newSite(t)
	c := s.client()
	c.Scopes = append(c.Scopes, scopeBase+"calendar.calendarlist.readonly")
	code := s.browse(s.authURL(c, url.Values{"picked": {"1"}, "granted": {eventsScope}})).Get("code")
	token, err := c.Exchange(t.Context(), code, oauth2.VerifierOption(verifier))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"openid", scopeBase + "userinfo.email", scopeBase + "userinfo.profile", eventsScope}
	if got := strings.Fields(token.Extra("scope").(string)); !slices.Equal(got, want) {
		t.Errorf("scope %v, want %v", got, want)
	}
}

func TestRefreshTokens(t *testing.T) {
	s := newSite(t, func(o *Options) { o.TokenLife = time.Minute })
	s.RevokeGrants("")
	c := s.client()
	sign := func(more url.Values) *oauth2.Token {
		t.Helper()
		token, err := c.Exchange(t.Context(), s.browse(s.authURL(c, more)).Get("code"), oauth2.VerifierOption(verifier))
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	first := sign(nil)
	if again := sign(nil); first.RefreshToken == "" || again.RefreshToken != "" {
		t.Errorf("refresh tokens %q, then %q", first.RefreshToken, again.RefreshToken)
	}
	if sign(url.Values{"prompt": {"consent"}}).RefreshToken == "" || sign(url.Values{"prompt": {"consent"}, "access_type": {"online"}}).RefreshToken != "" {
		t.Error("consent gives a refresh token offline, and only there")
	}
	s.clock.Add(time.Minute)
	s.token = first.AccessToken
	s.refused(s.call("GET", primary, nil), 401, "authError")
	refresh := func() (*oauth2.Token, error) {
		return c.TokenSource(t.Context(), &oauth2.Token{RefreshToken: first.RefreshToken}).Token()
	}
	fresh, err := refresh()
	if err != nil || fresh.RefreshToken != first.RefreshToken {
		t.Fatalf("refresh: %v, %v", fresh, err)
	}
	s.token = fresh.AccessToken
	s.ok(s.call("GET", primary, nil))
	res, err := http.PostForm(s.url+"/revoke", url.Values{"token": {first.RefreshToken}})
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("revoke: %v %v", res, err)
	}
	_ = res.Body.Close()
	if _, err := refresh(); oauthCode(err) != "invalid_grant" {
		t.Errorf("refresh after revoke: %v", err)
	}
	s.refused(s.call("GET", primary, nil), 401, "authError")
}
