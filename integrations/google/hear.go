package google

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"

	"parlor/internal/parlor"
)

const longestToken = 256 // characters of a channel's token

var channelID = regexp.MustCompile(`^[A-Za-z0-9_+/=-]{1,64}$`)

// Hear reads a push, which is headers and nothing else. Every state is a ping, the first "sync" too: it closes the gap
// between the last list and the channel's begin, and an unknown state is still news.
// Source: https://developers.google.com/workspace/calendar/api/guides/push
func Hear(h http.Header, _ url.Values, _ []byte) (parlor.Heard, error) {
	ping := parlor.Ping{Watch: h.Get("X-Goog-Channel-ID"), Secret: h.Get("X-Goog-Channel-Token")}
	number, err := strconv.ParseUint(h.Get("X-Goog-Message-Number"), 10, 63)
	ping.Number = int64(number)
	switch {
	case !channelID.MatchString(ping.Watch):
		return parlor.Heard{}, fmt.Errorf("read push: channel id: %w", parlor.ErrInvalid)
	case len(ping.Secret) > longestToken:
		return parlor.Heard{}, fmt.Errorf("read push: channel token: %w", parlor.ErrInvalid)
	case err != nil:
		return parlor.Heard{}, fmt.Errorf("read push: message number: %w", parlor.ErrInvalid)
	case h.Get("X-Goog-Resource-State") == "":
		return parlor.Heard{}, fmt.Errorf("read push: resource state: %w", parlor.ErrInvalid)
	}
	return parlor.Heard{Pings: []parlor.Ping{ping}}, nil
}
