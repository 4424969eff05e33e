package link

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"parlor/internal/parlor"
)

// longest is how much of what people wrote is put into an address, characters.
const longest = 200

// rooms makes addresses by a template.
type rooms struct{ Template }

// Room is always ready: Parlor draws the PMI, the video system knows none.
func (r rooms) Room(context.Context) (parlor.Room, error) {
	return parlor.Room{Status: parlor.RoomReady}, nil
}

// OneTime needs no preparation: the address follows from the session.
func (r rooms) OneTime(context.Context, parlor.Draft) (parlor.Room, error) {
	return parlor.Room{Status: parlor.RoomReady}, nil
}

// Enter fills the template in. parlor.ErrRoomUnavailable: the host has nothing to stand in the place of a name that tells
// rooms apart, like a personal link.
func (r rooms) Enter(_ context.Context, s parlor.Session, p parlor.Person) (*url.URL, error) {
	var out strings.Builder
	for _, piece := range r.parts {
		if piece.name == "" {
			out.WriteString(piece.text)
			continue
		}
		at := places[piece.name]
		value := at.value(s, p)
		if value == "" && at.tells {
			return nil, fmt.Errorf("enter link: the host has no {%s}: %w", piece.name, parlor.ErrRoomUnavailable)
		}
		out.WriteString(escaped(value))
	}
	to, err := url.Parse(out.String())
	if err != nil || to.Scheme+"://"+to.Host != r.host {
		return nil, fmt.Errorf("enter link: what was filled in leaves the host: %w", parlor.ErrInvalid)
	}
	return to, nil
}

// escaped writes a value so that it means nothing wherever it stands in an address.
func escaped(value string) string {
	if runes := []rune(value); len(runes) > longest {
		value = string(runes[:longest])
	}
	return strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
}
