package zoom

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strings"

	"parlor/internal/fake/stage"
)

// Failure is an answer the server gives instead of doing what it was asked. Its Reason is an error code of the OAuth
// addresses, or the message of an API error.
type Failure = stage.Failure

// fault is an error of the API.
type fault struct {
	XMLName xml.Name  `json:"-" xml:"Error"`
	Code    int       `json:"code" xml:"code"`
	Message string    `json:"message" xml:"message"`
	Errors  []problem `json:"errors,omitempty" xml:"errors>error,omitempty"`
}

type problem struct {
	Field   string `json:"field" xml:"field"`
	Message string `json:"message" xml:"message"`
}

func invalid(field, message string) *fault {
	return &fault{Code: 300, Message: "Validation Failed.", Errors: []problem{{field, message}}}
}

// limited is the daily limit, which comes without Retry-After.
var limited = fault{Code: http.StatusTooManyRequests, Message: "You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this particular user. You may resume these requests at GMT 00:00:00."}

// write answers as JSON, errors as XML when the client does not ask for JSON: Zoom does that, too.
func write(w http.ResponseWriter, r *http.Request, status int, answer any) {
	if answer == nil {
		w.WriteHeader(status)
		return
	}
	f, isFault := answer.(fault)
	if p, isPointer := answer.(*fault); isPointer {
		f, isFault = *p, true
	}
	if accept := r.Header.Get("Accept"); isFault && !strings.Contains(accept, "application/json") {
		w.Header().Set("Content-Type", "application/xml;charset=UTF-8")
		w.WriteHeader(status)
		_ = xml.NewEncoder(w).Encode(f)
		return
	}
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

// refuse writes a failure that a test asked for.
func refuse(w http.ResponseWriter, r *http.Request, f Failure) {
	status := stage.Or(f.Status, http.StatusBadRequest)
	if strings.HasPrefix(r.URL.Path, "/oauth/") {
		write(w, r, status, map[string]string{"error": f.Reason, "reason": "As told."})
		return
	}
	write(w, r, status, fault{Code: status, Message: f.Reason})
}
