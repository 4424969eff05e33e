package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

// withoutCalendar makes the reader somebody who signed in at a provider that has no calendars.
func (h *house) withoutCalendar() {
	h.t.Helper()
	a, _, err := h.st.SignIn(h.t.Context(), parlor.Identity{Kind: parlor.KindOIDC, Subject: "grace", Email: "grace@example.com", EmailVerified: true, Name: "Grace"})
	must(h.t, err)
	h.acct, h.session.Account = a.ID, a.ID
}

func wished(change url.Values) url.Values {
	form := url.Values{
		"key": {"k"}, "title": {"Tea"}, "date": {"2026-11-25"}, "time": {"09:00"}, "minutes": {"45"}, "zone": {"Asia/Tokyo"},
		"guests": {"Bob <bob@example.com>; eve@example.org"}, "repeats": {""}, "use_pmi": {"false", "true"},
	}
	for name, values := range change {
		form[name] = values
	}
	return form
}

func TestScheduleFormAsksTheDesk(t *testing.T) {
	settings := parlor.DefaultSettings()
	yes := true
	for name, c := range map[string]struct {
		change url.Values
		want   func(*desk.Request)
	}{
		"in a zone": {nil, func(*desk.Request) {}},
		"as the settings have it": {
			url.Values{"use_pmi": {"false"}}, func(r *desk.Request) { r.UsePMI = nil },
		},
		"every two weeks": {
			url.Values{"repeats": {"WEEKLY;INTERVAL=2"}}, func(r *desk.Request) { r.Recurrence = []string{"RRULE:FREQ=WEEKLY;INTERVAL=2"} },
		},
		"until the end of a day there": {
			url.Values{"repeats": {"DAILY"}, "until": {"2026-12-24"}},
			func(r *desk.Request) { r.Recurrence = []string{"RRULE:FREQ=DAILY;UNTIL=20261224T145959Z"} },
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, faults := readWish(wished(c.change)).request(settings, noon)
			start := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
			want := desk.Request{
				Title: "Tea", IdempotencyKey: "k", UsePMI: &yes,
				Start: parlor.Moment{Time: start, Zone: "Asia/Tokyo"}, End: parlor.Moment{Time: start.Add(45 * time.Minute), Zone: "Asia/Tokyo"},
				Attendees: []parlor.Person{{Name: "Bob", Email: "bob@example.com"}, {Email: "eve@example.org"}},
			}
			c.want(&want)
			if diff := cmp.Diff(want, got); diff != "" || len(faults) > 0 {
				t.Errorf("faults %v, differs (-want +got):\n%s", faults, diff)
			}
		})
	}
}

func TestScheduleFormFaults(t *testing.T) {
	for field, change := range map[string]url.Values{
		"zone":    {"zone": {"Local"}},
		"date":    {"date": {"tomorrow"}},
		"minutes": {"minutes": {"long"}},
		"repeats": {"repeats": {"WEEKLY"}, "until": {"2026-11-01"}},
	} {
		if _, faults := readWish(wished(change)).request(parlor.DefaultSettings(), noon); len(faults) != 1 || faults[0].Field != field {
			t.Errorf("%s: %v", field, faults)
		}
	}
	past, skipped := url.Values{"date": {"2026-11-23"}}, url.Values{"zone": {"Europe/London"}, "date": {"2027-03-28"}, "time": {"01:30"}}
	for want, change := range map[string]url.Values{"in the past": past, "clocks change": skipped} {
		if _, faults := readWish(wished(change)).request(parlor.DefaultSettings(), noon); len(faults) != 1 || !strings.Contains(faults[0].Message, want) {
			t.Errorf("%s: %v", want, faults)
		}
	}
}

