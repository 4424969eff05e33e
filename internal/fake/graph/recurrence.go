package graph

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/teambition/rrule-go"

	"parlor/internal/fake/calendar"
)

var (
	dayNames   = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
	dayCodes   = []string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}
	indexNames = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
)

// pattern and span are the two halves of a patternedRecurrence.
type pattern struct {
	Type           string   `json:"type"`
	Interval       int      `json:"interval"`
	Month          int      `json:"month"`
	DayOfMonth     int      `json:"dayOfMonth"`
	DaysOfWeek     []string `json:"daysOfWeek,omitempty"`
	FirstDayOfWeek string   `json:"firstDayOfWeek"`
	Index          string   `json:"index"`
}

type span struct {
	Type                string `json:"type"`
	StartDate           string `json:"startDate"`
	EndDate             string `json:"endDate"`
	RecurrenceTimeZone  string `json:"recurrenceTimeZone"`
	NumberOfOccurrences int    `json:"numberOfOccurrences"`
}

type patterned struct {
	Pattern pattern `json:"pattern"`
	Range   span    `json:"range"`
}

func badRecurrence(why string) error { return fault("ErrorPropertyValidationFailure", why) }

// rule writes a recurrence as an RRULE; zone is the event's.
func (p patterned) rule(zone *time.Location, allDay bool) (string, error) {
	by, err := p.Pattern.rule()
	if err != nil {
		return "", err
	}
	if p.Pattern.Interval < 1 {
		return "", badRecurrence("The recurrence pattern's interval must be at least 1.")
	}
	out := fmt.Sprintf("RRULE:%s;INTERVAL=%d", by, p.Pattern.Interval)
	if i := slices.Index(dayNames, p.Pattern.FirstDayOfWeek); i >= 0 {
		out += ";WKST=" + dayCodes[i]
	} else {
		out += ";WKST=SU"
	}
	switch p.Range.Type {
	case "noEnd":
		return out, nil
	case "numbered":
		if p.Range.NumberOfOccurrences < 1 {
			return "", badRecurrence("The recurrence range needs numberOfOccurrences.")
		}
		return fmt.Sprintf("%s;COUNT=%d", out, p.Range.NumberOfOccurrences), nil
	case "endDate":
		day, err := time.ParseInLocation(time.DateOnly, p.Range.EndDate, zone)
		if err != nil || p.Range.EndDate < p.Range.StartDate {
			return "", badRecurrence("The recurrence range's endDate must not be before its startDate.")
		}
		if allDay {
			return out + ";UNTIL=" + day.Format("20060102"), nil
		}
		return out + ";UNTIL=" + day.AddDate(0, 0, 1).Add(-time.Second).UTC().Format("20060102T150405Z"), nil
	}
	return "", badRecurrence("The recurrence range's type is not supported.")
}

func (p pattern) rule() (string, error) {
	days, err := p.days()
	if err != nil {
		return "", err
	}
	month := fmt.Sprintf(";BYMONTH=%d", p.Month)
	switch p.Type {
	case "daily":
		return "FREQ=DAILY", nil
	case "weekly":
		return needs("FREQ=WEEKLY;BYDAY="+days, days != "", "daysOfWeek")
	case "absoluteMonthly":
		return needs("FREQ=MONTHLY"+p.monthDay(), p.DayOfMonth >= 1 && p.DayOfMonth <= 31, "dayOfMonth")
	case "relativeMonthly":
		return needs("FREQ=MONTHLY;BYDAY="+days+p.position(), days != "", "daysOfWeek")
	case "absoluteYearly":
		return needs("FREQ=YEARLY"+month+p.monthDay(), p.DayOfMonth >= 1 && p.DayOfMonth <= 31 && p.Month >= 1 && p.Month <= 12, "dayOfMonth and month")
	case "relativeYearly":
		return needs("FREQ=YEARLY"+month+";BYDAY="+days+p.position(), days != "" && p.Month >= 1 && p.Month <= 12, "daysOfWeek and month")
	}
	return "", badRecurrence("The recurrence pattern's type is not supported.")
}

