package parlor

import (
	"net/url"
	"strings"
)

// Link is what a join link carries.
type Link struct {
	ID     string // 9 to 11 digits: a PMI or a meeting number
	Token  string // the opaque pwd, "" in a bare link
	Number string // the omn, or ID itself when that has 11 digits; a foreign link may carry any text
}

// JoinLink returns the link to one meeting. Without embed it carries no token, and guests type the passcode.
func JoinLink(origin string, r Room, m Meeting, embed bool) string {
	if m.Kind == OneTime {
		return address(origin, r, m.Number, "", embed)
	}
	return address(origin, r, r.PMI, m.Number, embed)
}

// RoomLink returns the link to the bare room.
func RoomLink(origin string, r Room, embed bool) string {
	return address(origin, r, r.PMI, "", embed)
}

func address(origin string, r Room, id, omn string, embed bool) string {
	var params []string
	if embed {
		params = append(params, "pwd="+r.Token(id, omn))
	}
	if omn != "" {
		params = append(params, "omn="+url.QueryEscape(omn))
	}
	link := strings.TrimRight(origin, "/") + "/j/" + id
	if len(params) > 0 {
		link += "?" + strings.Join(params, "&")
	}
	return link
}

// ParseLink reads a join link of the installation at origin, as it may come back from a calendar: with HTML escapes or
// trailing punctuation, wrapped by Google or Outlook, with parameters added, or with Zoom's second question mark. A link
// of another installation is not ours.
func ParseLink(origin, raw string) (Link, bool) {
	for range maxWraps {
		raw = plainAddress(raw)
		if link, ok := ownLink(origin, raw); ok {
			return link, true
		}
		inner, ok := unwrapAddress(raw)
		if !ok {
			return Link{}, false
		}
		raw = inner
	}
	return Link{}, false
}

func ownLink(origin, plain string) (Link, bool) {
	rest, ok := strings.CutPrefix(plain, strings.TrimRight(origin, "/")+"/j/")
	if !ok {
		return Link{}, false
	}
	end := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	id, tail := rest[:end], rest[end:]
	if len(id) < 9 || len(id) > 11 || (tail != "" && !strings.ContainsRune("?/&#", rune(tail[0]))) {
		return Link{}, false
	}
	tail, _, _ = strings.Cut(tail, "#")
	// A malformed pair is skipped by ParseQuery; what it could read is enough.
	params, _ := url.ParseQuery(strings.ReplaceAll(strings.TrimLeft(tail, "/?&"), "?", "&"))
	link := Link{ID: id, Token: params.Get("pwd"), Number: params.Get("omn")}
	if len(id) == 11 {
		link.Number = id
	}
	return link, true
}
