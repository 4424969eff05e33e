package connect_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"parlor/internal/connect"
	"parlor/internal/parlor"
)

const (
	contoso  = "11111111-aaaa-4bbb-8ccc-222222222222"
	fabrikam = "33333333-dddd-4eee-8fff-444444444444"
)

// entra is a service whose people come from organisations.
func (w *world) entra(tenants ...string) parlor.Service {
	return parlor.Service{
		Kind: parlor.KindMicrosoft, Name: "Microsoft", API: w.provider.URL + "/calendar/",
		OAuth: &parlor.OAuth{
			Issuer: w.provider.URL + "/entra/{tenant}/v2.0", ClientID: "client", ClientSecret: "hush", SignIn: []string{"openid"},
			Calendar: []string{calendarScope}, Tenants: tenants, Identify: whoAtEntra,
		},
		Calendar: func(c *http.Client) (parlor.Calendar, error) { return nil, nil },
	}
}

func whoAtEntra(claims map[string]any) (parlor.Identity, error) {
	tenant, _ := claims["tid"].(string)
	object, _ := claims["oid"].(string)
	email, _ := claims["email"].(string)
	if object == "" {
		return parlor.Identity{}, errors.New("no oid")
	}
	return parlor.Identity{Subject: tenant + "/" + object, Tenant: tenant, Email: email, Name: "Ada"}, nil
}

// from are the claims of somebody of an organisation.
func (w *world) from(tenant string, more ...string) map[string]any {
	claims := map[string]any{"iss": w.provider.URL + "/entra/" + tenant + "/v2.0", "tid": tenant, "oid": "ada", "email_verified": nil}
	for _, pair := range more {
		name, value, _ := strings.Cut(pair, "=")
		claims[name] = value
	}
	return claims
}

func (w *world) signInAtEntra(t *testing.T, account parlor.AccountID) (connect.Result, error) {
	t.Helper()
	start := connect.Start{Browser: "cookie", Return: "/", Account: account}
	address, err := w.Begin(t.Context(), parlor.KindMicrosoft, start)
	if err != nil {
		t.Fatal(err)
	}
	return w.Finish(t.Context(), parlor.KindMicrosoft, w.provider.authorize(address), start.Browser)
}

func TestTenantsDecideWhoMaySignIn(t *testing.T) {
	w := newWorld(t)
	one, several := []string{strings.ToUpper(contoso)}, []string{contoso, fabrikam}
	const stranger = "99999999-0000-4000-8000-000000000000"
	for name, c := range map[string]struct {
		tenants []string
		claims  map[string]any
		want    error
	}{
		"the one":                       {one, w.from(contoso), nil},
		"the one, without an address":   {one, w.from(contoso, "email="), nil},
		"the one, any address":          {one, w.from(contoso, "email=ceo@elsewhere.example"), nil},
		"another than the one":          {one, w.from(fabrikam), connect.ErrProvider},
		"one of several":                {several, w.from(fabrikam), nil},
		"none of several":               {several, w.from(stranger), connect.ErrTenant},
		"none, with an address of us":   {several, w.from(stranger, "email=ada@example.com", "email_verified=true"), connect.ErrTenant},
		"issuer of another":             {several, w.from(stranger, "tid="+contoso), connect.ErrProvider},
		"issuer is the template":        {several, w.from("{tenantid}", "tid="+contoso), connect.ErrProvider},
		"issuer from elsewhere":         {several, w.from(contoso, "iss=https://evil.example/"+contoso+"/v2.0"), connect.ErrProvider},
		"no tenant":                     {several, w.from(contoso, "tid="), connect.ErrProvider},
		"no tenant in claims or issuer": {several, w.from("", "tid="), connect.ErrProvider},
		"other audience":                {several, w.from(contoso, "aud=somebody-else"), connect.ErrProvider},
		"other nonce":                   {several, w.from(contoso, "nonce=replayed"), connect.ErrProvider},
		"nobody":                        {several, w.from(contoso, "oid="), connect.ErrProvider},
	} {
		t.Run(name, func(t *testing.T) {
			w.open(t, w.entra(c.tenants...))
			w.provider.claims = c.claims
			result, err := w.signInAtEntra(t, "")
			if !errors.Is(err, c.want) || (result.Account == "") != (c.want != nil) {
				t.Errorf("%+v, %v, want %v", result, err, c.want)
			}
		})
	}
}

