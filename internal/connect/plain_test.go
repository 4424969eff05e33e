package connect_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"parlor/integrations/zoom"
	"parlor/internal/connect"
	fake "parlor/internal/fake/zoom"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

// studio is a Connector whose rooms are Zoom's, and a person who is signed in.
type studio struct {
	*connect.Connector
	t       *testing.T
	store   *store.Store
	clock   *storetest.Clock
	zoom    *fake.Server
	at      string
	account parlor.AccountID
}

func newStudio(t *testing.T) *studio {
	t.Helper()
	s := &studio{t: t, clock: storetest.NewClock(monday)}
	s.store = storetest.Open(t, storetest.Redis(t), s.clock.Now)
	s.zoom = fake.New([]fake.Person{
		{Email: "ada@zoom.example", Name: "Ada Lovelace", PMI: 2345678901, Passcode: "Engine1"},
		{Email: "bob@zoom.example", Name: "Bob", PMI: 4345678901},
	}, fake.Options{Now: s.clock.Now, ClientID: "client", ClientSecret: "hush"})
	server := httptest.NewServer(s.zoom)
	t.Cleanup(server.Close)
	web := server.URL
	t.Cleanup(s.zoom.Close)
	s.at = web
	s.zoom.SetOrigin(web)
	service := zoom.New(zoom.Config{ClientID: "client", ClientSecret: "hush", APIURL: web + "/v2", AuthURL: web + "/oauth", Now: s.clock.Now})
	s.Connector = connect.New(s.store, origin, connect.Domains{"example.com"}, nil, service, s.clock.Now)
	t.Cleanup(s.Close)
	a, _, err := s.store.SignIn(t.Context(), parlor.Identity{Kind: parlor.KindGoogle, Subject: "1", Email: "ada@example.com", EmailVerified: true, Name: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	s.account = a.ID
	return s
}

// comesBack is what the browser brings from Zoom when a person allows the app.
func (s *studio) comesBack(address, email string) url.Values {
	s.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		s.t.Fatal(err)
	}
	form := u.Query()
	form.Set("picked", email)
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := browser.PostForm(s.at+"/oauth/authorize", form)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	back, err := resp.Location()
	if err != nil || !strings.HasPrefix(back.String(), origin+"/connect/zoom/callback?") {
		s.t.Fatalf("%v %v", back, err)
	}
	return back.Query()
}

func (s *studio) connect(id parlor.AccountID, email string) (connect.Result, error) {
	s.t.Helper()
	address, err := s.Begin(s.t.Context(), parlor.KindZoom, connect.Start{Account: id, Browser: "cookie", Return: "/room"})
	if err != nil {
		s.t.Fatal(err)
	}
	return s.Finish(s.t.Context(), parlor.KindZoom, s.comesBack(address, email), "cookie")
}

func (s *studio) room() (parlor.Room, error) {
	s.t.Helper()
	rooms, err := s.Rooms(s.t.Context(), s.account)
	if err != nil {
		return parlor.Room{}, err
	}
	return rooms.Room(s.t.Context())
}

func TestConnectZoom(t *testing.T) {
	s := newStudio(t)
	if _, err := s.room(); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("before: %v", err)
	}
	result, err := s.connect(s.account, "ada@zoom.example") // of a domain that may not sign in
	if err != nil || result.Account != s.account || result.NeedConsent || len(result.Missing) > 0 || result.Return != "/room" {
		t.Fatalf("%+v %v", result, err)
	}
	a, err := s.store.Account(t.Context(), s.account)
	if err != nil {
		t.Fatal(err)
	}
	if conn, ok := a.Connection(parlor.KindZoom); !ok || conn.State != parlor.Connected || conn.Subject != s.zoom.People()[0].ID {
		t.Errorf("%+v", conn)
	}
	if a.Email != "ada@example.com" {
		t.Errorf("the account is called %s now", a.Email)
	}
	if room, err := s.room(); err != nil || room.PMI != "2345678901" {
		t.Errorf("%+v %v", room, err)
	}
}