func TestScheduleSaysBeforehandWhatItWillBe(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.calendars()
		room := h.room()
		says(t, h.get("/meetings/new"), http.StatusOK, `value="2026-11-24"`, `value="12:30"`, `value="Europe/London"`, parlor.ReasonOneTimeBySetting.Text)
		inRoom := strings.ReplaceAll(grouped(room.PMI), " ", "\u00a0")
		told := h.verdict(h.post("/meetings/new/check", wished(url.Values{"guests": {""}})))
		if want := parlor.ReasonRoomAsked.Text + " Its ID is " + inRoom + "."; told.Says["preview"] != want {
			t.Errorf("says %q, want %q", told.Says["preview"], want)
		}
		h.meeting(parlor.InRoom, "Board", time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC))
		told = h.verdict(h.post("/meetings/new/check", wished(nil)))
		if !strings.Contains(told.Says["preview"], "“Board”") || strings.Contains(told.Says["preview"], inRoom) {
			t.Errorf("the room is taken: %q", told.Says["preview"])
		}
		told = h.verdict(h.post("/meetings/new/check", wished(url.Values{"guests": {"nobody"}})))
		if !strings.HasPrefix(told.Says["preview"], "Guests must be") {
			t.Errorf("a fault: %q", told.Says["preview"])
		}
		form := wished(url.Values{"do": {"look"}})
		says(t, h.post("/meetings/new", form), http.StatusOK, "“Board”", `value="Tea"`, `value="2026-11-25"`)
		all, err := h.st.Meetings(t.Context(), h.acct, noon.Add(-time.Hour), noon.AddDate(0, 0, 9))
		must(t, err)
		if len(all) != 1 {
			t.Errorf("to look stores %d meetings", len(all)-1)
		}
	})
}

func TestScheduleWithoutACalendar(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.withoutCalendar()
		says(t, h.get("/meetings/new"), http.StatusOK, "No calendar is connected, so the meeting is kept here.")
		says(t, h.post("/meetings/new", wished(url.Values{"guests": {"nobody"}, "minutes": {"x"}})), http.StatusUnprocessableEntity, "Nothing was scheduled yet", `href="#minutes"`)
		made := h.post("/meetings/new", wished(url.Values{"repeats": {"WEEKLY"}}))
		again := h.post("/meetings/new", wished(url.Values{"repeats": {"WEEKLY"}}))
		at, _, _ := strings.Cut(made.Header().Get("Location"), "?")
		if made.Code != http.StatusSeeOther || at == "" || again.Header().Get("Location") != made.Header().Get("Location") {
			t.Fatalf("status %d to %q, then %q", made.Code, made.Header().Get("Location"), again.Header().Get("Location"))
		}
		says(t, h.get(at+"?done=scheduled"), http.StatusOK, "Scheduled.", "The meeting is kept here", "Wednesday 25 November 2026", "Copy invitation", at+"/invitation.ics")
		says(t, h.get("/meetings"), http.StatusOK, "Tea", "in no calendar", "Repeats")
		h.showsFile(at + "/invitation.ics")
		says(t, h.get(at+"/remove"), http.StatusOK, "Call this meeting off?")
		leads(t, h.post(at+"/remove", nil), "/meetings?done=called-off")
		says(t, h.get(at), http.StatusNotFound)
	})
}

func (h *house) showsFile(path string) {
	h.t.Helper()
	file := h.get(path)
	says(h.t, file, http.StatusOK, "BEGIN:VTIMEZONE", "TZID:Asia/Tokyo", "TZOFFSETTO:+0900", "DTSTART;TZID=Asia/Tokyo:20261125T090000",
		"DTEND;TZID=Asia/Tokyo:20261125T094500", "RRULE:FREQ=WEEKLY\r\n", "SUMMARY:Tea", "METHOD:PUBLISH", "@parlor.example.com")
	if got := file.Header().Get("Content-Type"); got != "text/calendar; charset=utf-8; method=PUBLISH" {
		h.t.Errorf("Content-Type %q", got)
	}
}

func TestZonesAreWrittenChangeByChange(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	must(t, err)
	c := timezone(london, noon)
	var got []string
	for _, o := range c.Children[:3] {
		got = append(got, o.Name+" "+o.Props.Get("DTSTART").Value+" "+o.Props.Get("TZOFFSETFROM").Value+" "+o.Props.Get("TZOFFSETTO").Value)
	}
	want := []string{"STANDARD 20261025T020000 +0100 +0000", "DAYLIGHT 20270328T010000 +0000 +0100", "STANDARD 20271031T020000 +0100 +0000"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if india, err := time.LoadLocation("Asia/Kolkata"); err != nil || len(timezone(india, noon).Children) != 1 {
		t.Errorf("a zone whose clocks stay: %v", err)
	}
	if utcOffset(-12600) != "-0330" {
		t.Errorf("Newfoundland: %s", utcOffset(-12600))
	}
}
