package parlor

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
)

var sessionEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Token is the pwd of a join link: 22 characters of base64url (128 bits of HMAC-SHA256 under the room's secret), bound
// to the passcode's version, to the id in the path and to the omn. A new passcode retires it.
func (r Room) Token(id, omn string) string {
	return base64.RawURLEncoding.EncodeToString(r.mac("link", fmt.Sprint(r.PasscodeVersion), id, omn))
}

// TokenValid compares in constant time. A room without a secret accepts nothing.
func (r Room) TokenValid(token, id, omn string) bool {
	return len(r.Secret) > 0 && hmac.Equal([]byte(token), []byte(r.Token(id, omn)))
}

// SessionName names one sitting for the video system: 26 characters of a-z and 2-7 that cannot be guessed from any
// number people see.
func (r Room) SessionName(number string, start time.Time) string {
	return sessionEncoding.EncodeToString(r.mac("session", number, fmt.Sprint(start.Unix())))
}

// mac is 128 bits over the parts; their lengths are part of it, so that no two lists of parts look the same.
func (r Room) mac(parts ...string) []byte {
	var message strings.Builder
	for _, part := range parts {
		fmt.Fprintf(&message, "%d:%s", len(part), part)
	}
	h := hmac.New(sha256.New, r.Secret)
	h.Write([]byte(message.String()))
	return h.Sum(nil)[:16]
}
