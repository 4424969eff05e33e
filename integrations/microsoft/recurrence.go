package microsoft

import (
	"fmt"
	"slices"
	"strings"

	"github.com/microsoftgraph/msgraph-sdk-go/models"
)

// days are the days of the week as RFC 5545 names them, in Graph's order.
var days = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// recurrence writes a pattern as a rule of RFC 5545. Exceptions are events of their own, so that one line says it all.
// Source: https://learn.microsoft.com/en-us/graph/api/resources/recurrencepattern
func recurrence(r models.PatternedRecurrenceable) []string {
	if r == nil || r.GetPattern() == nil || r.GetPattern().GetTypeEscaped() == nil {
		return nil
	}
	pattern := r.GetPattern()
	rule := slices.Concat(frequency(pattern), which(pattern), until(r.GetRangeEscaped()))
	return []string{"RRULE:" + strings.Join(rule, ";")}
}

func frequency(p models.RecurrencePatternable) []string {
	name := map[models.RecurrencePatternType]string{
		models.DAILY_RECURRENCEPATTERNTYPE:           "DAILY",
		models.WEEKLY_RECURRENCEPATTERNTYPE:          "WEEKLY",
		models.ABSOLUTEMONTHLY_RECURRENCEPATTERNTYPE: "MONTHLY",
		models.RELATIVEMONTHLY_RECURRENCEPATTERNTYPE: "MONTHLY",
		models.ABSOLUTEYEARLY_RECURRENCEPATTERNTYPE:  "YEARLY",
		models.RELATIVEYEARLY_RECURRENCEPATTERNTYPE:  "YEARLY",
	}[*p.GetTypeEscaped()]
	rule := []string{"FREQ=" + name}
	if n := val(p.GetInterval()); n > 1 {
		rule = append(rule, fmt.Sprintf("INTERVAL=%d", n))
	}
	return rule
}

func which(p models.RecurrencePatternable) []string {
	var rule []string
	switch *p.GetTypeEscaped() {
	case models.WEEKLY_RECURRENCEPATTERNTYPE:
		rule = append(rule, byDay(p)...)
		if first := p.GetFirstDayOfWeek(); first != nil && val(p.GetInterval()) > 1 { // a week's begin matters then alone
			rule = append(rule, "WKST="+days[*first])
		}
	case models.ABSOLUTEYEARLY_RECURRENCEPATTERNTYPE, models.ABSOLUTEMONTHLY_RECURRENCEPATTERNTYPE:
		rule = append(byMonth(p), byMonthDay(val(p.GetDayOfMonth()))...)
	case models.RELATIVEYEARLY_RECURRENCEPATTERNTYPE, models.RELATIVEMONTHLY_RECURRENCEPATTERNTYPE:
		rule = append(byMonth(p), byDay(p)...)
		rule = append(rule, fmt.Sprintf("BYSETPOS=%d", position(p.GetIndex())))
	}
	return rule
}

func byMonth(p models.RecurrencePatternable) []string {
	t := *p.GetTypeEscaped()
	yearly := t == models.ABSOLUTEYEARLY_RECURRENCEPATTERNTYPE || t == models.RELATIVEYEARLY_RECURRENCEPATTERNTYPE
	if !yearly || val(p.GetMonth()) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("BYMONTH=%d", val(p.GetMonth()))}
}

// byMonthDay: in a month without that day Outlook takes the last one, where RFC 5545 takes none.
func byMonthDay(day int32) []string {
	switch {
	case day <= 0:
		return nil
	case day <= 28:
		return []string{fmt.Sprintf("BYMONTHDAY=%d", day)}
	}
	all := []string{"28", "29", "30", "31"}[:min(4, day-27)]
	return []string{"BYMONTHDAY=" + strings.Join(all, ","), "BYSETPOS=-1"}
}

func byDay(p models.RecurrencePatternable) []string {
	var names []string
	for _, d := range p.GetDaysOfWeek() {
		names = append(names, days[d])
	}
	if names == nil {
		return nil
	}
	return []string{"BYDAY=" + strings.Join(names, ",")}
}

func position(i *models.WeekIndex) int {
	if i != nil && *i == models.LAST_WEEKINDEX {
		return -1
	}
	return int(val(i)) + 1
}

func until(r models.RecurrenceRangeable) []string {
	if r == nil || r.GetTypeEscaped() == nil {
		return nil
	}
	switch *r.GetTypeEscaped() {
	case models.NUMBERED_RECURRENCERANGETYPE:
		return []string{fmt.Sprintf("COUNT=%d", val(r.GetNumberOfOccurrences()))}
	case models.ENDDATE_RECURRENCERANGETYPE:
		if r.GetEndDate() != nil {
			return []string{"UNTIL=" + strings.ReplaceAll(r.GetEndDate().String(), "-", "")}
		}
	}
	return nil
}
