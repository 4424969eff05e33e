package google

import (
	"encoding/json"
	"net/http"

	"parlor/internal/fake/stage"
)

// apiError is an error answer of the Calendar API.
type apiError struct {
	Status       int
	Domain       string
	Reason       string
	Message      string
	LocationType string
	Location     string
}

// apiErrors has every error by its reason, as recorded or as Google's guide to errors words it
// (https://developers.google.com/workspace/calendar/api/guides/errors).
var apiErrors = map[string]apiError{
	"invalid":                  {Status: 400, Domain: "global", Message: "Invalid Value"},
	"required":                 {Status: 400, Domain: "global", Message: "Required"},
	"parseError":               {Status: 400, Domain: "global", Message: "Parse Error"},
	"timeRangeEmpty":           {Status: 400, Domain: "calendar", Message: "The specified time range is empty.", LocationType: "parameter", Location: "timeMax"},
	"authError":                {Status: 401, Domain: "global", Message: "Invalid Credentials", LocationType: "header", Location: "Authorization"},
	"rateLimitExceeded":        {Status: 403, Domain: "usageLimits", Message: "Rate Limit Exceeded"},
	"userRateLimitExceeded":    {Status: 403, Domain: "usageLimits", Message: "User Rate Limit Exceeded"},
	"quotaExceeded":            {Status: 403, Domain: "usageLimits", Message: "Calendar usage limits exceeded."},
	"dailyLimitExceeded":       {Status: 403, Domain: "usageLimits", Message: "Daily Limit Exceeded"},
	"forbiddenForNonOrganizer": {Status: 403, Domain: "calendar", Message: "Shared properties can only be changed by the organizer of the event."},
	"forbidden":                {Status: 403, Domain: "global", Message: "Forbidden"},
	"requiredAccessLevel":      {Status: 403, Domain: "calendar", Message: "You need to have writer access to this calendar."},
	"insufficientPermissions":  {Status: 403, Domain: "global", Message: "Request had insufficient authentication scopes."},
	"notFound":                 {Status: 404, Domain: "global", Message: "Not Found"},
	"duplicate":                {Status: 409, Domain: "global", Message: "The requested identifier already exists."},
	"conflict":                 {Status: 409, Domain: "global", Message: "Conflict"},
	"fullSyncRequired":         {Status: 410, Domain: "calendar", Message: "Sync token is no longer valid, a full sync is required.", LocationType: "parameter", Location: "syncToken"},
	"updatedMinTooLongAgo":     {Status: 410, Domain: "calendar", Message: "The requested minimum modification time lies too far in the past.", LocationType: "parameter", Location: "updatedMin"},
	"deleted":                  {Status: 410, Domain: "global", Message: "Resource has been deleted"},
	"conditionNotMet":          {Status: 412, Domain: "global", Message: "Precondition Failed", LocationType: "header", Location: "If-Match"},
	"backendError":             {Status: 503, Domain: "global", Message: "Backend Error"},
	"channelIdNotUnique":       {Status: 400, Domain: "global", Message: "Channel id not unique"},
	"push.webhookUrlNotHttps":  {Status: 400, Domain: "global", Message: "WebHook callback must be HTTPS"},
	"channelUnknown":           {Status: 404, Domain: "global", Message: "Channel not found"},
}

// fault is the error of a reason, with another message when one is given.
func fault(reason, message string) apiError {
	e := apiErrors[reason]
	e.Reason = reason
	e.Message = stage.Or(message, e.Message)
	return e
}

// param is a 400 about one query parameter.
func param(name, message string) apiError {
	e := fault("invalid", message)
	e.LocationType, e.Location = "parameter", name
	return e
}

// Error is the message.
func (e apiError) Error() string { return e.Message }

// write sends the error in the API's shape.
func (e apiError) write(w http.ResponseWriter) {
	detail := map[string]any{"domain": e.Domain, "reason": e.Reason, "message": e.Message}
	if e.Location != "" {
		detail["locationType"], detail["location"] = e.LocationType, e.Location
	}
	body := map[string]any{"errors": []any{detail}, "code": e.Status, "message": e.Message}
	writeJSON(w, e.Status, map[string]any{"error": body})
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=UTF-8")
	h.Set("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
