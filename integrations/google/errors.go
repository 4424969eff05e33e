package google

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"google.golang.org/api/googleapi"

	"parlor/internal/parlor"
)

// How long to wait when Google throttles and gives no Retry-After.
const (
	shortPause = 30 * time.Second
	longPause  = time.Hour // usage limits of an account last for hours
)

// reasons turns Google's own word into ours. A status alone says too little: 403 is "slow down" and "never".
// Source: https://developers.google.com/workspace/calendar/api/guides/errors
var reasons = map[string]error{
	"rateLimitExceeded":               throttled("rateLimitExceeded", shortPause),
	"userRateLimitExceeded":           throttled("userRateLimitExceeded", shortPause),
	"RATE_LIMIT_EXCEEDED":             throttled("RATE_LIMIT_EXCEEDED", shortPause),
	"quotaExceeded":                   throttled("quotaExceeded", longPause),
	"dailyLimitExceeded":              throttled("dailyLimitExceeded", longPause),
	"fullSyncRequired":                parlor.ErrCursorGone,
	"updatedMinTooLongAgo":            parlor.ErrCursorGone,
	"notFound":                        parlor.ErrNotFound,
	"deleted":                         parlor.ErrNotFound,
	"conditionNotMet":                 parlor.ErrConflict,
	"conflict":                        parlor.ErrConflict,
	"duplicate":                       errDuplicate,
	"forbidden":                       parlor.ErrForbidden,
	"forbiddenForNonOrganizer":        parlor.ErrForbidden,
	"requiredAccessLevel":             parlor.ErrForbidden,
	"insufficientPermissions":         parlor.ErrScope,
	"ACCESS_TOKEN_SCOPE_INSUFFICIENT": parlor.ErrScope,
	"authError":                       parlor.ErrRevoked,
	"push.webhookUrlUnauthorized":     parlor.ErrInvalid, // a 401 that says nothing of the person's grant
	"backendError":                    errFault,
	"accessNotConfigured":             errFault, // the API is switched off in the Cloud project
	"SERVICE_DISABLED":                errFault,
}

// statuses speaks where Google gave a reason that the table above does not know, or none.
var statuses = map[int]error{
	http.StatusBadRequest:         parlor.ErrInvalid,
	http.StatusUnauthorized:       parlor.ErrRevoked,
	http.StatusForbidden:          parlor.ErrForbidden,
	http.StatusNotFound:           parlor.ErrNotFound,
	http.StatusConflict:           parlor.ErrConflict,
	http.StatusGone:               errGone,
	http.StatusPreconditionFailed: parlor.ErrConflict,
	http.StatusTooManyRequests:    throttled("tooManyRequests", shortPause),
}

var (
	errFault     = errors.New("fault at google")
	errDuplicate = fmt.Errorf("id taken: %w", parlor.ErrConflict)
	errGone      = fmt.Errorf("gone: %w", parlor.ErrNotFound)
)

func throttled(reason string, after time.Duration) *parlor.ThrottledError {
	return &parlor.ThrottledError{Reason: reason, After: after}
}

// refusal turns what the SDK returned into an error of the port. It drops the request's address, which holds mail
// addresses and tokens, and the answer's body.
func refusal(err error) error {
	var answer *googleapi.Error
	if errors.As(err, &answer) {
		return fmt.Errorf("google answered %d: %w", answer.Code, meaning(answer))
	}
	var transport *url.Error
	if errors.As(err, &transport) {
		return fmt.Errorf("reach google: %w", transport.Err)
	}
	return err
}

func meaning(answer *googleapi.Error) error {
	err := verdict(answer)
	wait, stated := parlor.RetryAfter(answer.Header)
	var pause *parlor.ThrottledError
	switch {
	case errors.As(err, &pause) && stated:
		return throttled(pause.Reason, wait)
	case errors.Is(err, errFault) && stated:
		return throttled(strconv.Itoa(answer.Code), wait)
	}
	return err
}

func verdict(answer *googleapi.Error) error {
	for _, reason := range words(answer) {
		if err, known := reasons[reason]; known {
			return err
		}
		if strings.HasSuffix(reason, "LimitExceeded") {
			return throttled(reason, shortPause)
		}
	}
	// A proxy's page is no word of Google's, and must not look like a deleted event or a revoked grant.
	err, known := statuses[answer.Code]
	if !known || (answer.Message == "" && answer.Code != http.StatusTooManyRequests) {
		return errFault
	}
	return err
}

// words lists the reasons that an answer gives, the newer and more exact form first.
func words(answer *googleapi.Error) []string {
	var out []string
	for _, detail := range answer.Details {
		if fields, ok := detail.(map[string]any); ok {
			reason, _ := fields["reason"].(string)
			out = append(out, reason)
		}
	}
	for _, item := range answer.Errors {
		out = append(out, item.Reason)
	}
	return out
}
