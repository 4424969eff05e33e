package desk

import (
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

const (
	maxRecurrence     = 20      // lines
	maxRecurrenceLine = 8 << 10 // bytes; room for a list of some 400 dates
)

// checkRecurrence accepts the lines of RFC 5545 that may follow an event's DTSTART, as far as calendars take them.
func checkRecurrence(f *Faults, lines []string) {
	f.check(len(lines) <= maxRecurrence, "recurrence", len(lines), "must be at most 20 lines")
	for _, line := range lines {
		f.check(validRecurrence(line), "recurrence", line,
			"must be RRULE, RDATE or EXDATE lines of RFC 5545, at most 8 KiB each, that repeat daily or less often")
	}
}

func validRecurrence(line string) bool {
	end := strings.IndexAny(line, ":;")
	if end < 0 || len(line) > maxRecurrenceLine || strings.ContainsAny(line, "\r\n") {
		return false
	}
	switch name, value := line[:end], line[end+1:]; name {
	case "RRULE":
		return validRule(value)
	case "RDATE", "EXDATE":
		_, err := rrule.StrToDatesInLoc(value, time.UTC)
		return err == nil
	}
	return false
}

// validRule refuses rules with several occurrences a day: no calendar offers them, and they cost the guard dearly.
func validRule(value string) bool {
	rule, err := rrule.StrToROption(value)
	if err != nil || rule.Freq > rrule.DAILY || len(rule.Byhour) > 1 || len(rule.Byminute) > 1 || len(rule.Bysecond) > 1 {
		return false
	}
	_, err = rrule.NewRRule(*rule)
	return err == nil && rule.Interval >= 0 && rule.Count >= 0
}
