package door

import (
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"strings"
	"unicode"

	"parlor/internal/store"
)

// guestCookie is the browser's ticket and the name given with it. It lasts as long as the browser's visit, and goes to the
// door alone.
const guestCookie = "parlor_guest"

const (
	secretLength = 26 // of rand.Text: 128 bits and more
	maxName      = 60 // characters
	maxMarks     = 3  // accents on one letter
)

// visitor is a browser that has been at a door.
type visitor struct {
	secret string // "" before it waited for the first time
	called string // the name that the person gave
}

func visitorOf(r *http.Request) visitor {
	cookie, err := r.Cookie(guestCookie)
	if err != nil {
		return visitor{}
	}
	secret, name, _ := strings.Cut(cookie.Value, ".")
	given, err := base64.RawURLEncoding.DecodeString(name)
	if err != nil || len(secret) != secretLength {
		return visitor{}
	}
	return visitor{secret, cleanName(string(given))}
}

// remember gives the browser its ticket, or keeps it and changes the name.
func (k *knock) remember(name string, secure bool) {
	if k.secret == "" {
		k.secret = rand.Text()
	}
	k.called = name
	http.SetCookie(k.w, &http.Cookie{
		Name: guestCookie, Value: k.secret + "." + base64.RawURLEncoding.EncodeToString([]byte(name)),
		Path: "/j/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: secure,
	})
}

// ticket is the browser's among the guests of a sitting; "" when it has none.
func (v visitor) ticket(s sitting) string {
	if v.secret == "" || s.name == "" {
		return ""
	}
	return store.TicketOf(s.name, v.secret)
}

// cleanName makes a name fit to be shown to the host, on one line; "" when nothing is left of it.
func cleanName(typed string) string {
	var name strings.Builder
	marks, length, space := 0, 0, false
	for _, r := range strings.ToValidUTF8(typed, "") {
		switch {
		case unicode.IsSpace(r):
			space = name.Len() > 0
			continue
		case unicode.Is(unicode.M, r):
			marks++
		case !unicode.IsGraphic(r) && r != '\u200c' && r != '\u200d': // joiners make one letter or emoji of two
			continue
		default:
			marks = 0
		}
		if marks > maxMarks {
			continue
		}
		if space {
			name.WriteByte(' ')
			length, space = length+1, false
		}
		if length++; length > maxName {
			continue
		}
		name.WriteRune(r)
	}
	if !strings.ContainsFunc(name.String(), func(r rune) bool { return unicode.IsGraphic(r) && !unicode.Is(unicode.M, r) }) {
		return ""
	}
	return strings.TrimSpace(name.String())
}
