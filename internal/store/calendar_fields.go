package store

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"parlor/internal/parlor"
)

// The fields of a calendar's hash; several writers share it, each with its own.
const (
	fieldInfo         = "info"
	fieldService      = "service"
	fieldOn           = "on"
	fieldCursor       = "cursor"
	fieldWatch        = "watch"
	fieldLastPass     = "last_pass"
	fieldListed       = "listed"
	fieldListing      = "listing"
	fieldError        = "error"
	fieldNextTry      = "next_try"
	fieldAgain        = "again"
	fieldWatchEnding  = "watch_ending"
	fieldWatchRefused = "watch_refused"
	fieldLeaving      = "leaving"
	fieldResync       = "resync"   // how many times a full pass was asked for
	fieldResynced     = "resynced" // how many of them were answered
)

// decodeCalendar reads a hash; ok is false when it holds no calendar.
func decodeCalendar(hash map[string]string) (c CalendarState, ok bool, err error) {
	if hash[fieldInfo] == "" {
		return c, false, nil
	}
	c = CalendarState{
		Service: parlor.Kind(hash[fieldService]), On: hash[fieldOn] == "1",
		Cursor: parlor.Cursor(hash[fieldCursor]), Listing: hash[fieldListing] == "1", Error: hash[fieldError],
		WatchEnding: hash[fieldWatchEnding],
	}
	c.Listed, _ = strconv.Atoi(hash[fieldListed])
	c.Resync, _ = strconv.ParseInt(hash[fieldResync], 10, 64)
	c.Resynced, _ = strconv.ParseInt(hash[fieldResynced], 10, 64)
	parse := func(field string, into any) {
		if text := hash[field]; text != "" && err == nil {
			err = json.Unmarshal([]byte(text), into)
		}
	}
	parse(fieldInfo, &c.Info)
	parse(fieldWatch, &c.Watch)
	parse(fieldLastPass, &c.LastPass)
	parse(fieldNextTry, &c.NextTry)
	parse(fieldAgain, &c.Again)
	parse(fieldWatchRefused, &c.WatchRefused)
	parse(fieldLeaving, &c.Leaving)
	if err != nil {
		return c, false, fmt.Errorf("decode calendar: %w", err)
	}
	return c, true, nil
}

func encodeField(v any) (string, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("encode calendar: %w", err)
	}
	return string(text), nil
}

// encodeTime writes the zero time as nothing.
func encodeTime(t time.Time) (string, error) {
	if t.IsZero() {
		return "", nil
	}
	return encodeField(t.UTC())
}
