package graph

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/fake/calendar"
)

func TestConditionalPatch(t *testing.T) {
	s := newSite(t)
	a := s.add(meeting("One"))
	b := s.ok(s.call("PATCH", eventPath(a), map[string]any{"subject": "Two"}, "If-Match", a.text("@odata.etag")))
	if b.text("subject") != "Two" || b.text("changeKey") == a.text("changeKey") || b.text("@odata.etag") != `W/"`+b.text("changeKey")+`"` {
		t.Errorf("patched: %v", b.body)
	}
	s.refused(s.call("PATCH", eventPath(a), map[string]any{"subject": "x"}, "If-Match", a.text("@odata.etag")), 412, "ErrorIrresolvableConflict")
	s.refused(s.call("PATCH", eventPath(a), map[string]any{"subject": "x"}, "If-Match", `W/"rubbish"`), 412, "ErrorIrresolvableConflict")
	s.refused(s.call("PATCH", eventPath(a), nil), 400, "BadRequest")
	s.refused(s.call("PATCH", eventPath(a), map[string]any{"title": "x"}), 400, "RequestBodyRead")
	s.ok(s.call("DELETE", eventPath(a), nil))
	s.refused(s.call("GET", eventPath(a), nil), 404, "ErrorItemNotFound")
	s.refused(s.call("GET", "me/events/rubbish", nil), 400, "ErrorInvalidIdMalformed")
}

func TestTransactionIDMakesOneEvent(t *testing.T) {
	s := newSite(t)
	body := meeting("One", map[string]any{"transactionId": "abc"})
	a, b := s.add(body), s.add(body)
	if a.text("id") != b.text("id") || a.text("transactionId") != "abc" {
		t.Errorf("two events: %v, %v", a.body, b.body)
	}
	if c := s.as(bob).add(body); c.text("id") == a.text("id") {
		t.Error("a transaction id counted in another mailbox")
	}
	if n := len(s.ok(s.call("GET", "me/events", nil)).items()); n != 1 {
		t.Errorf("%d events", n)
	}
}

func TestIDs(t *testing.T) {
	s := newSite(t)
	mutable := s.add(meeting("One"))
	lasting := s.ok(s.call("GET", eventPath(mutable), nil, "Prefer", immutable))
	if mutable.text("id") == lasting.text("id") || lasting.header.Get("Preference-Applied") != immutable {
		t.Errorf("ids %q, %q; applied %q", mutable.text("id"), lasting.text("id"), lasting.header.Get("Preference-Applied"))
	}
	s.MoveItems(ada)
	s.refused(s.call("GET", eventPath(mutable), nil), 404, "ErrorItemNotFound")
	s.ok(s.call("GET", eventPath(lasting), nil))
	other := s.as(bob)
	other.refused(other.call("GET", eventPath(lasting), nil), 404, "ErrorItemNotFound")
}

func TestZones(t *testing.T) {
	s := newSite(t)
	body := meeting("One", map[string]any{"start": at("2026-07-01T10:00:00", "Eastern Standard Time"), "end": at("2026-07-01T11:00:00", "America/New_York")})
	a := s.add(body)
	want := map[string]string{"originalStartTimeZone": "Eastern Standard Time", "originalEndTimeZone": "America/New_York"}
	for key, zone := range want {
		if a.text(key) != zone {
			t.Errorf("%s = %q, want %q", key, a.text(key), zone)
		}
	}
	if got := a.text("start", "dateTime"); got != "2026-07-01T14:00:00.0000000" {
		t.Errorf("start in UTC: %s", got)
	}
	b := s.ok(s.call("GET", eventPath(a), nil, "Prefer", `outlook.timezone="GMT Standard Time"`))
	if got := b.text("start", "dateTime") + " " + b.text("start", "timeZone"); got != "2026-07-01T15:00:00.0000000 GMT Standard Time" {
		t.Errorf("start: %s", got)
	}
	body["start"] = at("2026-07-01T10:00:00", "Somewhere Standard Time")
	s.refused(s.call("POST", "me/events", body), 400, "TimeZoneNotSupportedException")
	s.refused(s.call("GET", eventPath(a), nil, "Prefer", `outlook.timezone="Nowhere"`), 400, "TimeZoneNotSupportedException")
}