func TestPeopleOfTwoTenantsAreTwo(t *testing.T) {
	w := newWorld(t)
	w.open(t, w.entra(contoso, fabrikam))
	seen := map[parlor.AccountID]bool{}
	for _, tenant := range []string{contoso, fabrikam, contoso} {
		w.provider.claims = w.from(tenant)
		result, err := w.signInAtEntra(t, "")
		if err != nil {
			t.Fatal(err)
		}
		seen[result.Account] = true
	}
	if len(seen) != 2 {
		t.Errorf("%d accounts", len(seen))
	}
}

func TestADocumentForSeveralTenantsStatesATemplate(t *testing.T) {
	w := newWorld(t)
	for _, template := range []string{"organizations", contoso, "{tenant}"} {
		w.provider.template = template
		w.open(t, w.entra(contoso, fabrikam))
		if _, err := w.Begin(t.Context(), parlor.KindMicrosoft, connect.Start{Browser: "cookie"}); !errors.Is(err, connect.ErrProvider) {
			t.Errorf("%s: %v", template, err)
		}
	}
}

func TestAKeySignsForItsIssuerAlone(t *testing.T) {
	w := newWorld(t)
	of := func(tenant string) string { return w.provider.URL + "/entra/" + tenant + "/v2.0" }
	for limit, want := range map[string]error{
		"":               nil,
		of("{tenantid}"): nil,
		of(contoso):      nil,
		of(fabrikam):     connect.ErrProvider,
		of("9188040d-6c67-4c5b-b112-36a304b66dad"): connect.ErrProvider, // personal accounts
	} {
		w.open(t, w.entra(contoso, fabrikam))
		w.provider.limit, w.provider.claims = limit, w.from(contoso)
		if _, err := w.signInAtEntra(t, ""); !errors.Is(err, want) {
			t.Errorf("a key of %s: %v", limit, err)
		}
	}
}

func TestScopesAsEntraNamesThem(t *testing.T) {
	w := newWorld(t)
	s := w.entra(contoso)
	s.OAuth.Calendar = []string{"Calendars.ReadWrite"}
	w.open(t, s)
	for granted, complete := range map[string]bool{
		"Calendars.ReadWrite openid profile":                true,
		"openid " + w.provider.URL + "/Calendars.ReadWrite": true,
		w.provider.URL + "/calendars.readwrite":             true,
		"openid Calendars.Read":                             false,
		"https://evil.example/Calendars.ReadWrite":          false,
	} {
		w.provider.claims, w.provider.scope = w.from(contoso), granted
		result, err := w.signInAtEntra(t, "")
		if err != nil || (len(result.Missing) == 0) != complete {
			t.Errorf("granted %s: missing %v, %v", granted, result.Missing, err)
		}
	}
}

func TestGoogleAndMicrosoftInOneAccount(t *testing.T) {
	w := newWorld(t)
	w.open(t, w.Services()[0], w.entra(contoso))
	ada := w.signIn(t)
	w.provider.claims = w.from(contoso)
	if got, err := w.signInAtEntra(t, ada.Account); err != nil || got.Account != ada.Account {
		t.Fatalf("Microsoft to an account of Google: %+v, %v", got, err)
	}
	if got, err := w.signInAtEntra(t, ""); err != nil || got.Account != ada.Account || got.Created {
		t.Errorf("signing in with what was connected: %+v, %v", got, err)
	}
	for _, k := range []parlor.Kind{parlor.KindGoogle, parlor.KindMicrosoft} {
		if _, err := w.Calendar(t.Context(), ada.Account, k); err != nil {
			t.Errorf("calendar at %s: %v", k, err)
		}
	}

	w.provider.claims = w.from(contoso, "oid=bob")
	bob, err := w.signInAtEntra(t, "")
	if err != nil {
		t.Fatal(err)
	}
	w.provider.claims = map[string]any{"sub": "sub-bob", "email": "bob@example.com"}
	start := connect.Start{Browser: "cookie", Account: bob.Account}
	if got, err := w.trySignIn(t, start); err != nil || got.Account != bob.Account {
		t.Fatalf("Google to an account of Microsoft: %+v, %v", got, err)
	}
	w.provider.claims = w.from(contoso, "oid=bob")
	if _, err := w.signInAtEntra(t, ada.Account); !errors.Is(err, parlor.ErrTaken) {
		t.Errorf("Bob's Microsoft to Ada's account: %v", err)
	}
	w.provider.claims = nil
	if _, err := w.trySignIn(t, start); !errors.Is(err, parlor.ErrTaken) {
		t.Errorf("Ada's Google to Bob's account: %v", err)
	}
}
