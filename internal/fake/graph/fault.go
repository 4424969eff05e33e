package graph

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// ClaimsChallenge is the Failure reason of a continuous access evaluation challenge: 401 with a claims parameter.
const ClaimsChallenge = "claimsChallenge"

// graphError is an error answer of Graph.
type graphError struct {
	Status   int
	Code     string
	Message  string
	Wait     time.Duration // sent as Retry-After; 0: no such header
	Location string        // sent as Location; "": no such header
}

// as is e with another status.
func (e graphError) as(status int) graphError {
	e.Status = status
	return e
}

// after is e with a Retry-After header.
func (e graphError) after(wait time.Duration) graphError {
	e.Wait = wait
	return e
}

// graphErrors has the errors by code, as recorded or as Graph's documentation and issue threads word them.
var graphErrors = map[string]graphError{
	"BadRequest":                      {Status: 400, Message: "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format."},
	"RequestBodyRead":                 {Status: 400, Message: "The request body is not valid."},
	"ErrorInvalidRequest":             {Status: 400, Message: "Your request can't be completed."},
	"ErrorInvalidIdMalformed":         {Status: 400, Message: "Id is malformed."},
	"ErrorInvalidParameter":           {Status: 400, Message: "The request is invalid."},
	"ErrorPropertyValidationFailure":  {Status: 400, Message: "At least one property failed validation."},
	"ErrorOccurrenceCrossingBoundary": {Status: 400, Message: "Modified occurrence is crossing or overlapping adjacent occurrence."},
	"TimeZoneNotSupportedException":   {Status: 400, Message: "A valid TimeZone value must be specified."},
	"ExtensionError":                  {Status: 400, Message: "Operation: Create; Exception: [Status Code: BadRequest; Reason: invalid]"},
	"ValidationError":                 {Status: 400, Message: "The request is invalid."},
	"InvalidRequest":                  {Status: 400, Message: "The request is invalid."},
	"SyncStateInvalid":                {Status: 400, Message: "The sync state is invalid."},
	"InvalidAuthenticationToken":      {Status: 401, Message: "Access token validation failure. Invalid audience."},
	ClaimsChallenge:                   {Status: 401, Code: "InvalidAuthenticationToken", Message: "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp"},
	"ErrorAccessDenied":               {Status: 403, Message: "Access is denied. Check credentials and try again."},
	"ErrorItemNotFound":               {Status: 404, Message: "The specified object was not found in the store."},
	"ResourceNotFound":                {Status: 404, Message: "Resource could not be discovered."},
	"Request_ResourceNotFound":        {Status: 404, Message: "Resource does not exist or one of its queried reference-property objects are not present."},
	"MailboxNotEnabledForRESTAPI":     {Status: 404, Message: "The mailbox is either inactive, soft-deleted, or is hosted on-premise."},
	"SyncStateNotFound":               {Status: 410, Message: "The sync state generation is not found; generation=149;[highest=157][157][155][156]."},
	"ErrorIrresolvableConflict":       {Status: 412, Message: "The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item."},
	"ApplicationThrottled":            {Status: 429, Message: "Application is over its MailboxConcurrency limit."},
	"TooManyRequests":                 {Status: 429, Message: "Too many requests."},
	"ErrorInternalServerError":        {Status: 500, Message: "An internal server error occurred. The operation failed."},
	"BadGateway":                      {Status: 502, Code: "UnknownError", Message: ""},
	"serviceNotAvailable":             {Status: 503, Message: "The service is temporarily unavailable."},
	"UnknownError":                    {Status: 504, Message: ""},
}

// fault is the error of a code, with another message when one is given.
func fault(code, message string) graphError {
	e := graphErrors[code]
	e.Status = stage.Or(e.Status, http.StatusBadRequest)
	e.Code = stage.Or(e.Code, code)
	e.Message = stage.Or(message, e.Message)
	return e
}

// Error is the message.
func (e graphError) Error() string { return e.Message }

// write sends the error in Graph's shape.
func (e graphError) write(w http.ResponseWriter, now time.Time) {
	id := w.Header().Get("Request-Id")
	body := map[string]any{"code": e.Code, "message": e.Message}
	if e.Status != http.StatusTooManyRequests {
		body["innerError"] = map[string]any{
			"date": now.UTC().Format("2006-01-02T15:04:05"), "request-id": id, "client-request-id": id,
		}
	}
	if e.Wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int((e.Wait+time.Second-1)/time.Second)))
	}
	if e.Location != "" {
		w.Header().Set("Location", e.Location)
	}
	writeJSON(w, e.Status, map[string]any{"error": body})
}

// faultOf turns the world's errors into Graph's.
func faultOf(err error) graphError {
	var ready graphError
	var invalid *calendar.InvalidError
	switch {
	case errors.As(err, &ready):
		return ready
	case errors.As(err, &invalid):
		return fault("ErrorPropertyValidationFailure", "")
	case errors.Is(err, calendar.ErrNotFound), errors.Is(err, calendar.ErrDeleted):
		return fault("ErrorItemNotFound", "")
	case errors.Is(err, calendar.ErrStale):
		return fault("ErrorIrresolvableConflict", "")
	case errors.Is(err, calendar.ErrEmptyRange):
		return fault("ErrorPropertyValidationFailure", "")
	default:
		return fault("ErrorInternalServerError", err.Error())
	}
}

// refuse writes a failure in Microsoft's words.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, f Failure) {
	if !strings.HasPrefix(r.URL.Path, apiBase) {
		s.entraError(w, stage.Or(f.Status, http.StatusBadRequest), f.Reason)
		return
	}
	e := fault(f.Reason, "")
	e.Status = stage.Or(f.Status, e.Status)
	w.Header().Set("Request-Id", guidOf(r.URL.Path))
	if f.Reason == ClaimsChallenge {
		w.Header().Set("WWW-Authenticate", s.challenge())
	}
	e.write(w, s.now())
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	h := w.Header()
	h.Set("Content-Type", "application/json; odata.metadata=minimal; odata.streaming=true; IEEE754Compatible=false; charset=utf-8")
	h.Set("Cache-Control", "private")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