func TestAllDayRules(t *testing.T) {
	s := newSite(t)
	day := func(from, to, zoneTo string) map[string]any {
		return meeting("Day", map[string]any{"isAllDay": true, "start": at(from, "GMT Standard Time"), "end": at(to, zoneTo)})
	}
	a := s.add(day("2026-11-24T00:00:00", "2026-11-25T00:00:00", "GMT Standard Time"))
	if a.body["isAllDay"] != true || a.text("start", "dateTime") != "2026-11-24T00:00:00.0000000" {
		t.Errorf("all day: %v", a.body)
	}
	for name, body := range map[string]map[string]any{
		"not midnight": day("2026-11-24T01:00:00", "2026-11-25T00:00:00", "GMT Standard Time"),
		"end later":    day("2026-11-24T00:00:00", "2026-11-25T01:00:00", "GMT Standard Time"),
		"no length":    day("2026-11-24T00:00:00", "2026-11-24T00:00:00", "GMT Standard Time"),
		"two zones":    day("2026-11-24T00:00:00", "2026-11-25T00:00:00", "Eastern Standard Time"),
	} {
		if got := s.call("POST", "me/events", body); got.status != 400 {
			t.Errorf("%s: status %d", name, got.status)
		}
	}
}

func TestLocationsMirror(t *testing.T) {
	s := newSite(t)
	a := s.add(meeting("One", map[string]any{"locations": []any{
		map[string]any{"displayName": "Room 1", "locationType": "conferenceRoom", "locationUri": "room1@example.com"},
		map[string]any{"displayName": "https://x.example/j/1"},
	}}))
	if n := len(calendar.Maps(a.body, "locations")); n != 2 || a.text("location", "displayName") != "Room 1; https://x.example/j/1" {
		t.Errorf("locations %v, location %v", a.body["locations"], a.body["location"])
	}
	b := s.ok(s.call("PATCH", eventPath(a), map[string]any{"location": map[string]any{"displayName": "Elsewhere"}}))
	if got := calendar.Maps(b.body, "locations"); len(got) != 1 || calendar.Text(got[0], "displayName") != "Elsewhere" {
		t.Errorf("locations after a location: %v", got)
	}
}

func TestBodyIsRewritten(t *testing.T) {
	s := newSite(t)
	html := `<div id="parlor" class="mine" data-x="1" onclick="x()">Join <a href="https://x.example/j/1?a=b&amp;c=d">here</a></div><script>x</script><!-- c -->`
	a := s.add(meeting("One", map[string]any{"body": map[string]any{"contentType": "html", "content": html}}))
	want := bodyStart + `<div id="x_parlor" class="x_mine">Join <a href="https://x.example/j/1?a=b&amp;c=d">here</a></div>` + bodyEnd
	if diff := cmp.Diff(want, a.text("body", "content")); diff != "" {
		t.Error(diff)
	}
	again := s.ok(s.call("PATCH", eventPath(a), map[string]any{"body": a.body["body"]}))
	if diff := cmp.Diff(want, again.text("body", "content")); diff != "" {
		t.Errorf("written back:\n%s", diff)
	}
	text := s.ok(s.call("GET", eventPath(a), nil, "Prefer", `outlook.body-content-type="text"`))
	if got := text.text("body", "content"); got != "Join here<https://x.example/j/1?a=b&c=d>" || text.text("bodyPreview") != got {
		t.Errorf("as text: %q", got)
	}
	plain := s.add(meeting("Two", map[string]any{"body": map[string]any{"contentType": "text", "content": "a < b\nhttps://x.example/?a=b&c=d"}}))
	if !strings.Contains(plain.text("body", "content"), `a &lt; b<br>`) || plain.text("body", "contentType") != "html" {
		t.Errorf("text became %q", plain.text("body", "content"))
	}
	back := s.ok(s.call("GET", eventPath(plain), nil, "Prefer", `outlook.body-content-type="text"`))
	if got := back.text("body", "content"); got != "a < b\r\nhttps://x.example/?a=b&c=d" {
		t.Errorf("text came back as %q", got)
	}
}

