package grant

import (
	"net/url"
	"testing"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

const (
	origin    = "https://parlor.example.com"
	challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" // RFC 7636, appendix B
	verifier  = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
)

func newAuthority(t *testing.T) *Authority {
	t.Helper()
	keyset, err := store.NewKeyset()
	must(t, err)
	seal, err := store.NewSealer(keyset)
	must(t, err)
	rdb, _ := storetest.Mini(t)
	clock := storetest.NewClock(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	return New(store.Open(rdb, seal, clock.Now), Config{Origin: origin, Seal: seal, Now: clock.Now})
}

func good() url.Values {
	return url.Values{
		"client_id": {AddIn}, "redirect_uri": {origin + "/addin/signed-in"}, "response_type": {"code"},
		"code_challenge": {challenge}, "code_challenge_method": {"S256"},
	}
}

// code lets the add-in in for a session of ada and returns the code.
func (a *Authority) code(t *testing.T) string {
	t.Helper()
	const ada = parlor.AccountID("adaadaadaadaadaa")
	secret, err := a.st.NewSession(t.Context(), ada, "", "")
	must(t, err)
	session, err := a.st.Session(t.Context(), secret)
	must(t, err)
	ask, err := a.Ask(good())
	must(t, err)
	to, err := a.Allow(ask, session)
	must(t, err)
	u, err := url.Parse(to)
	must(t, err)
	return u.Query().Get("code")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
