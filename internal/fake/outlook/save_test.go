package outlook

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

const stamp = `{"parlor":"82345678901 pmi"}`

func TestNewAppointmentIsKeptAsGraphReadsIt(t *testing.T) {
	s := newSite(t)
	join := "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0"
	page, at := s.submit("/calendar/save?user="+ada+"&client=mac", 200, filled(url.Values{
		"send": {"1"}, "room": {"boole@rooms.example.com"}, "optional": {"mary@somerville.example"}, "custom": {stamp},
		"online": {join}, "location": {"Lobby; https://parlor.example/j/1"},
	}))
	contains(t, page, "By hand", "21:00 – 21:30", "Boole Room; Lobby; https://parlor.example/j/1")
	if at.Query().Get("client") != "mac" {
		t.Errorf("switch lost: %s", at)
	}
	f := s.event(ada, at.Query().Get("saved")).Fields
	got := map[string]any{
		"body": f["description"], "custom": custom(f, theID), "property": calendar.Map(calendar.Map(f, "outlook"), "properties"),
		"places": len(calendar.Maps(f, "locations")), "kind": calendar.Text(calendar.Maps(f, "locations")[0], "locationType"),
		"teams": teamsLink(f), "guests": guestFlags(f), "start": f["start"],
	}
	id := propertyPrefix + theID
	want := map[string]any{
		"body": "<p>Hello\nyou</p>", "custom": stamp, "places": 3, "kind": "conferenceRoom", "teams": join,
		"property": calendar.Fields{strings.ToLower(id): calendar.Fields{"id": id, "value": stamp}},
		"guests":   map[string]string{bob: "", "mary@somerville.example": "optional", "boole@rooms.example.com": "resource"},
		"start":    calendar.Timed(mustTime(t, "2026-11-25T21:00:00Z"), "America/New_York"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if mails := s.world.Mails(); len(mails) != 1 || mails[0].Guests != 3 {
		t.Errorf("mails %v, want one to three guests", mails)
	}
}

func guestFlags(f calendar.Fields) map[string]string {
	out := map[string]string{}
	for _, guest := range calendar.Maps(f, "attendees") {
		flag := ""
		for _, name := range []string{"optional", "resource"} {
			if guest[name] == true {
				flag = name
			}
		}
		out[calendar.Text(guest, "email")] = flag
	}
	return out
}

func TestSaveMailsNobodyAndChangesOnlyWhatDiffers(t *testing.T) {
	s := newSite(t)
	address := "/calendar/event?user=" + ada + "&eid=" + stage.EID("seedlong", ada)
	before := s.event(ada, "seedlong").Fields
	page := s.visit(address, 200)
	contains(t, page, "Quarterly review", `name="date" type="date" value="2026-11-26"`)
	if body := s.facts(page)["body"]; body != before["description"] {
		t.Errorf("body on the page differs: %v", body)
	}
	form := url.Values{
		"eid": {stage.EID("seedlong", ada)}, "title": {"Renamed"}, "date": {"2026-11-26"}, "start": {"11:00"}, "end_date": {"2026-11-26"},
		"end": {"12:30"}, "zone": {"Europe/London"}, "body": {"not sent"}, "addin": {theID}, "custom": {stamp},
	}
	s.submit("/calendar/save?user="+ada, 200, form)
	after := s.event(ada, "seedlong").Fields
	want := calendar.Merge(before, calendar.Fields{"summary": "Renamed", "outlook": customised(theID, stamp)})
	if diff := cmp.Diff(want, after); diff != "" {
		t.Error(diff)
	}
	if mails := s.world.Mails(); len(mails) != 0 {
		t.Errorf("mails %v", mails)
	}
}

func TestSaveForTheAddin(t *testing.T) {
	s := newSite(t)
	post := func(form url.Values) (int, map[string]string, string) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/calendar/save?user="+ada, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Accept", "application/json")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		raw, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		var got map[string]string
		_ = json.Unmarshal(raw, &got)
		return res.StatusCode, got, string(raw)
	}
	status, got, _ := post(filled(nil))
	if status != 200 || got["eid"] != stage.EID(got["id"], ada) {
		t.Fatalf("status %d, answer %v", status, got)
	}
	if status, again, _ := post(filled(url.Values{"eid": {got["eid"]}, "title": {"Again"}})); status != 200 || again["id"] != got["id"] {
		t.Errorf("second save: status %d, answer %v, want the same id as %v", status, again, got)
	}
	if title := s.event(ada, got["id"]).Fields["summary"]; title != "Again" {
		t.Errorf("title %v", title)
	}
	if status, _, words := post(filled(url.Values{"required": {"nobody"}})); status != 422 || !strings.Contains(words, "“nobody” is not an e-mail address") {
		t.Errorf("bad guest: status %d, %s", status, words)
	}
}

func TestFormIsShownAgainWithWhatIsWrong(t *testing.T) {
	s := newSite(t)
	cases := map[string]url.Values{
		"ends before it starts":             {"end": {"15:00"}},
		"“Mars” is not a time zone":         {"zone": {"Mars"}},
		"please give a date":                {"start": {""}},
		"“someone@” is not an e-mail addre": {"required": {"someone@"}},
	}
	for says, change := range cases {
		page, _ := s.submit("/calendar/save?user="+ada, 422, filled(change))
		contains(t, page, says, `value="By hand"`)
		if body := s.facts(page)["body"]; body != "<p>Hello\nyou</p>" {
			t.Errorf("%s: body lost: %v", says, body)
		}
	}
}

func TestForeignPagesCannotSave(t *testing.T) {
	s := newSite(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/calendar/save?user="+ada, strings.NewReader(filled(nil).Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", "https://elsewhere.example")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	s.read(res, http.StatusForbidden)
}
