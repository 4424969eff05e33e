package parlor

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// Feed is a calendar that any program can subscribe to (RFC 5545): when a person's room and numbers are taken.
type Feed struct {
	Name   string // of the calendar
	Room   Room
	Origin string
	Full   bool // with titles and links; else only that the time is taken
	// Words and Embed are as for Render.
	Words Wording
	Embed bool
}

// How much of a person's time a feed shows.
const (
	feedBehind = 14 * 24 * time.Hour
	feedAhead  = 180 * 24 * time.Hour
)

// FeedReach is the stretch of time that a feed made at a moment shows.
func FeedReach(now time.Time) (from, to time.Time) { return now.Add(-feedBehind), now.Add(feedAhead) }

// Text writes the feed. Each occurrence of a series is an event of its own, in UTC, so that no program has to know our zones
// or rules. What is not full holds nothing that leads to a meeting, not even its number.
func (f Feed) Text(meetings []Meeting, now time.Time) string {
	var b strings.Builder
	line := func(head, value string) { b.WriteString(FoldLine(head+":"+value, "\r\n")) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Parlor//Parlor//EN")
	line("METHOD", "PUBLISH")
	line("NAME", EscapeText(f.Name))
	line("X-WR-CALNAME", EscapeText(f.Name))
	line("REFRESH-INTERVAL;VALUE=DURATION", "PT30M")
	line("X-PUBLISHED-TTL", "PT30M")
	from, to := FeedReach(now)
	for _, m := range meetings {
		if m.State != Scheduled {
			continue
		}
		for _, slot := range m.Slots(from, to) {
			line("BEGIN", "VEVENT")
			line("UID", f.id(m, slot))
			line("DTSTAMP", now.UTC().Format(feedTime))
			line("DTSTART", slot.Start.UTC().Format(feedTime))
			line("DTEND", slot.End.UTC().Format(feedTime))
			f.describe(m, line)
			line("END", "VEVENT")
		}
	}
	line("END", "VCALENDAR")
	return b.String()
}

const feedTime = "20060102T150405Z"

func (f Feed) describe(m Meeting, line func(head, value string)) {
	if !f.Full {
		line("SUMMARY", "Busy")
		line("CLASS", "PRIVATE")
		return
	}
	block := Render(m, f.Room, f.Origin, f.Words, f.Embed)
	line("SUMMARY", EscapeText(m.Title))
	line("LOCATION", EscapeText(block.Link))
	line("DESCRIPTION", EscapeText(strings.Join(block.Lines, "\n")))
	line("CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Parlor", block.Link)
}

// id names an occurrence the same each time, without saying of which meeting it is.
func (f Feed) id(m Meeting, slot Slot) string {
	h := hmac.New(sha256.New, f.Room.Secret)
	h.Write([]byte("feed|" + m.Number + "|" + slot.Start.UTC().Format(feedTime)))
	return hex.EncodeToString(h.Sum(nil)[:16]) + "@parlor"
}
