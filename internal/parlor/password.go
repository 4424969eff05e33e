package parlor

import (
	"context"
	"net/http"
)

// Password is how a person connects a calendar that knows no OAuth: by its address and a password made for us. Such a
// connection says nothing of who somebody is, so that nobody can sign in with it.
type Password struct {
	// Find looks for the calendars behind what a person typed and tries the password there. It returns the login as it is
	// to be kept. *LoginError: why it leads to no calendars; any other error may pass.
	Find func(ctx context.Context, typed Login) (Login, error)
	// Calendar opens the calendars of a login that Find returned; the client carries the password and keeps the pace.
	Calendar func(c *http.Client, l Login) (Calendar, error)
	// Wire is what requests to addresses of people's own travel on: it reaches no network that it must not.
	Wire http.RoundTripper
}

// HasCalendars says whether people have calendars at a service, however they open them.
func (s Service) HasCalendars() bool { return s.Calendar != nil || s.Password != nil }

// Login is a person's access to a service by address and password. Where it is kept it is sealed.
type Login struct {
	URL       string   `json:"url"`       // as typed: a web or a mail address; from Find: where the calendars are listed
	User      string   `json:"user"`      // as typed, "" for the mail address in URL
	Password  string   `json:"password"`  // made for us in the service's own settings
	Addresses []string `json:"addresses"` // mail addresses by which the calendar knows the person
	Zone      string   `json:"zone"`      // IANA name; of calendars that tell none, "" unknown
}

// LoginError says why a login leads to no calendars.
type LoginError struct {
	Why   Reason // for the person
	Found string // of ReasonConfirmHost: the address that was found, for the person to confirm
	Cause error  // for the log; nil when there is no more to say
}

// Error is the reason's code with its cause.
func (e *LoginError) Error() string {
	if e.Cause == nil {
		return "login refused: " + e.Why.Code
	}
	return "login refused: " + e.Why.Code + ": " + e.Cause.Error()
}

// Unwrap gives the cause.
func (e *LoginError) Unwrap() error { return e.Cause }
