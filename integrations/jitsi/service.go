// Package jitsi is Jitsi Meet as the room: the address of a session by rule, on the server of this installation.
//
// It asks the Jitsi server nothing and knows nothing of admission: whoever gets an address from Enter has been let in.
//
// Start reading at New.
package jitsi

import (
	"fmt"
	"net/http"
	"net/url"

	"parlor/internal/parlor"
)

// Config says where the Jitsi server is.
type Config struct {
	URL       string // absolute, http or https; a path is kept as the prefix of every room
	AppID     string // for signed tokens, which are not offered yet
	AppSecret string
}

// New describes Jitsi as a service. A URL that is none, or not http(s), is reported when rooms are opened.
func New(cfg Config) parlor.Service {
	return parlor.Service{
		Kind: parlor.KindJitsi,
		Name: "Jitsi",
		Rooms: func(*http.Client) (parlor.Rooms, error) {
			base, err := address(cfg.URL)
			if err != nil {
				return nil, err
			}
			return rooms{base: base}, nil
		},
	}
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
