package microsoft_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/oauth2"

	"parlor/integrations/microsoft"
	"parlor/internal/fake/calendar"
	"parlor/internal/fake/graph"
	"parlor/internal/parlor"
	"parlor/internal/parlor/parlortest"
)

const (
	ada   = "ada@example.com"
	bob   = "bob@example.com"
	addin = "0b1f6f6e-4a5c-5d3e-9c1a-7d2e8f3b6a90"
)

// now is a week before what the suite plans: Graph lists a window around it.
func now() time.Time { return time.Date(2031, 2, 24, 12, 0, 0, 0, time.UTC) }

func TestCalendarPort(t *testing.T) {
	parlortest.RunCalendar(t, parlortest.Harness{World: world, Canonical: visible})
}

// service is a Microsoft of its own with Ada and Bob, and Ada's port on it.
type service struct {
	later *atomic.Int64 // by which the clocks are put forward
	world *calendar.World
	srv   *graph.Server
	web   *httptest.Server
	port  parlor.Calendar
}

// start signs in as Ada, with exactly the scopes that the adapter asks for unless told otherwise.
func start(t *testing.T, scopes ...string) service {
	t.Helper()
	later := &atomic.Int64{}
	now := func() time.Time { return now().Add(time.Duration(later.Load())) }
	w := calendar.New(now)
	w.AddPerson(calendar.Person{Email: ada, Name: "Ada Lovelace", Zone: "Europe/London"})
	w.AddPerson(calendar.Person{Email: bob, Name: "Bob Marsh", Zone: "America/New_York"})
	srv := graph.New(w, graph.Options{Now: now, TokenLife: 365 * 24 * time.Hour})
	web := httptest.NewServer(srv)
	t.Cleanup(func() { srv.Close(); web.Close() })
	srv.SetOrigin(web.URL)
	s := microsoft.New(microsoft.Config{APIURL: web.URL + "/v1.0", AddinID: addin, Now: now})
	if scopes == nil {
		scopes = s.OAuth.Calendar
	}
	g := service{later: later, world: w, srv: srv, web: web}
	port, err := s.Calendar(g.client(ada, scopes...))
	if err != nil {
		t.Fatal(err)
	}
	g.port = port
	return g
}

// client speaks to the server in somebody's name.
func (g service) client(email string, scopes ...string) *http.Client {
	access, _ := g.srv.Grant(email, scopes...)
	source := oauth2.StaticTokenSource(&oauth2.Token{AccessToken: access})
	return &http.Client{Transport: &oauth2.Transport{Source: source, Base: g.web.Client().Transport}}
}

// world shows a service to the suite.
func world(t *testing.T) parlortest.World {
	t.Helper()
	g, push := start(t), parlortest.Listen(t, microsoft.Hear, now().Add(24*time.Hour))
	g.srv.Lists(graph.ListMode{MaxPage: 3, EmptyPages: 1})
	person := hand{service: g, email: ada}
	return parlortest.World{
		Port: g.port, Calendar: parlor.CalendarID(graph.CalendarID(ada, ada)), Guest: bob, PageSize: 3,
		Add: person.add, AddInvited: person.addInvited,
		Edit: person.edit, EditOccurrence: person.editOccurrence,
		Delete: person.remove, DeleteOccurrence: person.removeOccurrence,
		Read:          person.read,
		ExpireCursors: g.srv.ExpireDeltaTokens,
		Throttle: func(after time.Duration) {
			g.fail(graph.Failure{Reason: "TooManyRequests", RetryAfter: after})
		},
		Break:  func(page int) { g.fail(graph.Failure{Reason: "serviceNotAvailable", After: page - 1}) },
		Cut:    func(page int) { g.fail(graph.Failure{Cut: true, After: page - 1}) },
		Outage: func() { g.fail(graph.Failure{Reason: "ErrorInternalServerError"}) },
		Revoke: func() { g.srv.RevokeGrants(ada) },
		Hook:   push.Hook,
		Heard:  push.Heard,
	}
}

func (g service) fail(f graph.Failure) {
	f.Path = "/v1.0/"
	g.srv.Fail(f)
}

// visible is what people see of a body, line by line, for Exchange keeps text as HTML and tidies that: runs of white space
// count as one, empty lines as none. The words, their order, the line breaks between them and where links lead must stay.
func visible(body string, f parlor.Format) string {
	if f == parlor.HTML {
		body = lines(body)
	}
	var out []string
	for _, line := range strings.FieldsFunc(body, func(r rune) bool { return r == '\n' || r == '\u2028' }) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

func lines(body string) string {
	var out strings.Builder
	hidden := 0
	for z := html.NewTokenizer(strings.NewReader(body)); z.Next() != html.ErrorToken; {
		switch token := z.Token(); {
		case token.DataAtom == atom.Head && token.Type == html.StartTagToken:
			hidden++
		case token.DataAtom == atom.Head:
			hidden--
		case hidden > 0:
		case token.Type == html.TextToken:
			out.WriteString(strings.NewReplacer("\r", " ", "\n", " ").Replace(token.Data))
		case token.DataAtom == atom.A && token.Type == html.StartTagToken:
			for _, a := range token.Attr {
				if a.Key == "href" && !strings.Contains(body, ">"+html.EscapeString(a.Val)+"</a>") {
					out.WriteString("[" + a.Val + "] ")
				}
			}
		case token.DataAtom != atom.A && token.DataAtom != atom.B && token.DataAtom != atom.Span && token.DataAtom != atom.Font:
			out.WriteString("\n")
		}
	}
	return out.String()
}
