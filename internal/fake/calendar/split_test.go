package calendar

import (
	"errors"
	"slices"
	"testing"
	"time"
)

func TestSplitGoesOnAsAnotherSeries(t *testing.T) {
	w := newWorld(t)
	zone := "America/Chicago"
	start := time.Date(2026, 11, 24, 7, 0, 0, 0, Location(zone))
	f := Fields{
		"summary": "Daily", "start": Timed(start, zone), "end": Timed(start.Add(time.Hour), zone), "recurrence": List("RRULE:FREQ=DAILY"),
		"extendedProperties": Fields{"private": Fields{"k": "v"}},
	}
	if _, err := w.Insert(Ada.Email, "series", f, Write{}); err != nil {
		t.Fatal(err)
	}
	third := start.AddDate(0, 0, 2)
	next, err := w.Split(Ada.Email, InstanceID("series", third, false), Fields{"summary": "Changed"}, Write{})
	if err != nil {
		t.Fatal(err)
	}
	if next.ID != "series_R20261126T130000" || Text(next.Fields, "iCalUID") != next.ID+"@google.com" || Text(next.Fields, "extendedProperties", "private", "k") != "v" {
		t.Errorf("new series: %+v", next)
	}
	old, err := w.Event(Ada.Email, "series")
	if want := []string{"RRULE:FREQ=DAILY;UNTIL=20261126T055959Z"}; err != nil || !slices.Equal(Lines(old.Fields, "recurrence"), want) {
		t.Errorf("old series: %v, %v", old.Fields["recurrence"], err)
	}
	var titles []string
	for _, e := range w.Between(Ada.Email, start, start.AddDate(0, 0, 4)) {
		titles = append(titles, Text(e.Fields, "summary"))
	}
	if want := []string{"Daily", "Daily", "Changed", "Changed"}; !slices.Equal(titles, want) {
		t.Errorf("days: %v, want %v", titles, want)
	}
	if _, err := w.Split(Ada.Email, "series_20270101T130000Z", nil, Write{}); !errors.Is(err, ErrNotFound) {
		t.Errorf("split beyond the end: %v", err)
	}
}

func TestCopyIsAnEventOfItsOwn(t *testing.T) {
	w := newWorld(t)
	first, err := w.Insert(Ada.Email, "", Merge(hour("One"), Fields{"extendedProperties": Fields{"private": Fields{"k": "v"}}}), Write{})
	if err != nil {
		t.Fatal(err)
	}
	second, err := w.Copy(Ada.Email, first.ID, Write{})
	if err != nil || second.ID == first.ID || Text(second.Fields, "iCalUID") == Text(first.Fields, "iCalUID") || Text(second.Fields, "extendedProperties", "private", "k") != "v" {
		t.Errorf("copy: %+v, %v", second, err)
	}
}
