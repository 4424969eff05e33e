package connect_test

import (
	"net/http"
	"testing"
	"time"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

const origin = "https://parlor.example"

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// world is a Connector on a real Redis with one service, and what a test moves it with.
type world struct {
	*connect.Connector
	store    *store.Store
	clock    *storetest.Clock
	provider *provider
	client   *http.Client // that the service was opened with last
}

func newWorld(t *testing.T, change ...func(*parlor.Service)) *world {
	t.Helper()
	w := &world{clock: storetest.NewClock(monday)}
	w.provider = newProvider(t, w.clock.Now)
	w.store = storetest.Open(t, storetest.Redis(t), w.clock.Now)
	s := parlor.Service{
		Kind: parlor.KindGoogle, Name: "Google", API: w.provider.URL + "/calendar/",
		OAuth: &parlor.OAuth{
			Issuer: w.provider.URL, ClientID: "client", ClientSecret: "hush", SignIn: []string{"openid", "email"},
			Calendar: []string{calendarScope}, Params: map[string]string{"access_type": "offline"},
		},
		Calendar: func(c *http.Client) (parlor.Calendar, error) {
			w.client = c
			return nil, nil
		},
	}
	for _, f := range change {
		f(&s)
	}
	w.open(t, s)
	return w
}

// open begins anew with these services.
func (w *world) open(t *testing.T, services ...parlor.Service) {
	t.Helper()
	w.Connector = connect.New(w.store, origin, connect.Domains{"example.com"}, services, parlor.Service{Kind: parlor.KindJitsi}, w.clock.Now)
	t.Cleanup(w.Close)
}

// signIn takes a person through the whole sign-in.
func (w *world) signIn(t *testing.T) connect.Result {
	t.Helper()
	result, err := w.trySignIn(t, connect.Start{Browser: "cookie", Return: "/settings"})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func (w *world) trySignIn(t *testing.T, start connect.Start) (connect.Result, error) {
	t.Helper()
	address, err := w.Begin(t.Context(), parlor.KindGoogle, start)
	if err != nil {
		t.Fatal(err)
	}
	return w.Finish(t.Context(), parlor.KindGoogle, w.provider.authorize(address), start.Browser)
}

func (w *world) connection(t *testing.T, id parlor.AccountID) parlor.Connection {
	t.Helper()
	a, err := w.store.Account(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := a.Connection(parlor.KindGoogle)
	return c
}