func needs(rule string, ok bool, what string) (string, error) {
	if !ok {
		return "", badRecurrence("The recurrence pattern needs " + what + ".")
	}
	return rule, nil
}

// monthDay is the day of a month; in a month that is too short Outlook takes its last day.
func (p pattern) monthDay() string {
	if p.DayOfMonth <= 28 {
		return fmt.Sprintf(";BYMONTHDAY=%d", p.DayOfMonth)
	}
	days := []string{"28", "29", "30", "31"}[:p.DayOfMonth-27]
	return ";BYMONTHDAY=" + strings.Join(days, ",") + ";BYSETPOS=-1"
}

func (p pattern) position() string {
	n, ok := indexNames[p.Index]
	if !ok {
		n = 1
	}
	return fmt.Sprintf(";BYSETPOS=%d", n)
}

func (p pattern) days() (string, error) {
	var out []string
	for _, name := range p.DaysOfWeek {
		i := slices.Index(dayNames, strings.ToLower(name))
		if i < 0 {
			return "", badRecurrence("The day " + name + " is not known.")
		}
		out = append(out, dayCodes[i])
	}
	return strings.Join(out, ","), nil
}

// recurrenceOf is a master's rule as a patternedRecurrence. What Outlook cannot say becomes the nearest it can.
func recurrenceOf(e calendar.Event) map[string]any {
	start := e.Span().Start
	for _, line := range calendar.Lines(e.Fields, "recurrence") {
		rule, found := strings.CutPrefix(line, "RRULE:")
		o, err := rrule.StrToROption(rule)
		if !found || err != nil {
			continue
		}
		zone := zoneNameOf(e.Fields, "start")
		return map[string]any{"pattern": patternOf(o, start), "range": spanOf(o, start, zone)}
	}
	return nil
}

func patternOf(o *rrule.ROption, start time.Time) map[string]any {
	out := map[string]any{
		"type": "daily", "interval": max(1, o.Interval), "month": 0, "dayOfMonth": 0,
		"firstDayOfWeek": dayNames[o.Wkst.Day()], "index": "first",
	}
	days := []string{}
	for _, d := range o.Byweekday {
		days = append(days, dayNames[d.Day()])
		if d.N() != 0 {
			out["index"] = indexName(d.N())
		}
	}
	if len(o.Bysetpos) > 0 && len(days) > 0 {
		out["index"] = indexName(o.Bysetpos[0])
	}
	if o.Freq == rrule.WEEKLY && len(days) == 0 {
		days = append(days, strings.ToLower(start.Weekday().String()))
	}
	day := start.Day()
	if n := len(o.Bymonthday); n > 0 {
		day = slices.Max(o.Bymonthday)
	}
	month := int(start.Month())
	if len(o.Bymonth) > 0 {
		month = o.Bymonth[0]
	}
	switch {
	case o.Freq == rrule.WEEKLY:
		out["type"] = "weekly"
	case o.Freq == rrule.MONTHLY && len(days) > 0:
		out["type"] = "relativeMonthly"
	case o.Freq == rrule.MONTHLY:
		out["type"], out["dayOfMonth"] = "absoluteMonthly", day
	case o.Freq == rrule.YEARLY && len(days) > 0:
		out["type"], out["month"] = "relativeYearly", month
	case o.Freq == rrule.YEARLY:
		out["type"], out["month"], out["dayOfMonth"] = "absoluteYearly", month, day
	}
	if len(days) > 0 {
		out["daysOfWeek"] = days
	}
	return out
}

func indexName(n int) string {
	for name, at := range indexNames {
		if at == n {
			return name
		}
	}
	return "last"
}

func spanOf(o *rrule.ROption, start time.Time, zone string) map[string]any {
	out := map[string]any{
		"type": "noEnd", "startDate": start.Format(time.DateOnly), "endDate": "0001-01-01",
		"recurrenceTimeZone": zone, "numberOfOccurrences": 0,
	}
	switch {
	case o.Count > 0:
		out["type"], out["numberOfOccurrences"] = "numbered", o.Count
	case !o.Until.IsZero():
		out["type"], out["endDate"] = "endDate", o.Until.In(start.Location()).Format(time.DateOnly)
	}
	return out
}