func TestNobodySignsInWithZoom(t *testing.T) {
	s := newStudio(t)
	if to, err := s.Begin(t.Context(), parlor.KindZoom, connect.Start{Browser: "cookie"}); !errors.Is(err, parlor.ErrNotFound) {
		t.Errorf("%s %v", to, err)
	}
}

func TestAZoomUserHasOneAccount(t *testing.T) {
	s := newStudio(t)
	if _, err := s.connect(s.account, "ada@zoom.example"); err != nil {
		t.Fatal(err)
	}
	eve, _, err := s.store.SignIn(t.Context(), parlor.Identity{Kind: parlor.KindGoogle, Subject: "2", Email: "eve@example.com", EmailVerified: true})
	if err != nil {
		t.Fatal(err)
	}
	if result, err := s.connect(eve.ID, "ada@zoom.example"); !errors.Is(err, parlor.ErrTaken) {
		t.Errorf("%+v %v", result, err)
	}
}

// TestManyWorkersRefreshOnce: a refresh token of Zoom's works once, so that a second refresh with it would end the grant.
func TestManyWorkersRefreshOnce(t *testing.T) {
	s := newStudio(t)
	if _, err := s.connect(s.account, "ada@zoom.example"); err != nil {
		t.Fatal(err)
	}
	s.clock.Pass(2 * time.Hour)
	s.zoom.ResetCalls()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := s.room(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := s.zoom.Count("POST", "/oauth/token"); n != 1 {
		t.Errorf("%d refreshes", n)
	}
	for range 5 { // days, each with the refresh token that the last one gave
		s.clock.Pass(24 * time.Hour)
		if _, err := s.room(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAZoomGrantDies(t *testing.T) {
	for name, kill := range map[string]func(*studio){
		"taken back":         func(s *studio) { s.zoom.Revoke("ada@zoom.example") },
		"unused for 90 days": func(s *studio) { s.clock.Pass(91 * 24 * time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newStudio(t)
			if _, err := s.connect(s.account, "ada@zoom.example"); err != nil {
				t.Fatal(err)
			}
			kill(s)
			if _, err := s.room(); !errors.Is(err, parlor.ErrRevoked) {
				t.Errorf("%v", err)
			}
			a, err := s.store.Account(context.WithoutCancel(t.Context()), s.account)
			if err != nil {
				t.Fatal(err)
			}
			if conn, _ := a.Connection(parlor.KindZoom); conn.State != parlor.ReconnectNeeded {
				t.Errorf("%+v", conn)
			}
			if _, err := s.connect(s.account, "ada@zoom.example"); err != nil {
				t.Fatal(err)
			}
			if _, err := s.room(); err != nil {
				t.Errorf("after connecting again: %v", err)
			}
		})
	}
}

// TestZoomForgetsUs: what a person disconnects is taken back at Zoom, too, though the access token ended long ago.
func TestZoomForgetsUs(t *testing.T) {
	for name, later := range map[string]time.Duration{"at once": 0, "two hours later": 2 * time.Hour, "when the grant is dead": 91 * 24 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			s := newStudio(t)
			if _, err := s.connect(s.account, "ada@zoom.example"); err != nil {
				t.Fatal(err)
			}
			token, err := s.store.Token(t.Context(), s.account, parlor.KindZoom)
			if err != nil {
				t.Fatal(err)
			}
			s.clock.Pass(later)
			if err := s.Revoke(t.Context(), s.account, parlor.KindZoom); err != nil {
				t.Fatal(err)
			}
			if left, err := s.store.Token(t.Context(), s.account, parlor.KindZoom); !errors.Is(err, parlor.ErrNotFound) {
				t.Errorf("kept %v %v", left, err)
			}
			if status := s.refresh(token.RefreshToken); status != http.StatusBadRequest {
				t.Errorf("the grant lives: %d", status)
			}
		})
	}
}

// refresh tries a refresh token at Zoom by hand.
func (s *studio) refresh(token string) int {
	s.t.Helper()
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}}
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.at+"/oauth/token", strings.NewReader(form.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth("client", "hush")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}
