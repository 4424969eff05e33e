package google_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/oauth2"

	"parlor/integrations/google"
	"parlor/internal/fake/calendar"
	fake "parlor/internal/fake/google"
	"parlor/internal/parlor"
	"parlor/internal/parlor/parlortest"
)

const (
	ada = "ada@example.com"
	bob = "bob@example.com"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestCalendarPort(t *testing.T) {
	parlortest.RunCalendar(t, parlortest.Harness{World: world})
}

// service is a Google of its own with Ada and Bob, and Ada's port on it.
type service struct {
	world *calendar.World
	srv   *fake.Server
	port  parlor.Calendar
}

// start signs in as Ada, with exactly the scopes that the adapter asks for unless told otherwise.
func start(t *testing.T, scopes ...string) service {
	t.Helper()
	w := calendar.New(time.Now)
	w.AddPerson(calendar.Person{Email: ada, Name: "Ada Lovelace", Zone: "Europe/London"})
	w.AddPerson(calendar.Person{Email: bob, Name: "Bob Marsh", Zone: "America/New_York"})
	srv := fake.New(w, fake.Options{Now: time.Now})
	web := httptest.NewServer(srv)
	t.Cleanup(func() { srv.Close(); web.Close() })
	srv.SetOrigin(web.URL)
	s := google.New(google.Config{APIURL: web.URL + "/calendar/v3/"})
	if scopes == nil {
		scopes = s.OAuth.Calendar
	}
	access, _ := srv.Grant(ada, scopes...)
	source := oauth2.StaticTokenSource(&oauth2.Token{AccessToken: access})
	port, err := s.Calendar(&http.Client{Transport: &oauth2.Transport{Source: source, Base: web.Client().Transport}})
	if err != nil {
		t.Fatal(err)
	}
	return service{world: w, srv: srv, port: port}
}

// world shows a service to the suite.
func world(t *testing.T) parlortest.World {
	t.Helper()
	g, push := start(t), parlortest.Listen(t, google.Hear, time.Now().Add(24*time.Hour))
	g.srv.Lists(fake.ListMode{MaxPage: 3, EmptyPages: 1})
	person := hand{world: g.world, calendar: ada}
	return parlortest.World{
		Port: g.port, Calendar: ada, Guest: bob, PageSize: 3,
		Add: person.add, AddInvited: person.addInvited,
		Edit: person.edit, EditOccurrence: person.editOccurrence,
		Delete: person.remove, DeleteOccurrence: person.removeOccurrence,
		Read: person.read, Mails: func() int { return len(g.world.Mails()) },
		ExpireCursors: g.srv.ExpireSyncTokens,
		Throttle: func(after time.Duration) {
			g.fail(fake.Failure{Reason: "rateLimitExceeded", RetryAfter: after})
		},
		Break:  func(page int) { g.fail(fake.Failure{Reason: "backendError", After: page - 1}) },
		Cut:    func(page int) { g.fail(fake.Failure{Cut: true, After: page - 1}) },
		Outage: func() { g.fail(fake.Failure{Status: http.StatusInternalServerError, Reason: "backendError"}) },
		Revoke: func() { g.srv.RevokeGrants(ada) },
		Hook:   push.Hook,
		Heard:  push.Heard,
	}
}

func (g service) fail(f fake.Failure) {
	f.Path = "/calendar/v3/"
	g.srv.Fail(f)
}
