package grant

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestChallengeOfTheStandard(t *testing.T) {
	if got := challengeOf(verifier); got != challenge {
		t.Errorf("%s, RFC 7636 has %s", got, challenge)
	}
}

func TestAskIsReadFromItsOwnQuery(t *testing.T) {
	a := newAuthority(t)
	q := good()
	q.Set("state", `<"&=%>`)
	q.Set("login_hint", "ada@example.com")
	q.Set("prompt", "none")
	ask, err := a.Ask(q)
	must(t, err)
	again, err := a.Ask(ask.Query())
	must(t, err)
	if diff := cmp.Diff(ask, again, cmp.AllowUnexported(Ask{}, Client{})); diff != "" {
		t.Error(diff)
	}
	if ask.Query().Has("prompt") || a.Outside(ask) != "" {
		t.Errorf("%v, %s", ask.Query(), a.Outside(ask))
	}
}

// FuzzAsk looks for a request that sends the browser anywhere but to the add-in.
func FuzzAsk(f *testing.F) {
	f.Add("client_id=parlor-addin&redirect_uri=https://parlor.example.com/addin/signed-in&state=x")
	f.Add(good().Encode())
	f.Add(good().Encode() + "&state=a%26code=b")
	f.Fuzz(func(t *testing.T, raw string) {
		q, err := url.ParseQuery(raw)
		if err != nil {
			return
		}
		a := &Authority{origin: origin, clients: clients(origin, nil)}
		ask, err := a.Ask(q)
		refusal, refused := errors.AsType[*Refusal](err)
		to := ""
		switch {
		case err == nil:
			to = a.Decline(ask)
		case refused:
			to = refusal.Back
		case errors.Is(err, ErrClient):
			return
		}
		u, err := url.Parse(to)
		if err != nil || !strings.HasPrefix(to, origin+"/addin/signed-in?") || u.Query().Has("code") || len(u.Query()["iss"]) != 1 {
			t.Errorf("%q leads to %q (%v)", raw, to, err)
		}
	})
}

func TestWhatWasSealedForOneUseIsNothingForAnother(t *testing.T) {
	a := newAuthority(t)
	code := a.code(t)
	given, err := a.Token(t.Context(), url.Values{
		"grant_type": {"authorization_code"}, "client_id": {AddIn}, "code": {code},
		"redirect_uri": {origin + "/addin/signed-in"}, "code_verifier": {verifier},
	}, Device{})
	must(t, err)
	if _, ok := a.readCode(given.Refresh); ok {
		t.Error("a refresh token is a code")
	}
	if _, ok := a.readRefresh(code); ok {
		t.Error("a code is a refresh token")
	}
	if _, ok := newAuthority(t).readRefresh(given.Refresh); ok {
		t.Error("a token of another installation is taken")
	}
	if len(code) > longest/2 || len(given.Refresh) > longest/2 {
		t.Errorf("a code has %d characters, a token %d", len(code), len(given.Refresh))
	}
}

func TestNothingOfATokenIsStored(t *testing.T) {
	a := newAuthority(t)
	code := a.code(t)
	if keys := a.st.Client().Keys(t.Context(), "*grant*").Val(); len(keys) > 0 {
		t.Errorf("an unused code has left %v", keys)
	}
	given, err := a.Token(t.Context(), url.Values{
		"grant_type": {"authorization_code"}, "client_id": {AddIn}, "code": {code},
		"redirect_uri": {origin + "/addin/signed-in"}, "code_verifier": {verifier},
	}, Device{UserAgent: "Edge"})
	must(t, err)
	fields := a.st.Client().HGetAll(t.Context(), "parlor:{"+string(given.Account)+"}:grant:"+given.Grant).Val()
	for name, value := range fields {
		if strings.Contains(given.Refresh, value) && len(value) > 4 || strings.Contains(code, value) && len(value) > 4 {
			t.Errorf("%s is %q", name, value)
		}
	}
	if fields["client"] != AddIn || fields["generation"] != "1" || len(fields) != 7 {
		t.Errorf("%v", fields)
	}
}

func TestNames(t *testing.T) {
	for id, want := range map[string]string{AddIn: "Parlor for Outlook", Extension: "Parlor for your browser", "gone": "gone"} {
		if got := NameOf(id); got != want {
			t.Errorf("%s is called %q", id, got)
		}
	}
}
