package caldav_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"parlor/integrations/caldav"
	"parlor/internal/parlor"
)

// scripted is a server that answers as it is told, and refuses what it was not told about.
type scripted struct {
	*httptest.Server
	t *testing.T

	mu      sync.Mutex
	answers map[string]http.HandlerFunc // "REPORT /cal/ sync-collection": method, path, a word of the body
}

func newScripted(t *testing.T) *scripted {
	t.Helper()
	s := &scripted{t: t, answers: map[string]http.HandlerFunc{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *scripted) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	s.mu.Lock()
	answer, name := http.HandlerFunc(nil), ""
	for told, handler := range s.answers {
		method, rest, _ := strings.Cut(told, " ")
		path, word, _ := strings.Cut(rest, " ")
		if method == r.Method && path == r.URL.EscapedPath() && strings.Contains(string(body), word) && len(told) > len(name) {
			answer, name = handler, told
		}
	}
	s.mu.Unlock()
	if answer == nil {
		s.t.Errorf("nobody told of %s %s\n%s", r.Method, r.URL, body)
		http.Error(w, "not told", http.StatusTeapot)
		return
	}
	answer(w, r)
}

func (s *scripted) on(request string, answer http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[request] = answer
}

const cal = parlor.CalendarID("/cal/")

// port opens the calendar /cal/ without looking for it.
func (s *scripted) port(change ...func(*parlor.Login)) parlor.Calendar {
	s.t.Helper()
	l := parlor.Login{URL: s.URL + "/", User: ada, Password: "x", Addresses: []string{ada}, Zone: zone}
	for _, f := range change {
		f(&l)
	}
	port, err := caldav.New(config()).Password.Calendar(s.Client(), l)
	if err != nil {
		s.t.Fatal(err)
	}
	return port
}

// multi answers with a multistatus of these items.
func multi(items ...string) http.HandlerFunc {
	return says(http.StatusMultiStatus, `<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:s="http://calendarserver.org/ns/">`+
		strings.Join(items, "")+`</d:multistatus>`)
}

func says(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// item is one item of a multistatus with properties.
func item(href, props string) string {
	return fmt.Sprintf(`<d:response><d:href>%s</d:href><d:propstat><d:prop>%s</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`, href, props)
}

func failed(href string, status int) string {
	return fmt.Sprintf(`<d:response><d:href>%s</d:href><d:status>HTTP/1.1 %d x</d:status></d:response>`, href, status)
}

func object(href, uid string) string {
	return item(href, "<d:getetag>\"1\"</d:getetag><c:calendar-data>"+ics(uid)+"</c:calendar-data>")
}

func ics(uid string, own ...string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:" + uid + "\r\nDTSTART:20310303T090000Z\r\nSUMMARY:" + uid + "\r\n" +
		strings.Join(append(own, ""), "\r\n") + "END:VEVENT\r\nEND:VCALENDAR\r\n"
}

const token = `<d:sync-token>t1</d:sync-token>`

// listed reads the changes since a cursor.
func listed(t *testing.T, p parlor.Calendar, since parlor.Cursor) (map[string]parlor.Event, parlor.Cursor, error) {
	t.Helper()
	got := map[string]parlor.Event{}
	next, err := p.Changes(t.Context(), cal, since, func(page []parlor.Event) error {
		for _, e := range page {
			got[e.Ref.ID] = e
		}
		return nil
	})
	return got, next, err
}
