package connect_test

import (
	"errors"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/connect"
	"parlor/internal/parlor"
)

func TestSignIn(t *testing.T) {
	w := newWorld(t)
	first := w.signIn(t)
	if !first.Created || first.Return != "/settings" || len(first.Missing) != 0 || first.NeedConsent {
		t.Errorf("first sign-in: %+v", first)
	}
	if room, err := w.store.Room(t.Context(), first.Account); err != nil || room.PMI == "" {
		t.Errorf("room %+v, %v", room, err)
	}
	want := parlor.Connection{Kind: parlor.KindGoogle, Subject: "sub-ada", Email: "ada@example.com", State: parlor.Connected}
	if diff := cmp.Diff(want, w.connection(t, first.Account)); diff != "" {
		t.Error(diff)
	}
	token, err := w.store.Token(t.Context(), first.Account, parlor.KindGoogle)
	if err != nil || token.AccessToken != "at-0" || token.RefreshToken != "rt-1" || !token.Expiry.Equal(monday.Add(time.Hour)) {
		t.Errorf("token %+v, %v", token, err)
	}
	if again := w.signIn(t); again.Created || again.Account != first.Account {
		t.Errorf("second sign-in: %+v", again)
	}
}

func TestBeginAsksForWhatIsNeeded(t *testing.T) {
	w := newWorld(t)
	address, err := w.Begin(t.Context(), parlor.KindGoogle, connect.Start{Browser: "cookie", Consent: true})
	if err != nil {
		t.Fatal(err)
	}
	w.provider.authorize(address)
	q := w.provider.asked
	for name, want := range map[string]string{
		"client_id": "client", "response_type": "code", "scope": "openid email " + calendarScope, "access_type": "offline",
		"prompt": "consent", "redirect_uri": origin + "/signin/google/callback", "code_challenge_method": "S256",
	} {
		if got := q.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for _, name := range []string{"state", "nonce", "code_challenge"} {
		if len(q.Get(name)) < 43 {
			t.Errorf("%s is %q", name, q.Get(name))
		}
	}
}

func TestFinishOnlyWhatThisBrowserBegan(t *testing.T) {
	w := newWorld(t)
	begin := func() url.Values {
		address, err := w.Begin(t.Context(), parlor.KindGoogle, connect.Start{Browser: "cookie"})
		if err != nil {
			t.Fatal(err)
		}
		return w.provider.authorize(address)
	}
	for name, c := range map[string]struct {
		kind    parlor.Kind
		query   url.Values
		browser string
	}{
		"another browser":  {parlor.KindGoogle, begin(), "other"},
		"no cookie":        {parlor.KindGoogle, begin(), ""},
		"another provider": {parlor.KindMicrosoft, begin(), "cookie"},
		"invented state":   {parlor.KindGoogle, url.Values{"state": {"x"}, "code": {"the-code"}}, "cookie"},
		"no state":         {parlor.KindGoogle, url.Values{"code": {"the-code"}}, "cookie"},
	} {
		if _, err := w.Finish(t.Context(), c.kind, c.query, c.browser); !errors.Is(err, connect.ErrState) {
			t.Errorf("%s: %v", name, err)
		}
	}
	query := begin()
	if _, err := w.Finish(t.Context(), parlor.KindGoogle, query, "cookie"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Finish(t.Context(), parlor.KindGoogle, query, "cookie"); !errors.Is(err, connect.ErrState) {
		t.Errorf("a second time: %v", err)
	}
	if w.provider.exchanges != 1 {
		t.Errorf("%d codes were exchanged", w.provider.exchanges)
	}
}

func TestFinishRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		claims map[string]any
		want   error
	}{
		"other domain":       {map[string]any{"email": "eve@evil.example"}, connect.ErrDomain},
		"suffix of ours":     {map[string]any{"email": "eve@notexample.com"}, connect.ErrDomain},
		"domain of a domain": {map[string]any{"email": "eve@example.com.evil.example"}, connect.ErrDomain},
		"unverified":         {map[string]any{"email_verified": false}, connect.ErrUnverified},
		"unverified text":    {map[string]any{"email_verified": "false"}, connect.ErrUnverified},
		"no address":         {map[string]any{"email": ""}, connect.ErrNoAddress},
		"other audience":     {map[string]any{"aud": "somebody-else"}, connect.ErrProvider},
		"other issuer":       {map[string]any{"iss": "https://evil.example"}, connect.ErrProvider},
		"expired":            {map[string]any{"exp": monday.Add(-time.Minute).Unix()}, connect.ErrProvider},
		"other nonce":        {map[string]any{"nonce": "replayed"}, connect.ErrProvider},
		"no subject":         {map[string]any{"sub": ""}, connect.ErrProvider},
	} {
		w := newWorld(t)
		w.provider.claims = c.claims
		if result, err := w.trySignIn(t, connect.Start{Browser: "cookie"}); !errors.Is(err, c.want) || result.Account != "" {
			t.Errorf("%s: %+v, %v", name, result, err)
		}
		if n, err := w.store.CountAccounts(t.Context()); err != nil || n != 0 {
			t.Errorf("%s: %d accounts were made, %v", name, n, err)
		}
	}
}

