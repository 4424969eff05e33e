package outlook

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/graph"
	"parlor/internal/fake/stage"
)

// inGraph reads or changes an event of Ada's through Graph.
func (s *site) inGraph(method, id, body string) calendar.Fields {
	s.t.Helper()
	srv := graph.New(s.world, graph.Options{})
	defer srv.Close()
	web := httptest.NewServer(srv)
	defer web.Close()
	srv.SetOrigin(web.URL)
	token, _ := srv.Grant(ada)
	expand := url.Values{"$expand": {"singleValueExtendedProperties($filter=id eq '" + propertyPrefix + theID + "')"}}
	address := web.URL + "/v1.0/me/events/" + url.PathEscape(srv.EventID(ada, ada, id)) + "?" + expand.Encode()
	req, err := http.NewRequestWithContext(s.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	var out calendar.Fields
	if err := json.Unmarshal([]byte(s.read(res, http.StatusOK)), &out); err != nil {
		s.t.Fatal(err)
	}
	return out
}

func TestGraphReadsWhatThePageSaved(t *testing.T) {
	s := newSite(t)
	join := "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0"
	_, at := s.submit("/calendar/save?user="+ada, 200, filled(url.Values{
		"room": {"boole@rooms.example.com"}, "custom": {stamp}, "online": {join}, "body": {`<p>Hello</p><a href="` + join + `">Join</a>`},
	}))
	f := s.inGraph(http.MethodGet, at.Query().Get("saved"), "")
	content := calendar.Text(f, "body", "content")
	got := map[string]any{
		"subject": f["subject"], "online": f["isOnlineMeeting"], "join": calendar.Text(f, "onlineMeeting", "joinUrl"),
		"stamp": f["singleValueExtendedProperties"], "location": calendar.Text(f, "location", "displayName"),
		"room": calendar.Text(calendar.Maps(f, "locations")[0], "locationType"), "body": strings.Contains(content, "<p>Hello</p>"),
	}
	want := map[string]any{
		"subject": "By hand", "online": true, "join": join, "location": "Boole Room; Lobby", "room": "conferenceRoom", "body": true,
		"stamp": []any{map[string]any{"id": propertyPrefix + theID, "value": stamp}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPageShowsWhatGraphWrote(t *testing.T) {
	s := newSite(t)
	change, err := json.Marshal(map[string]any{
		"body":                          map[string]string{"contentType": "text", "content": "First\nsecond <line>"},
		"locations":                     []any{map[string]string{"displayName": "Library", "locationEmailAddress": "library@rooms.example.com"}, map[string]string{"displayName": "Garden"}},
		"singleValueExtendedProperties": []any{map[string]string{"id": propertyPrefix + theID, "value": stamp}},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.inGraph(http.MethodPatch, "seedplain", string(change))
	page := s.visit("/calendar/event?user="+ada+"&eid="+stage.EID("seedplain", ada), 200)
	contains(t, page, `name="location" value="Garden"`, `value="library@rooms.example.com" data-name="Library" checked`)
	facts := s.facts(page)
	if facts["bodyType"] != "text" || facts["custom"] != stamp {
		t.Errorf("body is %v, properties %v", facts["bodyType"], facts["custom"])
	}
}
