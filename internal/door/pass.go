package door

import (
	"crypto/subtle"
	"strconv"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// passLife is how long somebody who typed the passcode may take to go on.
const passLife = 15 * time.Minute

// issuePass is what a right passcode is exchanged for: good for one link and a quarter of an hour. It is a token over an
// id that no link can have, so that neither serves as the other, and a new passcode retires it as well.
func issuePass(r parlor.Room, link parlor.Link, now time.Time) string {
	until := strconv.FormatInt(now.Add(passLife).Unix(), 10)
	return until + "." + r.Token(passID(link, until), link.Number)
}

func passValid(r parlor.Room, link parlor.Link, pass string, now time.Time) bool {
	until, token, _ := strings.Cut(pass, ".")
	end, err := strconv.ParseInt(until, 10, 64)
	return err == nil && now.Unix() < end && r.TokenValid(token, passID(link, until), link.Number)
}

func passID(link parlor.Link, until string) string { return "pass " + link.ID + " until " + until }

// passcodeRight compares in constant time; a room that nobody has accepts nothing.
func (p place) passcodeRight(typed string) bool {
	same := subtle.ConstantTimeCompare([]byte(typed), []byte(p.room.Passcode)) == 1
	return same && p.known && p.room.Passcode != ""
}

// admitted says whether the link, or a pass in the form, opens the door.
func (k *knock) admitted(pass string, now time.Time) bool {
	byLink, _ := k.room.Opens(k.link, now, &k.meeting)
	byPass := passValid(k.room, k.link, pass, now)
	return k.known && (byLink || byPass) || k.byHost
}
