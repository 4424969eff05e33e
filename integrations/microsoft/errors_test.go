package microsoft

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"parlor/internal/parlor"
)

func code(status int, word string) answer {
	return answer{status: status, body: fmt.Sprintf(`{"error":{"code":%q,"message":"no","innerError":{"date":"2026-11-22T00:00:00"}}}`, word)}
}

func TestRefusals(t *testing.T) {
	challenge := code(401, "InvalidAuthenticationToken")
	challenge.header = http.Header{"Www-Authenticate": {`Bearer realm="", error="insufficient_claims", claims=eyJ4IjoxfQ==`}}
	for name, tt := range map[string]struct {
		answer answer
		want   error
	}{
		"400":                           {code(400, "RequestBroker--ParseUri"), parlor.ErrInvalid},
		"400 id":                        {code(400, "ErrorInvalidIdMalformed"), parlor.ErrNotFound},
		"401":                           {code(401, "InvalidAuthenticationToken"), parlor.ErrRevoked},
		"401 with claims":               {challenge, parlor.ErrRevoked},
		"401 in the header alone":       {answer{status: 401, header: http.Header{"Www-Authenticate": {`Bearer error="invalid_token"`}}}, parlor.ErrRevoked},
		"403":                           {code(403, "ErrorAccessDenied"), parlor.ErrForbidden},
		"403 scope":                     {code(403, "Authorization_RequestDenied"), parlor.ErrScope},
		"404":                           {code(404, "ErrorItemNotFound"), parlor.ErrNotFound},
		"404 no mailbox":                {code(404, "MailboxNotEnabledForRESTAPI"), errNoMailbox},
		"400 no mailbox":                {code(400, "MailboxNotSupportedForRESTAPI"), parlor.ErrForbidden},
		"409":                           {code(409, "Conflict"), parlor.ErrConflict},
		"410":                           {code(410, "Gone"), errGone},
		"410 sync state":                {code(410, "SyncStateNotFound"), parlor.ErrCursorGone},
		"400 sync state":                {code(400, "syncStateInvalid"), parlor.ErrCursorGone},
		"404 resync":                    {code(404, "resyncRequired"), parlor.ErrCursorGone},
		"412":                           {code(412, "ErrorIrresolvableConflict"), parlor.ErrConflict},
		"413":                           {code(413, "RequestEntityTooLarge"), parlor.ErrInvalid},
		"423":                           {code(423, "locked"), parlor.ErrConflict},
		"500":                           {code(500, "InternalServerError"), errFault},
		"503":                           {code(503, "serviceNotAvailable"), errFault},
		"502 of a proxy":                {answer{status: 502, body: `<html>`, header: html}, errFault},
		"404 of a proxy is no deletion": {answer{status: 404, body: `<html>`, header: html}, errFault},
		"401 of a proxy revokes none":   {answer{status: 401, body: `<html>`, header: html}, errFault},
		"403 in XML":                    {answer{status: 403, body: `<error/>`}, errFault},
		"a redirect elsewhere":          {answer{status: 302, header: http.Header{"Location": {"https://evil.example/"}}}, errFault},
	} {
		t.Run(name, func(t *testing.T) {
			cal, s := say(t, tt.answer)
			_, err := cal.Event(t.Context(), parlor.EventRef{Calendar: "c", ID: "e"})
			if !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
			s.all(t, 1)
		})
	}
}

var html = http.Header{"Content-Type": {"text/html"}}

func TestThrottles(t *testing.T) {
	limit := func(status int, word, after string) answer {
		a := code(status, word)
		a.header = http.Header{"Retry-After": {after}, "Date": {"Sun, 22 Nov 2026 21:00:00 GMT"}}
		return a
	}
	for name, tt := range map[string]struct {
		answer answer
		want   parlor.ThrottledError
	}{
		"concurrency":     {limit(429, "ApplicationThrottled", "1"), parlor.ThrottledError{After: time.Second, Reason: "ApplicationThrottled"}},
		"unheard of":      {limit(429, "LunarLimit", ""), parlor.ThrottledError{After: shortPause, Reason: "TooManyRequests"}},
		"by a proxy":      {answer{status: 429, body: "slow", header: html}, parlor.ThrottledError{After: shortPause, Reason: "TooManyRequests"}},
		"until a date":    {limit(429, "TooManyRequests", "Sun, 22 Nov 2026 21:02:00 GMT"), parlor.ThrottledError{After: 2 * time.Minute, Reason: "TooManyRequests"}},
		"for ever":        {limit(429, "TooManyRequests", "2000000000"), parlor.ThrottledError{After: parlor.MostPause, Reason: "TooManyRequests"}},
		"nonsense":        {limit(429, "TooManyRequests", "soon"), parlor.ThrottledError{After: shortPause, Reason: "TooManyRequests"}},
		"503 with a time": {limit(503, "serviceNotAvailable", "120"), parlor.ThrottledError{After: 2 * time.Minute, Reason: "serviceNotAvailable"}},
		"busy":            {code(503, "ErrorServerBusy"), parlor.ThrottledError{After: shortPause, Reason: "ErrorServerBusy"}},
	} {
		t.Run(name, func(t *testing.T) {
			cal, s := say(t, tt.answer)
			_, err := cal.Calendars(t.Context())
			got, ok := errors.AsType[*parlor.ThrottledError](err)
			if !ok || *got != tt.want {
				t.Errorf("%v, want %v", err, tt.want)
			}
			s.all(t, 1)
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
