package davtest

import (
	"encoding/xml"
	"io"
	"net/http"
	"strings"
	"testing"
)

// Ask sends a request with the person's password, and must get a success.
func (s *Server) Ask(t testing.TB, method, path, body string, headers ...string) (answer, etag string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth(User, Password)
	req.Header.Set("Content-Type", "text/calendar; charset=utf-8")
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := s.web.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer closeBody(resp.Body)
	raw, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode > 299 {
		t.Fatalf("%s %s: %s %v\n%.500s", method, path, resp.Status, err, raw)
	}
	return string(raw), resp.Header.Get("ETag")
}

// Clear takes all of the person's calendars away, with all that the front was told.
func (s *Server) Clear(t testing.TB) {
	t.Helper()
	s.Reset()
	const ask = `<propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>`
	listed, _ := s.Ask(t, "PROPFIND", s.Home, ask, "Depth", "1", "Content-Type", "application/xml")
	var found struct {
		Responses []struct {
			Href string `xml:"href"`
		} `xml:"response"`
	}
	if err := xml.Unmarshal([]byte(listed), &found); err != nil {
		t.Fatal(err)
	}
	for _, r := range found.Responses {
		if path := strings.ReplaceAll(r.Href, "%40", "@"); path != s.Home && strings.HasPrefix(path, s.Home) {
			s.Ask(t, http.MethodDelete, path, "")
		}
	}
	s.Reset()
}

// Calendar makes a calendar and gives its path. Xandikos keeps no zone of it.
func (s *Server) Calendar(t testing.TB, name, zone string) string {
	t.Helper()
	path := s.Home + strings.ToLower(name) + "/"
	s.Ask(t, "MKCALENDAR", path, `<C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop><displayname>`+name+
		`</displayname><C:calendar-timezone>BEGIN:VCALENDAR&#13;&#10;VERSION:2.0&#13;&#10;PRODID:x&#13;&#10;BEGIN:VTIMEZONE&#13;&#10;TZID:`+zone+
		`&#13;&#10;END:VTIMEZONE&#13;&#10;END:VCALENDAR&#13;&#10;</C:calendar-timezone></prop></set></C:mkcalendar>`, "Content-Type", "application/xml")
	return path
}

// Put writes an object, a new one or in the place of what is there.
func (s *Server) Put(t testing.TB, path, text string) {
	t.Helper()
	s.Ask(t, http.MethodPut, path, text)
}

// Get reads an object as the server keeps it.
func (s *Server) Get(t testing.TB, path string) string {
	t.Helper()
	text, _ := s.Ask(t, http.MethodGet, path, "")
	return text
}

// Delete takes an object away.
func (s *Server) Delete(t testing.TB, path string) {
	t.Helper()
	s.Ask(t, http.MethodDelete, path, "")
}
