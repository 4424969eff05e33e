package caldav

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"parlor/internal/parlor"
)

// spelling is a way to write a text.
type spelling struct {
	next  func(raw string) (c byte, size int) // reads one byte of the text, and how long it is as written
	write func(text string) string
}

var (
	textValue = spelling{escaped, parlor.EscapeText} // TEXT (RFC 5545, section 3.3.11)
	uriValue  = spelling{percent, url.PathEscape}    // the data of a data URI (RFC 2397)
)

// unescape reads a value of type TEXT. What is no escape stays as it is, as programs write it that do not escape.
func unescape(raw string) string {
	if !strings.Contains(raw, `\`) {
		return raw
	}
	return textValue.read(raw)
}

func (s spelling) read(raw string) string {
	text, _ := s.spelled(raw)
	return text
}

// spelled reads a raw value, and tells for each byte of the text, and for its end, where in the raw value it begins.
func (s spelling) spelled(raw string) (text string, at []int) {
	var b strings.Builder
	for i := 0; i < len(raw); {
		at = append(at, i)
		c, size := s.next(raw[i:])
		b.WriteByte(c)
		i += size
	}
	return b.String(), append(at, len(raw))
}

// escaped reads one byte of a TEXT.
func escaped(raw string) (c byte, size int) {
	if raw[0] != '\\' || len(raw) == 1 {
		return raw[0], 1
	}
	switch raw[1] {
	case 'n', 'N':
		return '\n', 2
	case '\\', ';', ',':
		return raw[1], 2
	}
	return raw[0], 1
}

// percent reads one byte of an address.
func percent(raw string) (c byte, size int) {
	if raw[0] == '%' && len(raw) > 2 {
		if n, err := strconv.ParseUint(raw[1:3], 16, 8); err == nil {
			return byte(n), 3
		}
	}
	return raw[0], 1
}

// respell writes a text in the place of what a raw value says now. What both have at the beginning and at the end stays as
// it is written, byte for byte, however odd: it is the person's.
func (s spelling) respell(raw, text string) string {
	old, at := s.spelled(raw)
	before := commonPrefix(old, text)
	after := commonSuffix(old[before:], text[before:])
	out := raw[:at[before]] + s.write(text[before:len(text)-after]) + raw[at[len(old)-after]:]
	if s.read(out) != text { // a lone backslash where the two meet would take our escape for its own
		return s.write(text)
	}
	return out
}

// commonPrefix is how many bytes two texts begin with alike, in whole characters.
func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && (n < len(a) && !utf8.RuneStart(a[n]) || n < len(b) && !utf8.RuneStart(b[n])) {
		n--
	}
	return n
}

// commonSuffix is how many bytes two texts end with alike, in whole characters.
func commonSuffix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	for n > 0 && !utf8.RuneStart(a[len(a)-n]) {
		n--
	}
	return n
}
