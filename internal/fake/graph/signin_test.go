package graph

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/oauth2"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/faketest"
	"parlor/internal/fake/stage"
)

const otherTenant = "11111111-2222-4333-8444-555555555555"

var verifier = strings.Repeat("v", 43)

// browser follows no redirect.
var browser = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// client is an OAuth client of a tenant, made by discovery.
func (s *site) client(tenant, issuer string) *oauth2.Config {
	s.t.Helper()
	var found struct {
		Issuer string `json:"issuer"`
		Auth   string `json:"authorization_endpoint"`
		Token  string `json:"token_endpoint"`
	}
	faketest.Load(s.t, s.url+"/"+tenant+"/v2.0/.well-known/openid-configuration", &found)
	if found.Issuer != s.url+"/"+issuer+"/v2.0" {
		s.t.Errorf("issuer %q", found.Issuer)
	}
	return &oauth2.Config{
		ClientID: "client", ClientSecret: "secret",
		Endpoint:    oauth2.Endpoint{AuthURL: found.Auth, TokenURL: found.Token, AuthStyle: oauth2.AuthStyleInParams},
		RedirectURL: "http://127.0.0.1:9/callback", Scopes: []string{"openid", "email", "profile", "offline_access", "Calendars.ReadWrite"},
	}
}

// browse asks the authorize page and returns where it sends to; nil when it shows a page.
func (s *site) browse(c *oauth2.Config, more url.Values) url.Values {
	s.t.Helper()
	q := url.Values{"nonce": {"n1"}, "login_hint": {ada}, "approve": {"1"}}
	for k, v := range more {
		q[k] = v
	}
	res, err := browser.Get(c.AuthCodeURL("state1", oauth2.S256ChallengeOption(verifier)) + "&" + q.Encode())
	if err != nil {
		s.t.Fatal(err)
	}
	_ = res.Body.Close()
	to, err := res.Location()
	if err != nil {
		return nil
	}
	return to.Query()
}

// claims is what an id token says.
func (s *site) claims(token *oauth2.Token) map[string]any {
	s.t.Helper()
	return faketest.Claims(s.t, s.url+"/common/discovery/v2.0/keys", token)
}

// aadsts is the number in a token endpoint's error.
func aadsts(err error) string {
	var r *oauth2.RetrieveError
	if !errors.As(err, &r) {
		return ""
	}
	number, _, _ := strings.Cut(r.ErrorDescription, ":")
	return r.ErrorCode + " " + number
}

func TestSignIn(t *testing.T) {
	s := newSite(t)
	for tenant, issuer := range map[string]string{DefaultTenant: DefaultTenant, "organizations": "{tenantid}", "common": "{tenantid}"} {
		c := s.client(tenant, issuer)
		back := s.browse(c, nil)
		token, err := c.Exchange(t.Context(), back.Get("code"), oauth2.VerifierOption(verifier))
		if err != nil || back.Get("state") != "state1" {
			t.Fatal(err, back)
		}
		claims := s.claims(token)
		for _, key := range []string{"sub", "uti", "rh"} {
			delete(claims, key)
		}
		now := float64(s.now().Unix())
		want := map[string]any{
			"ver": "2.0", "iss": s.url + "/" + DefaultTenant + "/v2.0", "aud": "client", "tid": DefaultTenant, "oid": guidOf(ada), "nonce": "n1",
			"name": "Ada Lovelace", "preferred_username": ada, "email": ada, "iat": now, "nbf": now, "exp": now + 3600,
		}
		if diff := cmp.Diff(want, claims); diff != "" {
			t.Error(diff)
		}
		if scope, _ := token.Extra("scope").(string); scope != "openid email profile Calendars.ReadWrite" || token.RefreshToken == "" {
			t.Errorf("scope %q, refresh token %q", scope, token.RefreshToken)
		}
		_, err = c.Exchange(t.Context(), back.Get("code"), oauth2.VerifierOption(verifier))
		if got := aadsts(err); got != "invalid_grant AADSTS54005" {
			t.Errorf("a code used twice: %q", got)
		}
	}
}

func TestTenants(t *testing.T) {
	s := newSite(t)
	s.World().AddPerson(calendar.Person{Email: "eve@other.example", Name: "Eve", Zone: "UTC", Tenant: otherTenant})
	hint := url.Values{"login_hint": {"eve@other.example"}}
	if back := s.browse(s.client(DefaultTenant, DefaultTenant), hint); back != nil {
		t.Errorf("somebody of another directory came back with %v", back)
	}
	c := s.client("organizations", "{tenantid}")
	token, err := c.Exchange(t.Context(), s.browse(c, hint).Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		t.Fatal(err)
	}
	if claims := s.claims(token); claims["tid"] != otherTenant || claims["iss"] != s.url+"/"+otherTenant+"/v2.0" {
		t.Errorf("claims: %v", claims)
	}
	c.Endpoint.TokenURL = s.url + "/nobody/oauth2/v2.0/token"
	_, err = c.Exchange(t.Context(), "x")
	if got := aadsts(err); got != "invalid_tenant AADSTS90002" {
		t.Errorf("an unknown tenant: %q", got)
	}
}

