package calendar

import "time"

// Midnight is the beginning of t's date in a zone.
func Midnight(t time.Time, loc *time.Location) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, loc)
}

// On tells whether any of the span lies on a day, which begins at midnight of the reader's zone.
func (s Span) On(day time.Time) bool {
	start, end := s.Start, s.End
	if s.AllDay {
		start, end = Midnight(start, day.Location()), Midnight(end, day.Location())
	}
	return start.Before(day.AddDate(0, 0, 1)) && (end.After(day) || start.Equal(day))
}
