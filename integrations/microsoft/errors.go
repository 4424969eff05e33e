package microsoft

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// How long to wait when Graph throttles and gives no Retry-After.
const (
	shortPause = 30 * time.Second
)

// codes turns Graph's own word into ours, in lower case: it writes "syncStateNotFound" and "SyncStateNotFound".
// Source: https://learn.microsoft.com/en-us/graph/errors and Exchange's ResponseCode, which Graph hands on.
var codes = map[string]error{
	"erroritemnotfound":                 parlor.ErrNotFound,
	"errorinvalididmalformed":           parlor.ErrNotFound, // no id of this mailbox
	"errorirresolvableconflict":         parlor.ErrConflict,
	"erroraccessdenied":                 parlor.ErrForbidden,
	"authorization_requestdenied":       parlor.ErrScope,
	"mailboxnotenabledforrestapi":       errNoMailbox,
	"mailboxnotsupportedforrestapi":     errNoMailbox,
	"errormailboxnotenabledforrestapi":  errNoMailbox,
	"errornonexistentmailbox":           errNoMailbox,
	"applicationthrottled":              throttled("ApplicationThrottled", shortPause),
	"errorserverbusy":                   throttled("ErrorServerBusy", shortPause),
	"toomanyrequests":                   throttled("TooManyRequests", shortPause),
	"activitylimitreached":              throttled("activityLimitReached", shortPause),
	"errormailboxstoreunavailable":      errFault,
	"errorinternalservertransienterror": errFault,
	"errormailboxmoveinprogress":        errFault,
	"erroroccurrencecrossingboundary":   parlor.ErrInvalid,
}

// statuses speaks where Graph gave a code that the table above does not know.
var statuses = map[int]error{
	http.StatusBadRequest:            parlor.ErrInvalid,
	http.StatusUnauthorized:          parlor.ErrRevoked, // with a claims challenge too: only the person can answer it
	http.StatusForbidden:             parlor.ErrForbidden,
	http.StatusNotFound:              parlor.ErrNotFound,
	http.StatusConflict:              parlor.ErrConflict,
	http.StatusGone:                  errGone,
	http.StatusPreconditionFailed:    parlor.ErrConflict,
	http.StatusRequestEntityTooLarge: parlor.ErrInvalid,
	http.StatusLocked:                parlor.ErrConflict, // somebody saves the same event now
	http.StatusTooManyRequests:       throttled("TooManyRequests", shortPause),
}

var (
	errFault     = errors.New("fault at microsoft")
	errGone      = fmt.Errorf("gone: %w", parlor.ErrNotFound)
	errNoMailbox = fmt.Errorf("this mailbox is on-premises or has no licence, which is not supported: %w: %w", parlor.ErrForbidden, parlor.ErrNoMailbox)
)

// resync matches the codes with which Outlook says that it forgot a delta token: those have no fixed age.
// Source: https://learn.microsoft.com/en-us/graph/delta-query-overview
var resync = regexp.MustCompile(`(?i)syncstate|resync`)

func throttled(reason string, after time.Duration) *parlor.ThrottledError {
	return &parlor.ThrottledError{Reason: reason, After: after}
}

// refused is an answer of Graph that is not a success.
type refused struct {
	status  int
	code    string // "" when the answer was none of Graph's
	message string // Graph's, not for logs: it may quote the request
	header  http.Header
}

// Error names status and code.
func (r *refused) Error() string { return fmt.Sprintf("microsoft answered %d %.60s", r.status, r.code) }

const longestRefusal = 64 << 10 // bytes of an error's body that are read

func newRefused(resp *http.Response) *refused {
	defer resp.Body.Close()
	r := &refused{status: resp.StatusCode, header: resp.Header}
	var answer struct {
		Error struct{ Code, Message string }
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, longestRefusal))
	if err == nil && json.Unmarshal(body, &answer) == nil {
		r.code, r.message = answer.Error.Code, answer.Error.Message
	}
	return r
}

// refusal turns what the SDK returned into an error of the port. It drops the request's address, which holds ids and
// tokens, and the answer's body.
func refusal(err error) error {
	if answer, ok := errors.AsType[*refused](err); ok {
		return fmt.Errorf("%w: %w", answer, answer.meaning())
	}
	if transport, ok := errors.AsType[*url.Error](err); ok {
		return fmt.Errorf("reach microsoft: %w", transport.Err)
	}
	return err
}

func (r *refused) meaning() error {
	err := r.verdict()
	wait, stated := parlor.RetryAfter(r.header)
	pause, pausing := errors.AsType[*parlor.ThrottledError](err)
	switch {
	case pausing && stated:
		return throttled(pause.Reason, wait)
	case errors.Is(err, errFault) && stated:
		return throttled(orElse(r.code, strconv.Itoa(r.status)), wait)
	}
	return err
}

func (r *refused) verdict() error {
	if err, known := codes[strings.ToLower(r.code)]; known {
		return err
	}
	if resync.MatchString(r.code) {
		return parlor.ErrCursorGone
	}
	// A proxy's page is no word of Graph's, and must not look like a deleted event or a revoked grant.
	err, known := statuses[r.status]
	if !known || r.code == "" && r.status != http.StatusTooManyRequests && !r.challenge() {
		return errFault
	}
	return err
}

// challenge: a 401 that speaks in its header alone (RFC 6750, section 3).
func (r *refused) challenge() bool {
	scheme, _, _ := strings.Cut(r.header.Get("WWW-Authenticate"), " ")
	return r.status == http.StatusUnauthorized && strings.EqualFold(scheme, "Bearer")
}