func TestClaimsCanLie(t *testing.T) {
	s := newSite(t)
	s.SetClaims(ada, map[string]any{"email": "boss@bigcorp.example", "preferred_username": nil})
	c := s.client(DefaultTenant, DefaultTenant)
	token, err := c.Exchange(t.Context(), s.browse(c, nil).Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		t.Fatal(err)
	}
	claims := s.claims(token)
	if _, there := claims["preferred_username"]; there || claims["email"] != "boss@bigcorp.example" {
		t.Errorf("claims: %v", claims)
	}
}

func TestRefreshRotates(t *testing.T) {
	s := newSite(t)
	c := s.client(DefaultTenant, DefaultTenant)
	renew := func(token string) (*oauth2.Token, error) {
		return c.TokenSource(t.Context(), &oauth2.Token{RefreshToken: token}).Token()
	}
	_, first := s.Grant(ada)
	second, err := renew(first)
	if err != nil || second.RefreshToken == first || second.RefreshToken == "" {
		t.Fatalf("second token %v, %v", second, err)
	}
	if _, err := renew(first); err != nil {
		t.Errorf("the first refresh token is dead: %v", err)
	}
	s.clock.Add(91 * 24 * time.Hour)
	if _, err := renew(first); aadsts(err) != "invalid_grant AADSTS700082" {
		t.Errorf("after 91 days: %q", aadsts(err))
	}
	_, fresh := s.Grant(ada)
	s.RevokeGrants(ada)
	if _, err := renew(fresh); aadsts(err) != "invalid_grant AADSTS50173" {
		t.Errorf("revoked: %q", aadsts(err))
	}
	if _, err := renew("rubbish"); aadsts(err) != "invalid_grant AADSTS9002313" {
		t.Errorf("unknown: %q", aadsts(err))
	}
	s.Fail(Failure{Path: "/" + DefaultTenant + "/oauth2/v2.0/token", Status: 400, Reason: "AADSTS50076"})
	if _, err := renew(fresh); aadsts(err) != "interaction_required AADSTS50076" {
		t.Errorf("second factor: %q", aadsts(err))
	}
	c.ClientSecret = "old"
	if _, err := renew(fresh); aadsts(err) != "invalid_client AADSTS7000215" {
		t.Errorf("wrong secret: %q", aadsts(err))
	}
}

func TestCodesAreBound(t *testing.T) {
	s := newSite(t)
	for name, c := range map[string]struct {
		verifier, redirect, want string
		wait                     time.Duration
	}{
		"other verifier": {strings.Repeat("w", 43), "", "invalid_grant AADSTS50148", 0},
		"other redirect": {verifier, "http://127.0.0.1:9/other", "invalid_grant AADSTS70000", 0},
		"too late":       {verifier, "", "invalid_grant AADSTS70008", stage.CodeLife},
	} {
		client := s.client(DefaultTenant, DefaultTenant)
		code := s.browse(client, nil).Get("code")
		s.clock.Add(c.wait)
		if c.redirect != "" {
			client.RedirectURL = c.redirect
		}
		if _, err := client.Exchange(t.Context(), code, oauth2.VerifierOption(c.verifier)); aadsts(err) != c.want {
			t.Errorf("%s: %q, want %q", name, aadsts(err), c.want)
		}
	}
}

func TestAuthorizeSaysNo(t *testing.T) {
	s := newSite(t, func(o *Options) { o.Redirects = []string{"http://127.0.0.1:9/callback"} })
	c := s.client(DefaultTenant, DefaultTenant)
	for name, q := range map[string]url.Values{
		"access_denied":  {"deny": {"1"}},
		"login_required": {"approve": {""}, "prompt": {"none"}},
	} {
		if got := s.browse(c, q).Get("error"); got != name {
			t.Errorf("%v: %q, want %q", q, got, name)
		}
	}
	s.AskAdmin("Calendars.ReadWrite")
	if got := s.browse(c, nil); got.Get("error") != "access_denied" || !strings.HasPrefix(got.Get("error_description"), "AADSTS90094") {
		t.Errorf("an administrator's consent: %v", got)
	}
	c.RedirectURL = "https://elsewhere.example/"
	if got := s.browse(c, nil); got != nil {
		t.Errorf("sent to another address: %v", got)
	}
}

func TestPickerShowsPeople(t *testing.T) {
	s := newSite(t)
	c := s.client(DefaultTenant, DefaultTenant)
	res, err := browser.Get(c.AuthCodeURL("s", oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("prompt", "consent")))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	page, err := io.ReadAll(res.Body)
	for _, want := range []string{`value="ada@example.com"`, `value="bob@example.com"`, "Have full access to your calendars", "stand-in"} {
		if err != nil || !strings.Contains(string(page), want) {
			t.Errorf("page lacks %q, %v", want, err)
		}
	}
}
