// Package jitsi is Jitsi Meet as the room: the address of a session by rule, on the server of this installation, signed
// tokens, and the questions that the server itself asks before it opens a conference.
//
// It asks the Jitsi server nothing but whether it answers, and knows nothing of admission: whoever gets an address from
// Enter has been let in.
//
// Start reading at New.
package jitsi

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"parlor/internal/parlor"
)

// Config says where the Jitsi server is, and what it shares with us.
type Config struct {
	URL       string // absolute, http or https; a path is kept as the prefix of every room
	AppID     string // of Prosody's token authentication; "" where the server lets everybody in
	AppSecret string
	// ReservationSecret is what Jitsi shows when it asks for a reservation; "" where it does not ask.
	ReservationSecret string
	Now               func() time.Time
	HTTP              *http.Client // asks whether the server answers; nil: nobody asks
}

// New describes Jitsi as a service. A URL that is none, or not http(s), is reported when rooms are opened.
func New(cfg Config) parlor.Service {
	s := parlor.Service{
		Kind:   parlor.KindJitsi,
		Name:   "Jitsi",
		Beyond: beyond(cfg),
		Rooms: func(*http.Client) (parlor.Rooms, error) {
			base, err := address(cfg.URL)
			if err != nil {
				return nil, err
			}
			return rooms{base: base, appID: cfg.AppID, secret: cfg.AppSecret, now: cfg.Now}, nil
		},
	}
	if cfg.HTTP != nil {
		s.Answers = answers(cfg)
	}
	if cfg.ReservationSecret != "" {
		s.Gate = &parlor.Gate{
			Trusts: func(h http.Header) bool { return trusts(h, cfg.ReservationSecret) },
			Reads:  reads, Grants: grants, Refuses: refuses,
		}
	}
	return s
}

// beyond is what this server does not hold to, by what it shares with us.
func beyond(cfg Config) []parlor.Reason {
	var all []parlor.Reason
	if cfg.AppSecret == "" {
		all = append(all, parlor.Reason{
			Code: "passed_on",
			Text: "Whoever was let in can pass the address of the meeting on while it lasts, and the first who comes in is moderator: your Jitsi server asks for no signed tokens.",
		})
	}
	if cfg.ReservationSecret == "" {
		all = append(all, parlor.Reason{
			Code: "open_end",
			Text: "A meeting does not end by itself when its time is over: your Jitsi server does not ask Parlor for reservations.",
		})
	}
	return all
}

func address(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return nil, fmt.Errorf("open jitsi: an http or https address is needed: %w", parlor.ErrInvalid)
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("open jitsi: the address must end with its path: %w", parlor.ErrInvalid)
	}
	return u, nil
}
