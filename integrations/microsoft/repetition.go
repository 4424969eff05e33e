package microsoft

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/microsoft/kiota-abstractions-go/serialization"
	"github.com/microsoftgraph/msgraph-sdk-go/models"
	"github.com/teambition/rrule-go"

	"parlor/internal/parlor"
)

// repetition writes a draft's rule as a pattern; nil when it does not repeat. ErrInvalid: Outlook cannot repeat like that.
func repetition(d parlor.Draft) (models.PatternedRecurrenceable, error) {
	if len(d.Recurrence) == 0 {
		return nil, nil
	}
	value, isRule := strings.CutPrefix(d.Recurrence[0], "RRULE:")
	if len(d.Recurrence) > 1 || !isRule {
		return nil, cannot("have more than one rule, or single dates, in a series")
	}
	rule, err := rrule.StrToROption(value)
	if err != nil {
		return nil, cannot("read this rule")
	}
	wall := d.Start.Time.In(location(orElse(d.Start.Zone, "UTC")))
	p, err := pattern(rule, wall)
	if err != nil {
		return nil, err
	}
	out := models.NewPatternedRecurrence()
	out.SetPattern(p)
	out.SetRangeEscaped(extent(rule, value, wall, d.Start))
	return out, nil
}

func cannot(what string) error { return fmt.Errorf("outlook cannot %s: %w", what, parlor.ErrInvalid) }

// pattern says on which days.
func pattern(rule *rrule.ROption, start time.Time) (models.RecurrencePatternable, error) {
	if len(rule.Byyearday)+len(rule.Byweekno)+len(rule.Byhour)+len(rule.Byminute)+len(rule.Bysecond)+len(rule.Byeaster) > 0 ||
		len(rule.Bymonth) > 1 || len(rule.Bymonthday) > 1 || len(rule.Bysetpos) > 1 {
		return nil, cannot("repeat by these parts of a year or a day")
	}
	out := models.NewRecurrencePattern()
	out.SetInterval(new(int32(max(1, rule.Interval))))
	var err error
	switch rule.Freq {
	case rrule.DAILY:
		err = daily(out, rule)
	case rrule.WEEKLY:
		err = weekly(out, rule, start)
	case rrule.MONTHLY, rrule.YEARLY:
		err = monthly(out, rule, start)
	default:
		err = cannot("repeat within a day")
	}
	return out, err
}

func daily(out models.RecurrencePatternable, rule *rrule.ROption) error {
	if len(rule.Byweekday)+len(rule.Bymonthday)+len(rule.Bymonth)+len(rule.Bysetpos) > 0 {
		return cannot("leave days out of a daily series; make it a weekly one")
	}
	out.SetTypeEscaped(new(models.DAILY_RECURRENCEPATTERNTYPE))
	return nil
}

func weekly(out models.RecurrencePatternable, rule *rrule.ROption, start time.Time) error {
	if len(rule.Bymonthday)+len(rule.Bymonth)+len(rule.Bysetpos) > 0 {
		return cannot("repeat a week by days of a month")
	}
	on, nth := weekdays(rule)
	if nth != 0 {
		return cannot("number the days of a week")
	}
	if on == nil {
		on = []models.DayOfWeek{models.DayOfWeek(start.Weekday())}
	}
	out.SetTypeEscaped(new(models.WEEKLY_RECURRENCEPATTERNTYPE))
	out.SetDaysOfWeek(on)
	out.SetFirstDayOfWeek(new(models.DayOfWeek((rule.Wkst.Day() + 1) % 7)))
	return nil
}

