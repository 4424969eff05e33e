package connect_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/connect"
	"parlor/internal/fake/oidc"
	"parlor/internal/fake/stage"
	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

// realm is a Connector and a generic provider that it signs people in with.
type realm struct {
	*world
	fake *oidc.Server
}

func newRealm(t *testing.T, change ...func(*connect.Generic)) *realm {
	t.Helper()
	w := &world{clock: storetest.NewClock(monday)}
	w.store = storetest.Open(t, storetest.Redis(t), w.clock.Now)
	r := &realm{world: w}
	r.fake = oidc.New(oidc.Options{Now: w.clock.Now, ClientID: "parlor & co", ClientSecret: "hush: 50%", Redirects: []string{origin + "/signin/oidc/callback"}})
	srv := httptest.NewServer(r.fake)
	t.Cleanup(srv.Close)
	r.fake.SetOrigin(srv.URL)
	g := connect.Generic{Issuer: r.fake.Issuer(), ClientID: "parlor & co", ClientSecret: "hush: 50%", Name: "Example ID"}
	for _, f := range change {
		f(&g)
	}
	r.open(t, g.Service())
	return r
}

func (r *realm) comes(t *testing.T, email string) (connect.Result, error) {
	t.Helper()
	address, err := r.Begin(t.Context(), parlor.KindOIDC, connect.Start{Browser: "cookie"})
	if err != nil {
		t.Fatal(err)
	}
	return r.Finish(t.Context(), parlor.KindOIDC, agreed(t, address, email), "cookie")
}

// agreed is the query with which the provider sends the browser back once somebody said who they are.
func agreed(t *testing.T, address, email string) url.Values {
	t.Helper()
	to, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := to.Query()
	q.Set("login_hint", email)
	q.Set("approve", "1")
	to.RawQuery = q.Encode()
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := browser.Get(to.String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	back, err := res.Location()
	if err != nil {
		t.Fatalf("not sent back: %d", res.StatusCode)
	}
	return back.Query()
}

func TestGenericSignIn(t *testing.T) {
	for name, mode := range map[string]func(*oidc.Server){
		"in the id_token":         func(*oidc.Server) {},
		"from userinfo":           func(s *oidc.Server) { s.Bare(true) },
		"no scope for groups":     func(s *oidc.Server) { s.Groupless(true) },
		"userinfo and no scope":   func(s *oidc.Server) { s.Bare(true); s.Groupless(true) },
		"a key that is not known": func(s *oidc.Server) { s.Rotate() },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRealm(t)
			p := oidc.Person{Email: "ada@example.com", Name: "Ada", Verified: new(true), Groups: []string{"staff", "room owners"}}
			r.fake.Put(p)
			first, err := r.comes(t, p.Email)
			if err != nil || !first.Created {
				t.Fatalf("%+v, %v", first, err)
			}
			mode(r.fake)
			r.open(t, connect.Generic{Issuer: r.fake.Issuer(), ClientID: "parlor & co", ClientSecret: "hush: 50%"}.Service())
			p.Groups = []string{"staff"}
			r.fake.Put(p)
			second, err := r.comes(t, p.Email)
			if err != nil || second.Account != first.Account || second.NeedConsent {
				t.Fatalf("%+v, %v", second, err)
			}
			a, err := r.store.Account(t.Context(), first.Account)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]any{"Ada", "ada@example.com", []string{"staff"}}, []any{a.Name, a.Email, a.Groups}); diff != "" {
				t.Error(diff)
			}
			if _, err := r.store.Token(t.Context(), a.ID, parlor.KindOIDC); !errors.Is(err, parlor.ErrNotFound) {
				t.Errorf("a token is kept that nobody needs: %v", err)
			}
		})
	}
}

func TestAKeyIsRotatedWhileParlorRuns(t *testing.T) {
	r := newRealm(t)
	r.fake.Put(oidc.Person{Email: "ada@example.com", Name: "Ada", Verified: new(true)})
	for range 2 {
		if _, err := r.comes(t, "ada@example.com"); err != nil {
			t.Fatal(err)
		}
		r.fake.Rotate()
	}
}

func TestGenericRefuses(t *testing.T) {
	trust := func(g *connect.Generic) { g.TrustEmail = true }
	for name, c := range map[string]struct {
		person oidc.Person
		config func(*connect.Generic)
		want   error
	}{
		"not said to be verified": {oidc.Person{Email: "ada@example.com"}, nil, connect.ErrUnverified},
		"said to be unverified":   {oidc.Person{Email: "ada@example.com", Verified: new(false)}, nil, connect.ErrUnverified},
		"another domain":          {oidc.Person{Email: "eve@evil.example", Verified: new(true)}, nil, connect.ErrDomain},
		"trusted":                 {oidc.Person{Email: "ada@example.com", Verified: new(false)}, trust, nil},
		"trusted, another domain": {oidc.Person{Email: "eve@evil.example"}, trust, connect.ErrDomain},
	} {
		t.Run(name, func(t *testing.T) {
			var changes []func(*connect.Generic)
			if c.config != nil {
				changes = append(changes, c.config)
			}
			r := newRealm(t, changes...)
			r.fake.Put(c.person)
			if result, err := r.comes(t, c.person.Email); !errors.Is(err, c.want) || err == nil && result.Account == "" {
				t.Errorf("%+v, %v", result, err)
			}
		})
	}
}

// TestGroupsAreNotLostWithUserinfo: whoever comes without their groups could do what their group may not.
func TestGroupsAreNotLostWithUserinfo(t *testing.T) {
	r := newRealm(t)
	r.fake.Put(oidc.Person{Email: "ada@example.com", Name: "Ada", Verified: new(true), Groups: []string{"staff"}})
	r.fake.Bare(true)
	r.fake.Fail(stage.Failure{Path: oidc.Realm + "/userinfo", Status: http.StatusBadGateway, Reason: "server_error"})
	if _, err := r.comes(t, "ada@example.com"); !errors.Is(err, connect.ErrProvider) {
		t.Errorf("signed in without what userinfo had to tell: %v", err)
	}
	if _, err := r.comes(t, "ada@example.com"); err != nil {
		t.Error(err)
	}
}

func TestGoogleTakesNoGroupsAway(t *testing.T) {
	r := newRealm(t)
	r.fake.Put(oidc.Person{Email: "ada@example.com", Name: "Ada", Verified: new(true), Groups: []string{"staff"}})
	result, err := r.comes(t, "ada@example.com")
	if err != nil {
		t.Fatal(err)
	}
	google := parlor.Identity{Kind: parlor.KindGoogle, Subject: "g", Email: "ada@example.com"}
	a, err := r.store.Connect(t.Context(), result.Account, google)
	if err != nil || len(a.Groups) != 1 {
		t.Errorf("%+v, %v", a, err)
	}
}
