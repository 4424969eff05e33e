package caldav

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"time"

	"parlor/internal/parlor"
)

// How long to wait when a server throttles and gives no Retry-After.
const (
	shortPause = time.Minute
)

// statuses turns what a server answered into ours. Source: RFC 9110, RFC 4918 section 11, RFC 4791 section 5.3.2.1.
var statuses = map[int]error{
	http.StatusBadRequest:            parlor.ErrInvalid,
	http.StatusUnauthorized:          parlor.ErrRevoked,
	http.StatusForbidden:             parlor.ErrForbidden,
	http.StatusNotFound:              parlor.ErrNotFound,
	http.StatusMethodNotAllowed:      parlor.ErrForbidden,
	http.StatusConflict:              parlor.ErrConflict,
	http.StatusGone:                  parlor.ErrNotFound,
	http.StatusPreconditionFailed:    parlor.ErrConflict,
	http.StatusRequestEntityTooLarge: parlor.ErrInvalid,
	http.StatusUnsupportedMediaType:  parlor.ErrInvalid,
	http.StatusUnprocessableEntity:   parlor.ErrInvalid,
	http.StatusLocked:                parlor.ErrConflict,
	http.StatusTooManyRequests:       throttled("tooManyRequests", shortPause),
	http.StatusInsufficientStorage:   parlor.ErrForbidden,
}

var errFault = errors.New("fault at the calendar server")

func throttled(reason string, after time.Duration) *parlor.ThrottledError {
	return &parlor.ThrottledError{Reason: reason, After: after}
}

// refused is an answer that is not a success.
type refused struct {
	status int
	why    davError
	header http.Header

	wantsAppPassword bool
}

// Error names the status.
func (r *refused) Error() string { return fmt.Sprintf("the calendar server answered %d", r.status) }

// Unwrap gives what it means.
func (r *refused) Unwrap() error {
	err, known := statuses[r.status]
	wait, stated := parlor.RetryAfter(r.header)
	switch {
	case !known && !stated:
		return errFault
	case !known:
		return throttled(strconv.Itoa(r.status), wait)
	}
	if pause, pausing := errors.AsType[*parlor.ThrottledError](err); pausing && stated {
		return throttled(pause.Reason, wait)
	}
	return err
}

// appPassword matches how servers say that the usual password will not do: Nextcloud names its exception.
// Source: https://github.com/nextcloud/server apps/dav/lib/Connector/Sabre/Exception/PasswordLoginForbidden.php
var appPassword = regexp.MustCompile(`(?i)PasswordLoginForbidden|password login forbidden|app(lication)?[- ]specific password|app password|two[- ]factor`)

const longestRefusal = 64 << 10 // bytes of an error's body that are read

func newRefused(resp *http.Response) *refused {
	defer resp.Body.Close()
	r := &refused{status: resp.StatusCode, header: resp.Header}
	page, _ := io.ReadAll(io.LimitReader(resp.Body, longestRefusal)) // what came of it will do
	_ = guarded(bytes.NewReader(page)).Decode(&r.why)                // mostly a page for people
	r.wantsAppPassword = appPassword.Match(page)
	return r
}

// status is what a server answered, 0 when it did not.
func status(err error) int {
	if answer, ok := errors.AsType[*refused](err); ok {
		return answer.status
	}
	return 0
}

// unreachable drops the request's address from an error of the network: it names the person.
func unreachable(err error) error {
	if transport, ok := errors.AsType[*url.Error](err); ok {
		return fmt.Errorf("reach the calendar server: %w", transport.Err)
	}
	return err
}
