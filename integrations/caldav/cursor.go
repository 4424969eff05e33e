package caldav

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"parlor/internal/parlor"
)

// position is how far a calendar was read: a token of the server's, or, where it knows none, what was there.
type position struct {
	Place string   `json:"p"`           // which calendar at which server
	Token string   `json:"t,omitempty"` // RFC 6578
	Tag   string   `json:"c,omitempty"` // the calendar's own tag, which changes with each event
	Names []string `json:"n,omitempty"` // what was there, in order …
	Tags  []byte   `json:"e,omitempty"` // … and four bytes of the hash of each one's etag
}

const (
	cursorForm = "dav1."
	tagBytes   = 4
	// longestCursor is how many bytes a cursor unpacks to at most: a list of half a million names.
	longestCursor = 64 << 20
)

// place names a calendar at a server, so that a cursor is of no use at another one.
func (p *port) place(cal parlor.CalendarID) string {
	sum := sha256.Sum256([]byte(p.home.Scheme + "://" + hostPort(p.home) + string(cal)))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// cursor writes a position: packed, for a list of five thousand names is long.
func (p position) cursor() (parlor.Cursor, error) {
	raw, err := json.Marshal(p)
	if err != nil {
		return "", fmt.Errorf("write cursor: %w", err)
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return "", fmt.Errorf("write cursor: %w", err)
	}
	if _, err := w.Write(raw); err != nil {
		return "", fmt.Errorf("write cursor: %w", err)
	}
	if err := w.Close(); err != nil {
		return "", fmt.Errorf("write cursor: %w", err)
	}
	return parlor.Cursor(cursorForm + base64.RawURLEncoding.EncodeToString(b.Bytes())), nil
}

// parseCursor reads a position of this place; false when it is none.
func (p *port) parseCursor(cal parlor.CalendarID, c parlor.Cursor) (position, bool) {
	var out position
	packed, ok := bytes.CutPrefix([]byte(c), []byte(cursorForm))
	if !ok {
		return out, false
	}
	raw, err := base64.RawURLEncoding.AppendDecode(nil, packed)
	if err != nil {
		return out, false
	}
	d := json.NewDecoder(io.LimitReader(flate.NewReader(bytes.NewReader(raw)), longestCursor))
	if d.Decode(&out) != nil || out.Place != p.place(cal) || len(out.Tags) != tagBytes*len(out.Names) {
		return position{}, false
	}
	return out, out.Token != "" || out.Tag != "" || out.Names != nil
}

// shortTag is what a position keeps of an etag.
func shortTag(etag string) [tagBytes]byte {
	sum := sha256.Sum256([]byte(etag))
	return [tagBytes]byte(sum[:])
}

// listed makes a position of what is there.
func (p position) listed(etags map[string]string) position {
	p.Names, p.Tags = make([]string, 0, len(etags)), nil
	for name := range etags {
		p.Names = append(p.Names, name)
	}
	slices.Sort(p.Names)
	for _, name := range p.Names {
		tag := shortTag(etags[name])
		p.Tags = append(p.Tags, tag[:]...)
	}
	return p
}

// differs says what is new or changed since a position, and what is gone.
func (p position) differs(etags map[string]string) (changed, gone []string) {
	was := map[string][tagBytes]byte{}
	for i, name := range p.Names {
		was[name] = [tagBytes]byte(p.Tags[tagBytes*i:])
		if _, there := etags[name]; !there {
			gone = append(gone, name)
		}
	}
	for name, etag := range etags {
		if tag, known := was[name]; !known || tag != shortTag(etag) || etag == "" {
			changed = append(changed, name)
		}
	}
	slices.Sort(changed)
	return changed, gone
}