func TestLosingTheTeamsBlockEndsTheMeeting(t *testing.T) {
	s := newSite(t)
	a := s.add(meeting("One", map[string]any{"isOnlineMeeting": true, "body": map[string]any{"contentType": "text", "content": "Hello"}}))
	content := a.text("body", "content")
	if a.body["isOnlineMeeting"] != true || !strings.Contains(content, a.text("onlineMeeting", "joinUrl")) {
		t.Fatalf("online: %v", a.body)
	}
	kept := s.ok(s.call("PATCH", eventPath(a), map[string]any{"body": map[string]any{"contentType": "html", "content": strings.Replace(content, "Hello", "Hello again", 1)}}))
	if kept.body["isOnlineMeeting"] != true || kept.text("onlineMeeting", "joinUrl") != a.text("onlineMeeting", "joinUrl") {
		t.Errorf("kept: %v", kept.body["onlineMeeting"])
	}
	off := s.ok(s.call("PATCH", eventPath(a), map[string]any{"isOnlineMeeting": false}))
	if off.body["isOnlineMeeting"] != true {
		t.Error("an online meeting was taken off by its flag")
	}
	lost := s.ok(s.call("PATCH", eventPath(a), map[string]any{"body": map[string]any{"contentType": "text", "content": "Hello"}}))
	if lost.body["isOnlineMeeting"] != false || lost.body["onlineMeeting"] != nil {
		t.Errorf("lost: %v", lost.body["onlineMeeting"])
	}
}

func TestMails(t *testing.T) {
	s := newSite(t)
	a := s.add(meeting("One", with(bob, "mary@somerville.example"), weekly(4)))
	mails := func() (guests []int) {
		for _, m := range s.World().Mails() {
			guests = append(guests, m.Guests)
		}
		return guests
	}
	quiet := map[string]any{"showAs": "free", "categories": []string{"PMI"}, "isReminderOn": false, "subject": "One", "singleValueExtendedProperties": property("1")}
	s.ok(s.call("PATCH", eventPath(a), quiet))
	if diff := cmp.Diff([]int{2}, mails()); diff != "" {
		t.Errorf("after what concerns no guest:\n%s", diff)
	}
	occurrence := s.instances(a)[1]
	s.ok(s.call("PATCH", eventPath(occurrence), map[string]any{"subject": "Only this one"}))
	s.ok(s.call("PATCH", eventPath(a), map[string]any{"location": map[string]any{"displayName": "Hall"}}))
	s.ok(s.call("PATCH", eventPath(a), with(bob, "mary@somerville.example", "luigi@menabrea.example")))
	if diff := cmp.Diff([]int{2, 2, 2, 2, 1}, mails()); diff != "" {
		t.Errorf("rounds of mail:\n%s", diff)
	}
}

func property(value string) []any {
	return []any{map[string]any{"id": stamp, "value": value}}
}

const stamp = "String {00020329-0000-0000-C000-000000000046} Name cecp-1"

