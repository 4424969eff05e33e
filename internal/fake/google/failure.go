package google

import (
	"net/http"
	"strings"

	"parlor/internal/fake/stage"
)

// Failure is an answer the server gives instead of doing what it was asked. Its Reason is one of the Calendar API, such as
// "rateLimitExceeded", or an RFC 6749 error code for the OAuth addresses.
type Failure = stage.Failure

// Call is one request the server answered.
type Call = stage.Call

// refuse writes a failure in Google's words.
func refuse(w http.ResponseWriter, r *http.Request, f Failure) {
	if !strings.HasPrefix(r.URL.Path, calendarBase) {
		oauthError(w, stage.Or(f.Status, http.StatusBadRequest), f.Reason, "as told")
		return
	}
	e := apiErrors[f.Reason]
	e.Reason = f.Reason
	e.Status = stage.Or(f.Status, stage.Or(e.Status, http.StatusInternalServerError))
	e.Message = stage.Or(e.Message, "Backend Error")
	e.Domain = stage.Or(e.Domain, "global")
	e.write(w)
}