func TestFinishAfterTheProvidersRefusal(t *testing.T) {
	w := newWorld(t)
	for code, want := range map[string]error{"access_denied": connect.ErrDenied, "server_error": connect.ErrProvider} {
		address, err := w.Begin(t.Context(), parlor.KindGoogle, connect.Start{Browser: "cookie", Return: "/meetings"})
		if err != nil {
			t.Fatal(err)
		}
		query := w.provider.authorize(address)
		query.Set("error", code)
		if result, err := w.Finish(t.Context(), parlor.KindGoogle, query, "cookie"); !errors.Is(err, want) || result.Return != "/meetings" {
			t.Errorf("%s: %+v, %v", code, result, err)
		}
	}
}

func TestUntickedScopeIsExplained(t *testing.T) {
	w := newWorld(t)
	w.provider.scope = "openid email"
	result := w.signIn(t)
	if diff := cmp.Diff([]string{calendarScope}, result.Missing); diff != "" {
		t.Error(diff)
	}
	if c := w.connection(t, result.Account); c.State != parlor.ScopeMissing || len(c.Missing) != 1 {
		t.Errorf("connection %+v", c)
	}
	if _, err := w.Calendar(t.Context(), result.Account, parlor.KindGoogle); !errors.Is(err, parlor.ErrScope) {
		t.Errorf("calendar: %v", err)
	}
	w.provider.scope = ""
	if result = w.signIn(t); len(result.Missing) != 0 || w.connection(t, result.Account).State != parlor.Connected {
		t.Errorf("a reply without scope grants what was asked: %+v", result)
	}
}

func TestRefreshTokenIsKept(t *testing.T) {
	w := newWorld(t)
	w.provider.give = ""
	first := w.signIn(t)
	if !first.NeedConsent {
		t.Error("without a refresh token consent is needed")
	}
	w.provider.give = "rt-1"
	w.signIn(t)
	w.provider.give = ""
	if result := w.signIn(t); result.NeedConsent {
		t.Error("the kept refresh token does")
	}
	if token, err := w.store.Token(t.Context(), first.Account, parlor.KindGoogle); err != nil || token.RefreshToken != "rt-1" {
		t.Errorf("%+v, %v", token, err)
	}
}

func TestUnreachableProvider(t *testing.T) {
	w := newWorld(t)
	w.provider.down = true
	if _, err := w.Begin(t.Context(), parlor.KindGoogle, connect.Start{Browser: "cookie"}); !errors.Is(err, connect.ErrProvider) {
		t.Errorf("while it is down: %v", err)
	}
	w.provider.down = false
	w.signIn(t)
	if _, err := w.Begin(t.Context(), "nobody", connect.Start{}); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("a service we do not know: %v", err)
	}
}

func TestConnectFlow(t *testing.T) {
	w := newWorld(t)
	ada := w.signIn(t)
	start := connect.Start{Browser: "cookie", Return: "/", Account: ada.Account}
	if result, err := w.trySignIn(t, start); err != nil || result.Account != ada.Account {
		t.Errorf("the same identity again: %+v, %v", result, err)
	}
	if got := w.provider.asked.Get("redirect_uri"); got != origin+"/connect/google/callback" {
		t.Errorf("redirect to %s", got)
	}
	w.provider.claims = map[string]any{"sub": "sub-bob", "email": "bob@example.com"}
	bob := w.signIn(t)
	if bob.Account == ada.Account {
		t.Fatal("two identities, one account")
	}
	if _, err := w.trySignIn(t, start); !errors.Is(err, parlor.ErrTaken) {
		t.Errorf("an identity that has an account: %v", err)
	}
}

func TestSignInOnlyServiceKeepsNoToken(t *testing.T) {
	w := newWorld(t, func(s *parlor.Service) { s.Calendar, s.OAuth.Calendar = nil, nil })
	result := w.signIn(t)
	if _, err := w.store.Token(t.Context(), result.Account, parlor.KindGoogle); !errors.Is(err, parlor.ErrNotFound) || result.NeedConsent {
		t.Errorf("%+v, %v", result, err)
	}
}
