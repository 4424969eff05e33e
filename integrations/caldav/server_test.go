package caldav_test

import (
	"net/http"
	"testing"
	"time"

	"parlor/integrations/caldav"
	"parlor/internal/fake/davtest"
	"parlor/internal/parlor"
)

const (
	origin = "https://parlor.example"
	ada    = davtest.User
	bob    = "bob@example.com"
	zone   = "Europe/Berlin"
)

func now() time.Time { return time.Date(2031, 2, 24, 12, 0, 0, 0, time.UTC) }

// config reaches loopback, where the servers of tests are.
func config() caldav.Config {
	return caldav.Config{Origin: origin, Private: caldav.Private{All: true}, Batch: 3, Now: now}
}

// basic carries a password, as the product's own client does.
type basic struct{ user, password string }

func (b basic) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.SetBasicAuth(b.user, b.password)
	return http.DefaultTransport.RoundTrip(req)
}

// login finds Ada's calendars by an address, as the product does.
func login(t testing.TB, s parlor.Service, address string) parlor.Login {
	t.Helper()
	l, err := s.Password.Find(t.Context(), parlor.Login{URL: address, User: ada, Password: davtest.Password, Zone: zone})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// connected opens Ada's calendars at a server.
func connected(t testing.TB, address string, cfg caldav.Config) parlor.Calendar {
	t.Helper()
	s := caldav.New(cfg)
	l := login(t, s, address)
	port, err := s.Password.Calendar(&http.Client{Transport: basic{l.User, l.Password}}, l)
	if err != nil {
		t.Fatal(err)
	}
	return port
}
