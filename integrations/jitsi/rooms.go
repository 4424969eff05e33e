package jitsi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// rooms makes addresses on one server.
type rooms struct {
	base          *url.URL
	appID, secret string // empty: without tokens
	now           func() time.Time
}

// Room is always ready: Parlor draws the PMI, Jitsi knows none.
func (r rooms) Room(context.Context) (parlor.Room, error) {
	return parlor.Room{Status: parlor.RoomReady}, nil
}

// OneTime needs no preparation: the meeting number is enough.
func (r rooms) OneTime(context.Context, parlor.Draft) (parlor.Room, error) {
	return parlor.Room{Status: parlor.RoomReady}, nil
}

var sessionName = regexp.MustCompile(`^[a-z2-7]{26}$`)

// Enter returns {URL}/{session}, with a token where the server wants one, and with the topic in the fragment, which browsers
// send to no server.
func (r rooms) Enter(_ context.Context, s parlor.Session, p parlor.Person) (*url.URL, error) {
	if !sessionName.MatchString(s.Name) {
		return nil, fmt.Errorf("enter jitsi: session name: %w", parlor.ErrInvalid)
	}
	to := r.base.JoinPath(s.Name)
	if r.secret != "" {
		token, err := r.token(s, p)
		if err != nil {
			return nil, fmt.Errorf("enter jitsi: %w", err)
		}
		to.RawQuery = "jwt=" + token // as the documentation has it; all of its characters may stand there
	}
	if s.Topic != "" {
		fragment, err := subject(s.Topic)
		if err != nil {
			return nil, fmt.Errorf("enter jitsi: topic: %w", err)
		}
		to.Fragment, to.RawFragment = "config.subject="+fragment.plain, "config.subject="+fragment.escaped
	}
	return to, nil
}

// value is a text before and after percent-encoding.
type value struct{ plain, escaped string }

// quotes keeps typographic quotes out of the JSON: Jitsi turns them into straight ones before it parses.
var quotes = strings.NewReplacer("\u2018", `\u2018`, "\u2019", `\u2019`, "\u201c", `\u201c`, "\u201d", `\u201d`)

// subject writes a topic as Jitsi reads it: JSON, percent-encoded like encodeURIComponent.
// Source: jitsi/jitsi-meet, react/features/base/util/parseURLParams.ts
func subject(topic string) (value, error) {
	raw, err := json.Marshal(topic)
	if err != nil {
		return value{}, fmt.Errorf("write subject: %w", err)
	}
	plain := quotes.Replace(string(raw))
	return value{plain: plain, escaped: strings.ReplaceAll(url.QueryEscape(plain), "+", "%20")}, nil
}
