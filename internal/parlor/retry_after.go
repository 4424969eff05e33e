package parlor

import (
	"net/http"
	"strconv"
	"time"
)

// MostPause is the longest that a service can make us wait, whatever it says.
const MostPause = 24 * time.Hour

// RetryAfter reads the header in seconds or, measured from the answer's own Date, as an HTTP date (RFC 9110, 10.2.3); false
// when it says neither.
func RetryAfter(h http.Header) (time.Duration, bool) {
	raw := h.Get("Retry-After")
	if seconds, err := strconv.ParseUint(raw, 10, 31); err == nil {
		return min(MostPause, time.Duration(seconds)*time.Second), true
	}
	until, err := http.ParseTime(raw)
	if err != nil {
		return 0, false
	}
	sent, err := http.ParseTime(h.Get("Date"))
	return min(MostPause, max(0, until.Sub(sent))), err == nil
}
