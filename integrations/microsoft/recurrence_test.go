package microsoft

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	kiotajson "github.com/microsoft/kiota-serialization-json-go"
	"github.com/microsoftgraph/msgraph-sdk-go/models"

	"parlor/internal/parlor"
)

// read parses a patternedRecurrence.
func read(t *testing.T, pattern, extent string) []string {
	t.Helper()
	node, err := kiotajson.NewJsonParseNode([]byte(`{"pattern":` + pattern + `,"range":` + extent + `}`))
	if err != nil {
		t.Fatal(err)
	}
	got, err := node.GetObjectValue(models.CreatePatternedRecurrenceFromDiscriminatorValue)
	if err != nil {
		t.Fatal(err)
	}
	return recurrence(got.(models.PatternedRecurrenceable))
}

func TestPatternsAreReadAsRules(t *testing.T) {
	const forever = `{"type":"noEnd","startDate":"2026-11-24"}`
	for want, p := range map[string][2]string{
		"RRULE:FREQ=DAILY":                                                {`{"type":"daily","interval":1}`, forever},
		"RRULE:FREQ=DAILY;INTERVAL=3;COUNT=8":                             {`{"type":"daily","interval":3}`, `{"type":"numbered","numberOfOccurrences":8,"endDate":"0001-01-01"}`},
		"RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270131":                    {`{"type":"weekly","interval":1,"daysOfWeek":["monday","wednesday"],"firstDayOfWeek":"sunday"}`, `{"type":"endDate","endDate":"2027-01-31"}`},
		"RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU":                   {`{"type":"weekly","interval":2,"daysOfWeek":["sunday"],"firstDayOfWeek":"sunday"}`, forever},
		"RRULE:FREQ=MONTHLY;BYMONTHDAY=15":                                {`{"type":"absoluteMonthly","interval":1,"dayOfMonth":15}`, forever},
		"RRULE:FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1":           {`{"type":"absoluteMonthly","interval":1,"dayOfMonth":31}`, forever},
		"RRULE:FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1":                 {`{"type":"absoluteMonthly","interval":1,"dayOfMonth":29}`, forever},
		"RRULE:FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1":                         {`{"type":"relativeMonthly","interval":1,"daysOfWeek":["friday"],"index":"last"}`, forever},
		"RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2":   {`{"type":"relativeMonthly","interval":2,"daysOfWeek":["monday","tuesday","wednesday","thursday","friday"],"index":"second"}`, forever},
		"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1":        {`{"type":"absoluteYearly","interval":1,"month":2,"dayOfMonth":29}`, forever},
		"RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=TH;BYSETPOS=4;UNTIL=20301231": {`{"type":"relativeYearly","interval":1,"month":11,"daysOfWeek":["thursday"],"index":"fourth"}`, `{"type":"endDate","endDate":"2030-12-31"}`},
		"RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1":                          {`{"type":"relativeMonthly","interval":1,"daysOfWeek":["monday"]}`, forever},
		"RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=8":                              {`{"type":"weekly","interval":1,"month":0,"dayOfMonth":0,"daysOfWeek":["monday"],"firstDayOfWeek":"sunday","index":"first"}`, `{"type":"numbered","startDate":"2026-05-11","endDate":"0001-01-01","recurrenceTimeZone":"E. Africa Standard Time","numberOfOccurrences":8}`},
	} {
		if diff := cmp.Diff([]string{want}, read(t, p[0], p[1])); diff != "" {
			t.Errorf("%s: %s", want, diff)
		}
	}
	if got := recurrence(nil); got != nil {
		t.Errorf("no recurrence is %v", got)
	}
}

func TestRulesSurviveTheWayThereAndBack(t *testing.T) {
	start := parlor.Moment{Time: at("2026-11-24T08:00:00Z"), Zone: "Europe/Berlin"} // a Tuesday, nine o'clock
	for rule, want := range map[string]string{
		"FREQ=DAILY":                                   "FREQ=DAILY",
		"FREQ=DAILY;INTERVAL=2;COUNT=5":                "FREQ=DAILY;INTERVAL=2;COUNT=5",
		"FREQ=WEEKLY":                                  "FREQ=WEEKLY;BYDAY=TU",
		"FREQ=WEEKLY;BYDAY=TH,TU":                      "FREQ=WEEKLY;BYDAY=TU,TH",
		"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU":      "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU",
		"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU":              "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO",
		"FREQ=MONTHLY":                                 "FREQ=MONTHLY;BYMONTHDAY=24",
		"FREQ=MONTHLY;BYMONTHDAY=3":                    "FREQ=MONTHLY;BYMONTHDAY=3",
		"FREQ=MONTHLY;BYDAY=-1FR":                      "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1",
		"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
		"FREQ=YEARLY":                                  "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24",
		"FREQ=YEARLY;BYMONTH=11;BYDAY=4TH":             "FREQ=YEARLY;BYMONTH=11;BYDAY=TH;BYSETPOS=4",
		"FREQ=DAILY;UNTIL=20261201":                    "FREQ=DAILY;UNTIL=20261201",
		"FREQ=DAILY;UNTIL=20261201T080000Z":            "FREQ=DAILY;UNTIL=20261201",
		"FREQ=DAILY;UNTIL=20261201T075959Z":            "FREQ=DAILY;UNTIL=20261130",
		"FREQ=DAILY;UNTIL=20261201T000000Z":            "FREQ=DAILY;UNTIL=20261130",
		"FREQ=DAILY;UNTIL=20261201T090000":             "FREQ=DAILY;UNTIL=20261201",
	} {
		out, err := repetition(parlor.Draft{Start: start, Recurrence: []string{"RRULE:" + rule}})
		if err != nil {
			t.Errorf("%s: %v", rule, err)
			continue
		}
		if diff := cmp.Diff([]string{"RRULE:" + want}, recurrence(out)); diff != "" {
			t.Errorf("%s: %s", rule, diff)
		}
	}
}

func TestRulesThatOutlookCannotKeep(t *testing.T) {
	late := parlor.Moment{Time: at("2027-01-31T08:00:00Z"), Zone: "Europe/Berlin"}
	for _, rule := range []string{
		"FREQ=SECONDLY", "FREQ=DAILY;BYDAY=MO", "FREQ=DAILY;BYHOUR=9,17", "FREQ=WEEKLY;BYMONTH=3", "FREQ=MONTHLY", "FREQ=YEARLY;BYMONTHDAY=30",
		"FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYMONTHDAY=1,15", "FREQ=MONTHLY;BYDAY=5MO", "FREQ=MONTHLY;BYDAY=1MO,3MO",
		"FREQ=MONTHLY;BYDAY=MO", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "FREQ=YEARLY;BYWEEKNO=20", "FREQ=YEARLY;BYDAY=20MO", "FREQ=YEARLY;BYMONTH=1,7",
		"FREQ=MONTHLY;BYMONTH=1", "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=1", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,2", "nonsense",
	} {
		out, err := repetition(parlor.Draft{Start: late, Recurrence: []string{"RRULE:" + rule}})
		if !errors.Is(err, parlor.ErrInvalid) {
			t.Errorf("%s: %v %v", rule, recurrence(out), err)
		}
	}
}
