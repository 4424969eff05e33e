package microsoft

import (
	"hash/fnv"
	"net/url"
	"strconv"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// Graph lists changes within a window of time alone, which is part of its token: to move the window is to list anew. So we
// look 400 days ahead and move on after three to five weeks, which leaves at least a year in sight. The day differs from
// calendar to calendar, by its id: of 100,000 mailboxes that began together some 7,000 a day are listed anew, each at an
// hour of its own. An event beyond the window is found when the window reaches it.
const (
	day       = 24 * time.Hour
	behind    = day // what began yesterday may still be going on
	ahead     = 400 * day
	soonest   = 21 * day // after which the window moves
	spread    = 14 * day // over which calendars are spread
	cursorTag = "v1"
)

// window is the stretch of time that a list covers.
type window struct{ from, to time.Time }

func windowAt(now time.Time) window {
	today := now.UTC().Truncate(day)
	return window{from: today.Add(-behind), to: today.Add(ahead)}
}

// due is when the window is to be moved.
func (w window) due(cal parlor.CalendarID) time.Time {
	h := fnv.New32a()
	_, _ = h.Write([]byte(cal))
	jitter := time.Duration(h.Sum32()) * time.Second % spread
	return w.to.Add(-ahead + soonest + jitter)
}

// cursor holds the end of the window and Graph's own link: "v1 1798761600 https://…".
func (w window) cursor(deltaLink string) parlor.Cursor {
	return parlor.Cursor(strings.Join([]string{cursorTag, strconv.FormatInt(w.to.Unix(), 10), deltaLink}, " "))
}

// parseCursor reads what cursor wrote; false for anything else, and for a link that leads away from the API.
func parseCursor(c parlor.Cursor, base *url.URL) (window, string, bool) {
	parts := strings.Split(string(c), " ")
	if len(parts) != 3 || parts[0] != cursorTag {
		return window{}, "", false
	}
	end, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil || !leadsTo(base, parts[2]) {
		return window{}, "", false
	}
	to := time.Unix(end, 0).UTC()
	return window{from: to.Add(-ahead - behind), to: to}, parts[2], true
}

func leadsTo(base *url.URL, link string) bool {
	u, err := url.Parse(link)
	return err == nil && within(base, u)
}
