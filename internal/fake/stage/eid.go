package stage

import (
	"encoding/base64"
	"strings"
)

// EID joins an event's and a calendar's id for the address of a page, as Google Calendar does.
func EID(id, cal string) string { return base64.RawURLEncoding.EncodeToString([]byte(id + " " + cal)) }

// ReadEID takes an EID apart; both parts are empty when it is none.
func ReadEID(raw string) (id, cal string) {
	plain, err := base64.RawURLEncoding.DecodeString(raw)
	if err != nil {
		return "", ""
	}
	id, cal, _ = strings.Cut(string(plain), " ")
	return id, cal
}