func TestExtendedProperties(t *testing.T) {
	s := newSite(t)
	a := s.add(meeting("One", with(bob), map[string]any{"singleValueExtendedProperties": property(`{"parlor":"x"}`)}))
	expand := "?$expand=" + url.QueryEscape("singleValueExtendedProperties($filter=id eq '"+stamp+"')")
	if a.body["singleValueExtendedProperties"] != nil {
		t.Error("a property came without being asked for")
	}
	got := calendar.Maps(s.ok(s.call("GET", eventPath(a)+expand, nil)).body, "singleValueExtendedProperties")
	if len(got) != 1 || calendar.Text(got[0], "value") != `{"parlor":"x"}` || calendar.Text(got[0], "id") != stamp {
		t.Errorf("expanded: %v", got)
	}
	b := s.as(bob)
	copied := b.ok(b.call("GET", "me/events"+expand, nil)).items()
	if len(copied) != 1 || copied[0]["singleValueExtendedProperties"] != nil {
		t.Errorf("a guest's copy has %v", copied)
	}
	find := "me/events?$filter=" + url.QueryEscape("singleValueExtendedProperties/Any(ep: ep/id eq '"+stamp+"' and ep/value eq '{\"parlor\":\"x\"}')")
	if n := len(s.ok(s.call("GET", find, nil)).items()); n != 1 {
		t.Errorf("found %d events", n)
	}
	items, _ := s.pull("")
	if items[0]["singleValueExtendedProperties"] != nil {
		t.Error("a delta has extended properties")
	}
	s.refused(s.call("PATCH", eventPath(a), map[string]any{"singleValueExtendedProperties": []any{map[string]any{"id": "pmi", "value": "x"}}}), 400, "ErrorInvalidProperty")
	s.refused(s.call("GET", eventPath(a)+"?$expand=singleValueExtendedProperties", nil), 400, "ErrorInvalidProperty")
}

func TestGuestsChangeOnlyTheirCopy(t *testing.T) {
	s := newSite(t)
	a := s.add(meeting("One", with(bob)))
	b := s.as(bob)
	mine := answer{body: b.ok(b.call("GET", "me/events", nil)).items()[0]}
	if mine.body["isOrganizer"] != false || mine.text("responseStatus", "response") != "notResponded" || mine.text("organizer", "emailAddress", "address") != ada {
		t.Errorf("guest's copy: %v", mine.body)
	}
	b.ok(b.call("PATCH", eventPath(mine), map[string]any{"body": map[string]any{"contentType": "text", "content": "my notes"}}))
	if got := s.ok(s.call("GET", eventPath(a), nil)).text("bodyPreview"); got != "" {
		t.Errorf("the organiser reads %q", got)
	}
	b.ok(b.call("POST", eventPath(mine)+"/accept", map[string]any{"sendResponse": true}))
	guests := calendar.Maps(s.ok(s.call("GET", eventPath(a), nil)).body, "attendees")
	if calendar.Text(guests[0], "status", "response") != "accepted" || len(s.World().Mails()) != 1 {
		t.Errorf("attendees %v, mails %v", guests, s.World().Mails())
	}
	s.refused(s.call("POST", eventPath(a)+"/accept", nil), 400, "ErrorInvalidRequest")
	s.ok(s.call("POST", eventPath(a)+"/cancel", map[string]any{"comment": "x"}))
	if left := b.ok(b.call("GET", eventPath(mine), nil)); left.body["isCancelled"] != true {
		t.Errorf("a cancelled copy: %v", left.body)
	}
	b.ok(b.call("DELETE", eventPath(mine), nil))
	b.refused(b.call("GET", eventPath(mine), nil), 404, "ErrorItemNotFound")
}

func TestAGuestsDeletionDeclinesWithoutMail(t *testing.T) {
	s := newSite(t)
	a := s.add(meeting("One", with(bob)))
	b := s.as(bob)
	b.ok(b.call("DELETE", eventPath(answer{body: b.ok(b.call("GET", "me/events", nil)).items()[0]}), nil))
	guests := calendar.Maps(s.ok(s.call("GET", eventPath(a), nil)).body, "attendees")
	if calendar.Text(guests[0], "status", "response") != "declined" || len(s.World().Mails()) != 1 {
		t.Errorf("attendees %v, mails %v", guests, s.World().Mails())
	}
}
