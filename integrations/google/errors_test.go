package google

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"parlor/internal/parlor"
)

func TestRefusals(t *testing.T) {
	reason := func(status int, word string) answer {
		return answer{status: status, body: fmt.Sprintf(`{"error":{"code":%d,"message":"no","errors":[{"domain":"d","reason":%q}]}}`, status, word)}
	}
	for name, tt := range map[string]struct {
		answer answer
		want   error
	}{
		"400":                           {reason(400, "invalid"), parlor.ErrInvalid},
		"time range":                    {reason(400, "timeRangeEmpty"), parlor.ErrInvalid},
		"401":                           {reason(401, "authError"), parlor.ErrRevoked},
		"401 in the new form":           {answer{status: 401, body: `{"error":{"code":401,"message":"no","status":"UNAUTHENTICATED"}}`}, parlor.ErrRevoked},
		"401 about our address":         {reason(401, "push.webhookUrlUnauthorized"), parlor.ErrInvalid},
		"403 guest":                     {reason(403, "forbiddenForNonOrganizer"), parlor.ErrForbidden},
		"403 reader":                    {reason(403, "requiredAccessLevel"), parlor.ErrForbidden},
		"403 unheard of":                {reason(403, "whatever"), parlor.ErrForbidden},
		"403 scope":                     {reason(403, "insufficientPermissions"), parlor.ErrScope},
		"403 scope in the new form":     {answer{status: 403, body: `{"error":{"code":403,"message":"no","details":[{"@type":"x","reason":"ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}}`}, parlor.ErrScope},
		"403 scope in both forms":       {answer{status: 403, body: `{"error":{"code":403,"message":"no","errors":[{"reason":"forbidden"}],"details":[{"@type":"x","reason":"ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}}`}, parlor.ErrScope},
		"403 switched off":              {reason(403, "accessNotConfigured"), errFault},
		"404":                           {reason(404, "notFound"), parlor.ErrNotFound},
		"410 deleted":                   {reason(410, "deleted"), parlor.ErrNotFound},
		"410 token":                     {reason(410, "fullSyncRequired"), parlor.ErrCursorGone},
		"410 too long ago":              {reason(410, "updatedMinTooLongAgo"), parlor.ErrCursorGone},
		"412":                           {reason(412, "conditionNotMet"), parlor.ErrConflict},
		"409 inside":                    {reason(409, "conflict"), parlor.ErrConflict},
		"500":                           {reason(500, "backendError"), errFault},
		"502 of a proxy":                {answer{status: 502, body: `<html>`}, errFault},
		"404 of a proxy is no deletion": {answer{status: 404, body: `<html>`}, errFault},
		"401 of a proxy revokes none":   {answer{status: 401, body: `<html>`}, errFault},
		"403 of a proxy":                {answer{status: 403, body: ``}, errFault},
	} {
		t.Run(name, func(t *testing.T) {
			cal, _ := say(t, tt.answer)
			_, err := cal.Event(t.Context(), parlor.EventRef{Calendar: "c", ID: "e"})
			if !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
		})
	}
}

func TestThrottles(t *testing.T) {
	limit := func(status int, word, after string) answer {
		return answer{
			status: status,
			header: http.Header{"Retry-After": {after}, "Date": {"Sun, 22 Nov 2026 21:00:00 GMT"}},
			body:   fmt.Sprintf(`{"error":{"code":%d,"message":"no","errors":[{"reason":%q}]}}`, status, word),
		}
	}
	for name, tt := range map[string]struct {
		answer answer
		want   parlor.ThrottledError
	}{
		"burst":           {limit(403, "rateLimitExceeded", ""), parlor.ThrottledError{After: shortPause, Reason: "rateLimitExceeded"}},
		"per person":      {limit(403, "userRateLimitExceeded", ""), parlor.ThrottledError{After: shortPause, Reason: "userRateLimitExceeded"}},
		"429":             {limit(429, "rateLimitExceeded", "7"), parlor.ThrottledError{After: 7 * time.Second, Reason: "rateLimitExceeded"}},
		"429 by a proxy":  {answer{status: 429}, parlor.ThrottledError{After: shortPause, Reason: "tooManyRequests"}},
		"quota":           {limit(403, "quotaExceeded", ""), parlor.ThrottledError{After: longPause, Reason: "quotaExceeded"}},
		"day":             {limit(403, "dailyLimitExceeded", ""), parlor.ThrottledError{After: longPause, Reason: "dailyLimitExceeded"}},
		"a new limit":     {limit(403, "lunarLimitExceeded", ""), parlor.ThrottledError{After: shortPause, Reason: "lunarLimitExceeded"}},
		"until a date":    {limit(403, "quotaExceeded", "Sun, 22 Nov 2026 21:02:00 GMT"), parlor.ThrottledError{After: 2 * time.Minute, Reason: "quotaExceeded"}},
		"until long ago":  {limit(429, "rateLimitExceeded", "Sun, 22 Nov 2020 21:02:00 GMT"), parlor.ThrottledError{Reason: "rateLimitExceeded"}},
		"for ever":        {limit(429, "rateLimitExceeded", "2000000000"), parlor.ThrottledError{After: parlor.MostPause, Reason: "rateLimitExceeded"}},
		"nonsense":        {limit(429, "rateLimitExceeded", "soon"), parlor.ThrottledError{After: shortPause, Reason: "rateLimitExceeded"}},
		"503 with a time": {limit(503, "backendError", "120"), parlor.ThrottledError{After: 2 * time.Minute, Reason: "503"}},
	} {
		t.Run(name, func(t *testing.T) {
			cal, _ := say(t, tt.answer)
			_, err := cal.Calendars(t.Context())
			var got *parlor.ThrottledError
			if !errors.As(err, &got) || *got != tt.want {
				t.Errorf("%v, want %v", err, tt.want)
			}
		})
	}
}

type broken struct{ err error }

func (b broken) RoundTrip(*http.Request) (*http.Response, error) { return nil, b.err }

func TestErrorsOfTheTransportKeepTheirType(t *testing.T) {
	pause := &parlor.ThrottledError{After: time.Second, Reason: "our own pace"}
	for _, want := range []error{parlor.ErrRevoked, parlor.ErrBusy, pause} {
		cal, err := New(Config{}).Calendar(&http.Client{Transport: broken{fmt.Errorf("refresh token: %w", want)}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := cal.Calendars(t.Context()); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
}
