package caldav

import (
	"strings"
	"testing"
	"time"
)

// withZone is an object of one event that brings a zone of its own.
func withZone(tzid, zone string, own ...string) string {
	text := lines(own...)
	return strings.Replace(text, "BEGIN:VEVENT", "BEGIN:VTIMEZONE\r\nTZID:"+tzid+"\r\n"+zone+"END:VTIMEZONE\r\nBEGIN:VEVENT", 1)
}

const (
	berlinRules = "BEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n" +
		"BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\n"
	strangeRules = "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0345\r\nTZOFFSETTO:+0345\r\nEND:STANDARD\r\n"
)

func TestMoments(t *testing.T) {
	for name, tt := range map[string]struct{ text, start, zone string }{
		"by its IANA name":            {lines("DTSTART;TZID=Europe/Berlin:20310703T090000"), "2031-07-03T07:00Z", "Europe/Berlin"},
		"by Windows's name":           {lines(`DTSTART;TZID="W. Europe Standard Time":20310703T090000`), "2031-07-03T07:00Z", "Europe/Berlin"},
		"behind a program's path":     {lines("DTSTART;TZID=/freeassociation.sourceforge.net/America/New_York:20310703T090000"), "2031-07-03T13:00Z", "America/New_York"},
		"floating":                    {lines("DTSTART:20310703T090000"), "2031-07-03T07:00Z", "Europe/Berlin"},
		"in UTC":                      {lines("DTSTART:20310703T090000Z"), "2031-07-03T09:00Z", "UTC"},
		"in a made-up zone like one":  {withZone("Custom", berlinRules, "X-START;TZID=Custom:20310703T090000"), "2031-07-03T07:00Z", "Europe/Berlin"},
		"in winter":                   {withZone("Custom", berlinRules, "X-START;TZID=Custom:20310103T090000"), "2031-01-03T08:00Z", "Europe/Berlin"},
		"where it says which it is":   {withZone("Eastern", "X-LIC-LOCATION:America/New_York\r\n"+strangeRules, "X-START;TZID=Eastern:20310703T090000"), "2031-07-03T13:00Z", "America/New_York"},
		"in a zone like no other":     {withZone("Here", strangeRules, "X-START;TZID=Here:20310703T090000"), "2031-07-03T05:15Z", ""},
		"in a zone that nobody tells": {lines("DTSTART;TZID=Nowhere:20310703T090000"), "2031-07-03T09:00Z", ""},
		"at a time that clocks skip":  {lines("DTSTART;TZID=Europe/Berlin:20310330T023000"), "2031-03-30T01:30Z", "Europe/Berlin"},
		"at a time that comes twice":  {lines("DTSTART;TZID=Europe/Berlin:20311026T023000"), "2031-10-26T00:30Z", "Europe/Berlin"},
		"a day":                       {lines("DTSTART;VALUE=DATE:20310703"), "2031-07-03T00:00Z", ""},
	} {
		text := strings.Replace(strings.Replace(tt.text, "DTSTART:20310303T090000Z\r\n", "", 1), "X-START", "DTSTART", 1)
		got := testPort().events("/a/", "x.ics", text)
		if len(got) != 1 || got[0].Broken || got[0].Start.Time.UTC().Format("2006-01-02T15:04Z") != tt.start || got[0].Start.Zone != tt.zone {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestEnds(t *testing.T) {
	for own, want := range map[string]time.Duration{
		"DTEND:20310303T093000Z": 30 * time.Minute, "DURATION:PT1H30M": 90 * time.Minute, "DURATION:P1W": 7 * 24 * time.Hour,
		"DURATION:P1DT15M": 24*time.Hour + 15*time.Minute, "SUMMARY:x": 0,
	} {
		got := testPort().events("/a/", "x.ics", lines(own))
		if len(got) != 1 || got[0].End.Time.Sub(got[0].Start.Time) != want {
			t.Errorf("%s: %+v", own, got)
		}
	}
}

func TestSeries(t *testing.T) {
	text := lines("RRULE:FREQ=WEEKLY;COUNT=8", "SUMMARY:s",
		"EXDATE;TZID=Europe/Berlin:20310317T100000,20310324T100000", "RDATE;TZID=America/New_York:20310304T040000",
		"END:VEVENT\r\nBEGIN:VEVENT\r\nUID:u\r\nRECURRENCE-ID;TZID=Europe/Berlin:20310310T100000\r\nDTSTART:20310310T110000Z\r\nSUMMARY:moved",
		"END:VEVENT\r\nBEGIN:VEVENT\r\nUID:u\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20310407T080000Z\r\nDTSTART:20310407T100000Z\r\nSUMMARY:later")
	got := testPort().events("/a/", "x.ics", text)
	if len(got) != 5 {
		t.Fatalf("%d events", len(got))
	}
	master := got[0]
	wantLines := "RRULE:FREQ=WEEKLY;COUNT=8 RDATE:20310304T090000Z EXDATE:20310317T090000Z EXDATE:20310324T090000Z"
	if strings.Join(master.Recurrence, " ") != wantLines || master.Exceptions == nil || len(*master.Exceptions) != 4 {
		t.Errorf("master %+v, exceptions %v", master, master.Exceptions)
	}
	for i, want := range []struct {
		id                   string
		cancelled, following bool
	}{
		{"x.ics#20310310T090000Z", false, false},
		{"x.ics#20310407T080000Z", false, true},
		{"x.ics#20310317T090000Z", true, false},
		{"x.ics#20310324T090000Z", true, false},
	} {
		e := got[i+1]
		if e.Ref.ID != want.id || e.SeriesID != "x.ics" || e.Cancelled != want.cancelled || e.Following != want.following || len(e.Recurrence) > 0 {
			t.Errorf("occurrence %d is %+v", i, e)
		}
	}
}

func TestWhoseEventItIs(t *testing.T) {
	for own, self := range map[string]bool{
		"SUMMARY:no organizer":                                      true,
		"ORGANIZER;CN=Ada:mailto:ADA@example.com":                   true,
		"ORGANIZER:mailto:bob@example.com":                          false,
		"ORGANIZER;EMAIL=ada@example.com:/123/principal/":           true,
		"ORGANIZER;CN=Ada;EMAIL=\"ada@example.com\":urn:uuid:12-34": true,
		"ORGANIZER;EMAIL=ada@example.com:mailto:bob@example.com":    false,
	} {
		got := testPort().events("/a/", "x.ics", lines(own))
		if len(got) != 1 || got[0].Organizer.Self != self || got[0].Editable != self {
			t.Errorf("%s: %+v", own, got)
		}
	}
}

func TestBrokenObjectsAreShownAndLeft(t *testing.T) {
	for name, text := range map[string]string{
		"two masters":            lines("SUMMARY:s", "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTART:20310304T090000Z"),
		"two UIDs":               lines("SUMMARY:s", "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:v\r\nRECURRENCE-ID:20310310T090000Z\r\nDTSTART:20310304T090000Z"),
		"one occurrence twice":   lines("SUMMARY:s", strings.Repeat("END:VEVENT\r\nBEGIN:VEVENT\r\nUID:u\r\nRECURRENCE-ID:20310310T090000Z\r\nDTSTART:20310304T090000Z\r\n", 2)+"X:y"),
		"a time that is none":    lines("SUMMARY:s", "DTEND:soon"),
		"no end":                 strings.Replace(lines("SUMMARY:s"), "END:VEVENT\r\n", "", 1),
		"vCalendar 1.0":          strings.Replace(lines("SUMMARY:s"), "VERSION:2.0", "VERSION:1.0", 1),
		"too deep":               lines("SUMMARY:s", strings.Repeat("BEGIN:VALARM\r\n", 20)+strings.Repeat("END:VALARM\r\n", 20)+"X:y"),
		"a day that ends at ten": lines("SUMMARY:s", "DTEND;VALUE=DATE:20310304"),
	} {
		got := testPort().events("/a/", "x.ics", text)
		if len(got) != 1 || !got[0].Broken || got[0].Title != "s" || got[0].Editable {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := testPort().events("/a/", "x.ics", strings.ReplaceAll(lines(), "VEVENT", "VTODO")); got != nil {
		t.Errorf("a task is %+v", got)
	}
}

func TestOtherConferences(t *testing.T) {
	for own, want := range map[string]string{
		"CONFERENCE;VALUE=URI:https://zoom.us/j/1234567890":        "Zoom",
		"X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij": "Google Meet",
		"CONFERENCE;VALUE=URI:https://video.example.org/room":      "video",
		"CONFERENCE;VALUE=URI:tel:+123":                            "",
		"CONFERENCE;VALUE=URI:" + testLink:                         "",
	} {
		e := testPort().events("/a/", "x.ics", lines(own))[0]
		if (e.Conference == nil) != (want == "") || e.Conference != nil && e.Conference.Provider != want {
			t.Errorf("%s: %+v", own, e.Conference)
		}
	}
}

func TestVersionsTellEventsApart(t *testing.T) {
	p := testPort()
	version := func(text string) string { return p.events("/a/", "x.ics", text)[0].ETag }
	text := lines("SUMMARY:s")
	for name, same := range map[string]string{
		"folded":  strings.Replace(text, "SUMMARY:s", "SUMM\r\n ARY:s", 1),
		"on Unix": strings.ReplaceAll(text, "\r\n", "\n"), "stamped anew": strings.Replace(text, "20260101", "20270101", 1),
	} {
		if version(same) != version(text) {
			t.Errorf("%s it is another version", name)
		}
	}
	if version(lines("SUMMARY:t")) == version(text) {
		t.Error("another title is the same version")
	}
}
