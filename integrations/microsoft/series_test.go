package microsoft

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// mondays is a series of Mondays at 9 o'clock in Berlin since the summer, as its GET shows it.
func mondays(more string) answer {
	return answer{body: `{"id":"m","type":"seriesMaster","isOrganizer":true,"originalStartTimeZone":"W. Europe Standard Time",
		"start":{"dateTime":"2026-07-06T07:00:00.0000000","timeZone":"UTC"},"end":{"dateTime":"2026-07-06T07:30:00.0000000","timeZone":"UTC"},
		"recurrence":{"pattern":{"type":"weekly","interval":1,"daysOfWeek":["monday"]},"range":{"type":"noEnd","startDate":"2026-07-06"}}` + more + `}`}
}

const (
	stubs = `{"id":"o1","type":"occurrence","seriesMasterId":"m"},{"id":"o2","type":"occurrence","seriesMasterId":"m"}`
	end   = `"@odata.deltaLink":"{base}/me/calendarView/delta?$deltatoken=d1"`
	moved = `{"id":"x","type":"exception","seriesMasterId":"m","originalStart":"2026-12-07T08:00:00Z","start":{"dateTime":"2026-12-08T08:00:00.0000000","timeZone":"UTC"}}`
)

func TestSeriesAreReadByTheirMaster(t *testing.T) {
	readSeries(t, map[string]seriesCase{
		"a master and its stubs": {
			[]answer{{body: `{"value":[{"id":"m","type":"seriesMaster"},` + stubs + `],` + end + `}`}, mondays("")},
			[]string{"m with 0 exceptions"},
		},
		"stubs alone, among others": {
			[]answer{{body: `{"value":[{"id":"a"},` + stubs + `,{"id":"b"}],` + end + `}`}, mondays("")},
			[]string{"a", "b", "m with 0 exceptions"},
		},
		"over two pages it is read once": {
			[]answer{{body: `{"value":[` + stubs + `],"@odata.nextLink":"{base}/me/2"}`}, mondays(""), {body: `{"value":[` + stubs + `],` + end + `}`}},
			[]string{"m with 0 exceptions"},
		},
		"changed and cancelled occurrences, as far as they are to come": {
			[]answer{
				{body: `{"value":[` + stubs + `,` + moved + `],` + end + `}`},
				mondays(`,"exceptionOccurrences":[` + moved + `,{"id":"old","originalStart":"2026-07-13T07:00:00Z"},{"id":"y","occurrenceId":"OID.m.2026-12-14"}],
					"cancelledOccurrences":["OID.m.2026-08-03","OID.m.2027-03-29"]`),
			},
			[]string{"m with 5 exceptions", "x of m at 12-07 08:00", "y of m at 12-14 08:00", "OID.m.2027-03-29 cancelled of m at 03-29 07:00"},
		},
		"more exceptions than one answer holds": {
			[]answer{{body: `{"value":[` + stubs + `],` + end + `}`}, mondays(`,"exceptionOccurrences":[` + moved + `],"exceptionOccurrences@odata.nextLink":"{base}/me/x"`)},
			[]string{"m", "x of m at 12-07 08:00"},
		},
		"an occurrence that cannot be placed": {
			[]answer{{body: `{"value":[` + stubs + `],` + end + `}`}, mondays(`,"cancelledOccurrences":["OID.m.someday"]`)},
			[]string{"m"},
		},
		"somebody else's, of which there is one occurrence": {
			[]answer{{body: `{"value":[` + moved + `],` + end + `}`}, gone},
			[]string{"x of m at 12-07 08:00"},
		},
		"a series of which Graph will not tell so much": {
			[]answer{{body: `{"value":[` + moved + `],` + end + `}`}, code(400, "RequestBroker--ParseUri"), mondays("")},
			[]string{"m", "x of m at 12-07 08:00"},
		},
		"cancelled as a whole": {
			[]answer{{body: `{"value":[` + stubs + `],` + end + `}`}, mondays(`,"isCancelled":true,"cancelledOccurrences":["OID.m.2026-12-07"]`)},
			[]string{"m cancelled"},
		},
	})
}

func TestRemovalsAreChecked(t *testing.T) {
	readSeries(t, map[string]seriesCase{
		"removed and gone": {
			[]answer{{body: `{"value":[{"id":"a","@removed":{"reason":"deleted"}}],` + end + `}`}, gone},
			[]string{"a cancelled"},
		},
		"removed from the window alone": {
			[]answer{{body: `{"value":[{"id":"a","@removed":{"reason":"deleted"}}],` + end + `}`}, {body: `{"id":"a","type":"singleInstance"}`}},
			[]string{"a"},
		},
		"a series that left the window": {
			[]answer{{body: `{"value":[{"id":"m","@removed":{"reason":"deleted"}}],` + end + `}`}, mondays(""), mondays("")},
			[]string{"m with 0 exceptions"},
		},
	})
}

var gone = code(404, "ErrorItemNotFound")

type seriesCase struct {
	answers []answer
	want    []string
}

func readSeries(t *testing.T, cases map[string]seriesCase) {
	t.Helper()
	for name, tt := range cases {
		t.Run(name, func(t *testing.T) {
			cal, s := say(t, tt.answers...)
			got, _, err := list(t, cal, "")
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("%v %s", err, diff)
			}
			s.all(t, len(tt.answers))
		})
	}
}

func TestMastersAreReadThroughTheirCalendar(t *testing.T) {
	cal, s := say(t, answer{body: `{"value":[` + stubs + `],` + end + `}`}, mondays(`,"singleValueExtendedProperties":`+stampedWith(`{"parlor":"v1"}`)))
	if _, _, err := list(t, cal, ""); err != nil {
		t.Fatal(err)
	}
	req := s.all(t, 2)[1]
	want := "exceptionOccurrences,singleValueExtendedProperties($filter=id eq '" + propertyID + "')"
	if req.path != "/v1.0/me/calendars/c/events/m" || req.query.Get("$expand") != want {
		t.Errorf("%s %v", req.path, req.query)
	}
	for _, field := range []string{"cancelledOccurrences", "exceptionOccurrences", "body", "originalStart", "occurrenceId"} {
		if !strings.Contains(","+req.query.Get("$select")+",", ","+field+",") {
			t.Errorf("%s is not selected", field)
		}
	}
}

func TestOccurrencesKeepTheirHourWhenTheClocksChange(t *testing.T) {
	days := []string{"2026-10-19", "2026-10-26", "2027-03-22", "2027-03-29"}
	var ids []string
	for _, d := range days {
		ids = append(ids, fmt.Sprintf("%q", "OID.m."+d))
	}
	cal, _ := say(t, answer{body: `{"value":[` + stubs + `],` + end + `}`}, mondays(`,"cancelledOccurrences":[`+strings.Join(ids, ",")+`]`))
	got, _, err := list(t, cal, "")
	want := []string{"m with 4 exceptions", "OID.m.2027-03-22 cancelled of m at 03-22 08:00", "OID.m.2027-03-29 cancelled of m at 03-29 07:00"}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
}
