// Package google is the Google Calendar adapter: Calendar API v3 behind the parlor.Calendar port, and what Google's
// sign-in and pushes look like.
//
// It is the only importer of google.golang.org/api. No policy, no retries, no storage and no HTTP serving live here.
//
// Start reading at New; every method of the port has a file of its own, errors.go is the one table of refusals.
package google

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"google.golang.org/api/calendar/v3"
	"google.golang.org/api/option"

	"parlor/internal/parlor"
)

// Config is how this installation is registered with Google, and where Google is.
type Config struct {
	ClientID     string
	ClientSecret string
	Issuer       string // "" for https://accounts.google.com
	APIURL       string // base of Calendar v3; "" for Google's own
}

const (
	issuer = "https://accounts.google.com"
	apiURL = "https://www.googleapis.com/calendar/v3/"
)

// New describes Google as a service: sign-in, calendar and pushes. It asks for the least scopes: the events of calendars
// that the person owns, and the names of all calendars. Source: the scopes in calendar-api.json, revision 20260925.
func New(cfg Config) parlor.Service {
	base := strings.TrimRight(orElse(cfg.APIURL, apiURL), "/") + "/"
	return parlor.Service{
		Kind: parlor.KindGoogle,
		Name: "Google",
		OAuth: &parlor.OAuth{
			Issuer:       orElse(cfg.Issuer, issuer),
			ClientID:     cfg.ClientID,
			ClientSecret: cfg.ClientSecret,
			SignIn:       []string{"openid", "email", "profile"},
			Calendar:     []string{calendar.CalendarEventsOwnedScope, calendar.CalendarCalendarlistReadonlyScope},
			Params:       map[string]string{"access_type": "offline", "include_granted_scopes": "true"},
		},
		API:      base,
		Calendar: func(c *http.Client) (parlor.Calendar, error) { return open(c, base) },
		Hear:     Hear,
		Pace:     pace,
	}
}

// pace is the quota of Cloud projects made since 2026-05-01.
// Source: https://developers.google.com/workspace/calendar/api/guides/quota
var pace = parlor.Pace{
	PerAccount: parlor.Rate{Requests: 600, Per: time.Minute},
	PerProject: parlor.Rate{Requests: 10_000, Per: time.Minute},
	PerDay:     1_000_000,
}

// port is one person's calendars at Google.
type port struct{ api *calendar.Service }

func open(c *http.Client, base string) (parlor.Calendar, error) {
	// The context of NewService is only for finding credentials, of which the client brings its own.
	api, err := calendar.NewService(context.Background(), option.WithHTTPClient(c), option.WithEndpoint(base))
	if err != nil {
		return nil, fmt.Errorf("open google calendar: %w", err)
	}
	return &port{api: api}, nil
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
