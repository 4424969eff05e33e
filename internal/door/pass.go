package door

import (
	"crypto/subtle"
	"strconv"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// How long somebody who typed the passcode may take to go on, and how long they may wait.
const (
	passLife = 15 * time.Minute
	waitLife = 24 * time.Hour
)

// issuePass is what a right passcode is exchanged for: good for one link and a while. It is a token over an id that no link
// can have, so that neither serves as the other, and a new passcode retires it as well.
func issuePass(r parlor.Room, link parlor.Link, end time.Time) string {
	until := strconv.FormatInt(end.Unix(), 10)
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

// opens says whether the link's own token opens the door.
func (p place) opens(link parlor.Link, now time.Time) bool {
	opens, _ := p.room.Opens(link, now, &p.meeting)
	return opens || p.room.Moved(link, now)
}

// admit finds out whether the person may learn what is behind the door.
func (k *knock) admit(now time.Time) {
	byLink := k.opens(k.link, now)
	byPass := passValid(k.room, k.link, k.pass, now)
	k.admitted = k.known && (byLink || byPass) || k.byHost
}
