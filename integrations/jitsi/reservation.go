package jitsi

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// Jitsi's reservation API: before a conference opens, Prosody's module mod_reservations asks POST {prefix}/conference,
// with a form, whether it may and for how long. It ends the conference when that time is over.
// Source: https://jitsi.github.io/handbook/docs/devops-guide/reservation and mod_reservations.lua of jitsi-meet.

// dateTime is how both sides write times: Java's yyyy-MM-dd'T'HH:mm:ss.SSSX, in UTC.
const dateTime = "2006-01-02T15:04:05.000Z07:00"

// conference is the answer of a reservation system. Prosody compares the name with the room's, and wants every field.
type conference struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Owner    string `json:"mail_owner"`
	Start    string `json:"start_time"`
	Duration int64  `json:"duration"` // seconds
}

// trusts looks for the secret where Prosody can be told to put it: in a header (reservations_api_headers), or in the address
// (reservations_api_prefix), whose user and password it sends as basic authentication.
func trusts(h http.Header, secret string) bool {
	r := http.Request{Header: h}
	shown, isBearer := strings.CutPrefix(h.Get("Authorization"), "Bearer ")
	if _, password, isBasic := r.BasicAuth(); isBasic {
		shown = password
	} else if !isBearer {
		return false
	}
	got, want := sha256.Sum256([]byte(shown)), sha256.Sum256([]byte(secret))
	return secret != "" && subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

// reads takes the form apart. A room of a tenant is called [tenant]name.
func reads(form url.Values) (parlor.Asking, error) {
	a := parlor.Asking{Name: form.Get("name"), Owner: form.Get("mail_owner")}
	a.Session = a.Name
	if tenant, room, ok := strings.Cut(a.Name, "]"); ok && strings.HasPrefix(tenant, "[") {
		a.Session = room
	}
	if !sessionName.MatchString(a.Session) {
		return a, fmt.Errorf("read reservation: no session of ours: %w", parlor.ErrInvalid)
	}
	if raw := form.Get("start_time"); raw != "" {
		at, err := time.Parse(time.RFC3339, raw)
		if err != nil {
			return a, fmt.Errorf("read reservation: start_time: %w", parlor.ErrInvalid)
		}
		a.Begins = at
	}
	return a, nil
}

// grants says that a conference may open. It begins when Prosody said, so that it ends right however wrong Prosody's clock.
func grants(a parlor.Asking, left time.Duration) (int, []byte) {
	return http.StatusOK, answer(conference{
		ID: a.Session, Name: a.Name, Owner: a.Owner, Start: a.Begins.UTC().Format(dateTime), Duration: int64(left / time.Second),
	})
}

// refuses says why not; Jitsi shows the sentence to whoever wanted in.
func refuses(why string) (int, []byte) {
	return http.StatusForbidden, answer(map[string]string{"message": why})
}

func answer(v any) []byte {
	body, err := json.Marshal(v)
	if err != nil { // texts and numbers cannot fail
		panic(err)
	}
	return body
}