// monthly writes months and years: on a day by its number, or on the first to fourth or last of some weekdays.
func monthly(out models.RecurrencePatternable, rule *rrule.ROption, start time.Time) error {
	yearly := rule.Freq == rrule.YEARLY
	if !yearly && len(rule.Bymonth) > 0 {
		return cannot("leave months out of a monthly series")
	}
	if yearly {
		month := int32(start.Month())
		if len(rule.Bymonth) == 1 {
			month = int32(rule.Bymonth[0])
		}
		out.SetMonth(&month)
	}
	on, nth := weekdays(rule)
	if on != nil {
		return relative(out, rule, on, nth)
	}
	date := start.Day()
	if len(rule.Bymonthday) == 1 {
		date = rule.Bymonthday[0]
	}
	if date < 1 || date > 28 || len(rule.Bysetpos) > 0 {
		return cannot("skip months without the 29th, 30th or 31st, nor count days from a month's end")
	}
	out.SetTypeEscaped(new(models.ABSOLUTEMONTHLY_RECURRENCEPATTERNTYPE))
	if yearly {
		out.SetTypeEscaped(new(models.ABSOLUTEYEARLY_RECURRENCEPATTERNTYPE))
	}
	out.SetDayOfMonth(new(int32(date)))
	return nil
}

func relative(out models.RecurrencePatternable, rule *rrule.ROption, on []models.DayOfWeek, nth int) error {
	if len(rule.Bysetpos) == 1 && nth == 0 {
		nth = rule.Bysetpos[0]
	}
	index := map[int]models.WeekIndex{1: models.FIRST_WEEKINDEX, 2: models.SECOND_WEEKINDEX, 3: models.THIRD_WEEKINDEX, 4: models.FOURTH_WEEKINDEX, -1: models.LAST_WEEKINDEX}
	i, known := index[nth]
	yearly := rule.Freq == rrule.YEARLY
	if !known || len(rule.Bymonthday) > 0 || yearly && len(rule.Bymonth) == 0 {
		return cannot("repeat on weekdays counted like that")
	}
	out.SetTypeEscaped(new(models.RELATIVEMONTHLY_RECURRENCEPATTERNTYPE))
	if yearly {
		out.SetTypeEscaped(new(models.RELATIVEYEARLY_RECURRENCEPATTERNTYPE))
	}
	out.SetDaysOfWeek(on)
	out.SetIndex(&i)
	return nil
}

// weekdays reads BYDAY, and the number before its single day: -1FR.
func weekdays(rule *rrule.ROption) (on []models.DayOfWeek, nth int) {
	for _, d := range rule.Byweekday {
		on = append(on, models.DayOfWeek((d.Day()+1)%7))
		if n := d.N(); n != 0 {
			nth = n
		}
	}
	if nth != 0 && len(on) > 1 {
		nth = 99 // no position that there is
	}
	slices.Sort(on)
	return on, nth
}

// extent says how long: for ever, so many times, or until a day.
func extent(rule *rrule.ROption, value string, start time.Time, first parlor.Moment) models.RecurrenceRangeable {
	out := models.NewRecurrenceRange()
	out.SetStartDate(serialization.NewDateOnly(start))
	out.SetRecurrenceTimeZone(new(orElse(first.Zone, "UTC")))
	switch {
	case rule.Count > 0:
		out.SetTypeEscaped(new(models.NUMBERED_RECURRENCERANGETYPE))
		out.SetNumberOfOccurrences(new(int32(rule.Count)))
	case !rule.Until.IsZero():
		out.SetTypeEscaped(new(models.ENDDATE_RECURRENCERANGETYPE))
		out.SetEndDate(serialization.NewDateOnly(lastDay(value, rule.Until, start)))
	default:
		out.SetTypeEscaped(new(models.NOEND_RECURRENCERANGETYPE))
	}
	return out
}

// lastDay is the last day on which a series may have an occurrence. UNTIL is a date, which counts whole, a moment in UTC, or
// one in the zone of the series (RFC 5545, section 3.3.10).
func lastDay(value string, until, start time.Time) time.Time {
	_, rest, _ := strings.Cut(strings.ToUpper(value), "UNTIL=")
	text, _, _ := strings.Cut(rest, ";")
	if len(text) == len(rrule.DateFormat) {
		return until
	}
	if strings.HasSuffix(text, "Z") {
		until = until.In(start.Location())
	}
	begins := time.Date(until.Year(), until.Month(), until.Day(), start.Hour(), start.Minute(), start.Second(), 0, until.Location())
	if begins.After(until) { // on that day the series would begin too late
		return until.AddDate(0, 0, -1)
	}
	return until
}
