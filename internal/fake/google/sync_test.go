package google

import (
	"fmt"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/fake/calendar"
)

// pull lists until the last page and returns what it saw, as id:status:title, and the next sync token.
func (s *site) pull(query string) (seen []string, token string) {
	s.t.Helper()
	page := ""
	for {
		a := s.ok(s.call("GET", primary+"?"+query+page, nil))
		for _, i := range a.items() {
			seen = append(seen, calendar.Text(i, "id")+":"+calendar.Text(i, "status")+":"+calendar.Text(i, "summary"))
		}
		next := a.text("nextPageToken")
		if (next == "") == (a.text("nextSyncToken") == "") {
			s.t.Fatalf("page has both tokens or none: %v", a.body)
		}
		if next == "" {
			return seen, a.text("nextSyncToken")
		}
		page = "&pageToken=" + url.QueryEscape(next)
	}
}

func TestSyncTokensBringOnlyChanges(t *testing.T) {
	s := newSite(t)
	a, b := s.add("A").text("id"), s.add("B").text("id")
	seen, token := s.pull("")
	if want := []string{a + ":confirmed:A", b + ":confirmed:B"}; !slices.Equal(seen, want) {
		t.Fatalf("full list %v, want %v", seen, want)
	}
	s.ok(s.call("PATCH", primary+"/"+a, calendar.Fields{"summary": "A2"}))
	s.ok(s.call("PATCH", primary+"/"+a, calendar.Fields{"summary": "A3"}))
	s.ok(s.call("DELETE", primary+"/"+b, nil))
	for range 2 { // a token can be used again
		seen, _ = s.pull("syncToken=" + url.QueryEscape(token))
		if want := []string{a + ":confirmed:A3", b + ":cancelled:"}; !slices.Equal(seen, want) {
			t.Errorf("changes %v, want %v", seen, want)
		}
	}
	_, token = s.pull("syncToken=" + url.QueryEscape(token))
	if seen, _ = s.pull("syncToken=" + url.QueryEscape(token)); len(seen) != 0 {
		t.Errorf("nothing changed, but %v", seen)
	}
	if seen, _ = s.pull(""); len(seen) != 1 {
		t.Errorf("full list shows deleted events: %v", seen)
	}
}

func TestPagesAreWholeWhileEventsChange(t *testing.T) {
	s := newSite(t)
	s.Lists(ListMode{MaxPage: 2, EmptyPages: 2})
	for i := range 5 {
		s.add(fmt.Sprint(i), calendar.Fields{"id": fmt.Sprintf("event%d", i)})
	}
	first := s.ok(s.call("GET", primary, nil))
	page := first.text("nextPageToken")
	if len(first.items()) != 0 || page == "" {
		t.Fatalf("first page: %v", first.body)
	}
	s.refused(s.call("GET", primary+"?maxResults=7&pageToken="+url.QueryEscape(page), nil), 400, "invalid")
	s.ok(s.call("PATCH", primary+"/event4", calendar.Fields{"summary": "changed"}))
	s.add("late", calendar.Fields{"id": "event5"})
	var seen []string
	sync := ""
	for page != "" {
		a := s.ok(s.call("GET", primary+"?pageToken="+url.QueryEscape(page), nil))
		for _, i := range a.items() {
			seen = append(seen, calendar.Text(i, "summary"))
		}
		page, sync = a.text("nextPageToken"), a.text("nextSyncToken")
	}
	if want := []string{"0", "1", "2", "3", "changed"}; !slices.Equal(seen, want) {
		t.Errorf("full list %v, want %v", seen, want)
	}
	seen, _ = s.pull("syncToken=" + url.QueryEscape(sync))
	if want := []string{"event4:confirmed:changed", "event5:confirmed:late"}; !slices.Equal(seen, want) {
		t.Errorf("changes during the list %v, want %v", seen, want)
	}
}

func TestSyncTokenRefusals(t *testing.T) {
	s := newSite(t)
	s.add("A")
	_, token := s.pull("singleEvents=false")
	sync := "syncToken=" + url.QueryEscape(token) + "&singleEvents=false"
	for _, name := range notWithSync {
		value := map[string]string{"orderBy": "updated"}[name]
		if name == "timeMin" || name == "timeMax" || name == "updatedMin" {
			value = "2026-11-20T00:00:00Z"
		}
		s.refused(s.call("GET", primary+"?"+sync+"&"+name+"="+url.QueryEscape(value), nil), 400, "invalid")
	}
	s.refused(s.call("GET", primary+"?"+sync+"&showDeleted=false", nil), 400, "invalid")
	s.refused(s.call("GET", primary+"?syncToken="+url.QueryEscape(token), nil), 400, "invalid")
	s.refused(s.call("GET", primary+"?syncToken=made-up", nil), 410, "fullSyncRequired")
	s.ExpireSyncTokens()
	s.refused(s.call("GET", primary+"?"+sync, nil), 410, "fullSyncRequired")
	watch := calendar.Fields{"id": "x", "type": "web_hook", "address": "http://127.0.0.1:1/"}
	s.refused(s.call("POST", primary+"/watch?"+sync, watch), 410, "fullSyncRequired")
}

func TestListParameterRefusals(t *testing.T) {
	s := newSite(t)
	for query, want := range map[string]struct {
		status int
		reason string
	}{
		"maxResults=0":                    {400, "invalid"},
		"maxResults=x":                    {400, "invalid"},
		"singleEvents=maybe":              {400, "invalid"},
		"timeMin=yesterday":               {400, "invalid"},
		"orderBy=startTime":               {400, "invalid"},
		"orderBy=size&singleEvents=true":  {400, "invalid"},
		"pageToken=x":                     {400, "invalid"},
		"updatedMin=2020-01-01T00:00:00Z": {410, "updatedMinTooLongAgo"},
		"timeMin=2026-01-02T00:00:00Z&timeMax=2026-01-01T00:00:00Z": {400, "timeRangeEmpty"},
	} {
		s.refused(s.call("GET", primary+"?"+query, nil), want.status, want.reason)
	}
	s.ok(s.call("GET", primary+"?alt=json&prettyPrint=false&maxResults=99999", nil))
}

func TestTimeMinKeepsSeriesThatGoOn(t *testing.T) {
	s := newSite(t)
	old := calendar.Fields{
		"start": calendar.Fields{"dateTime": "2026-01-05T10:00:00Z", "timeZone": "UTC"},
		"end":   calendar.Fields{"dateTime": "2026-01-05T11:00:00Z", "timeZone": "UTC"},
	}
	rule := func(r string) calendar.Fields { return calendar.Fields{"recurrence": calendar.List[any](r)} }
	s.add("past", old)
	s.add("ended", old, rule("RRULE:FREQ=DAILY;COUNT=3"))
	s.add("endless", old, rule("RRULE:FREQ=DAILY"))
	s.add("until", old, rule("RRULE:FREQ=DAILY;UNTIL=20261231T000000Z"))
	seen := []string{}
	for _, i := range s.ok(s.call("GET", primary+"?timeMin="+s.now().Format(time.RFC3339), nil)).items() {
		seen = append(seen, calendar.Text(i, "summary"))
	}
	if diff := cmp.Diff([]string{"endless", "until"}, seen); diff != "" {
		t.Error(diff)
	}
}
