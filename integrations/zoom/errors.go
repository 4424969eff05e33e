package zoom

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// DailyLimit is the reason given when a host's meetings of the day are used up.
const DailyLimit = "Zoom lets a host make or change 100 meetings a day, and today's are used up: the rest waits until 00:00 UTC"

const shortPause = 5 * time.Second // after a limit by the second, where no Retry-After came

var errFault = errors.New("fault at zoom")

// codes turns Zoom's own code into ours.
// Source: https://developers.zoom.us/docs/api/errors/, where it agrees with what was observed.
var codes = map[int]error{
	124:  parlor.ErrRevoked, // the token was fresh: it is renewed before it gets here
	200:  parlor.ErrForbidden,
	300:  parlor.ErrInvalid,
	1001: parlor.ErrForbidden, // no such user, or not in this account any more
	1010: parlor.ErrForbidden,
	3000: parlor.ErrForbidden,
	3001: parlor.ErrNotFound, // the meeting is gone
	4700: parlor.ErrScope,
	4711: parlor.ErrScope,
}

// statuses speaks where the code is none of the above.
var statuses = map[int]error{
	http.StatusBadRequest:   parlor.ErrInvalid,
	http.StatusUnauthorized: parlor.ErrRevoked,
	http.StatusForbidden:    parlor.ErrForbidden,
	http.StatusNotFound:     parlor.ErrNotFound,
	http.StatusConflict:     parlor.ErrConflict,
}

// refused is an answer of Zoom that is not a success.
type refused struct {
	status  int
	code    int    // 0 when the answer was none of Zoom's
	message string // not for logs: it may quote the request
	header  http.Header
	now     time.Time
}

// newRefused reads an error as JSON, or as XML, which Zoom sends at times where JSON was asked for.
func newRefused(resp *http.Response, raw []byte, now time.Time) *refused {
	r := &refused{status: resp.StatusCode, header: resp.Header, now: now}
	var answer struct {
		Code    int    `json:"code" xml:"code"`
		Message string `json:"message" xml:"message"`
	}
	if json.Unmarshal(raw, &answer) == nil || xml.Unmarshal(raw, &answer) == nil {
		r.code, r.message = answer.Code, answer.Message
	}
	return r
}

// Error names status and code.
func (r *refused) Error() string { return fmt.Sprintf("zoom answered %d, code %d", r.status, r.code) }

// meaning turns the refusal into an error of the port.
func (r *refused) meaning() error {
	if r.status == http.StatusTooManyRequests || r.code == http.StatusTooManyRequests {
		return fmt.Errorf("%w: %w", r, r.throttled())
	}
	if err, known := codes[r.code]; known {
		return fmt.Errorf("%w: %w", r, err)
	}
	// A proxy's page is no word of Zoom's, and must not look like a grant that is gone.
	if err, known := statuses[r.status]; known && r.code != 0 {
		return fmt.Errorf("%w: %w", r, err)
	}
	return fmt.Errorf("%w: %w", r, errFault)
}

// throttled tells the limit of a day, which comes without Retry-After and ends at midnight UTC, from that of a second.
func (r *refused) throttled() *parlor.ThrottledError {
	if r.daily() {
		midnight := r.now.UTC().Truncate(24 * time.Hour).Add(24 * time.Hour)
		return &parlor.ThrottledError{After: midnight.Sub(r.now), Reason: DailyLimit}
	}
	after := shortPause
	raw := r.header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(raw, 10, 31); err == nil {
		after = time.Duration(seconds) * time.Second
	} else if until, err := time.Parse(time.RFC3339, raw); err == nil {
		after = max(0, until.Sub(r.now))
	}
	return &parlor.ThrottledError{After: min(after, parlor.MostPause), Reason: "Zoom's limit of requests a second"}
}

func (r *refused) daily() bool {
	said := strings.ToLower(r.message + " " + r.header.Get("X-Ratelimit-Type"))
	for _, word := range []string{"daily", "per-day", "in one day"} {
		if strings.Contains(said, word) {
			return true
		}
	}
	return false
}
