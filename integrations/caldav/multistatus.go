package caldav

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// What an answer may be at most. encoding/xml expands no entities of a document's own and loads nothing, so that what is
// left to a hostile one is depth and length.
const (
	deepestXML   = 32
	largestItem  = largest + 1<<20
	largestReply = 512 << 20
)

var (
	errPartial = errors.New("the server broke off its answer")
	errXML     = errors.New("the server's answer cannot be read")
)

// response is one item of a multistatus (RFC 4918, section 14.24).
type response struct {
	Href   []string   `xml:"DAV: href"`
	Status string     `xml:"DAV: status"`
	Stats  []propstat `xml:"DAV: propstat"`
	Error  *davError  `xml:"DAV: error"`
}

type propstat struct {
	Status string `xml:"DAV: status"`
	Prop   prop   `xml:"DAV: prop"`
}

// prop are the properties that we ask for, anywhere.
type prop struct {
	ETag       string     `xml:"DAV: getetag"`
	Type       resource   `xml:"DAV: resourcetype"`
	Name       string     `xml:"DAV: displayname"`
	Principal  links      `xml:"DAV: current-user-principal"`
	Owner      links      `xml:"DAV: owner"`
	Privileges privileges `xml:"DAV: current-user-privilege-set"`
	SyncToken  string     `xml:"DAV: sync-token"`
	CTag       string     `xml:"http://calendarserver.org/ns/ getctag"`
	Home       links      `xml:"urn:ietf:params:xml:ns:caldav calendar-home-set"`
	Addresses  links      `xml:"urn:ietf:params:xml:ns:caldav calendar-user-address-set"`
	Inbox      links      `xml:"urn:ietf:params:xml:ns:caldav schedule-inbox-URL"`
	Default    links      `xml:"urn:ietf:params:xml:ns:caldav schedule-default-calendar-URL"`
	Data       *string    `xml:"urn:ietf:params:xml:ns:caldav calendar-data"`
	Zone       string     `xml:"urn:ietf:params:xml:ns:caldav calendar-timezone"`
	ZoneID     string     `xml:"urn:ietf:params:xml:ns:caldav calendar-timezone-id"`
	Components kinds      `xml:"urn:ietf:params:xml:ns:caldav supported-calendar-component-set"`
}

type resource struct {
	Collection *struct{} `xml:"DAV: collection"`
	Calendar   *struct{} `xml:"urn:ietf:params:xml:ns:caldav calendar"`
}

type links struct {
	Href []string `xml:"DAV: href"`
}

type kinds struct {
	Comp []struct {
		Name string `xml:"name,attr"`
	} `xml:"urn:ietf:params:xml:ns:caldav comp"`
}

type privileges struct {
	Set []struct {
		All          *struct{} `xml:"DAV: all"`
		Write        *struct{} `xml:"DAV: write"`
		WriteContent *struct{} `xml:"DAV: write-content"`
		Bind         *struct{} `xml:"DAV: bind"`
	} `xml:"DAV: privilege"`
}

// davError is why a request was refused (RFC 4918, section 16).
type davError struct {
	ValidSyncToken *struct{} `xml:"DAV: valid-sync-token"`
	NumberLimit    *struct{} `xml:"DAV: number-of-matches-within-limits"`
}

// found are the properties that an item has.
func (r response) found() (prop, bool) {
	for _, s := range r.Stats {
		if code(s.Status) == http.StatusOK {
			return s.Prop, true
		}
	}
	return prop{}, false
}

// code is the number in a status line like "HTTP/1.1 200 OK"; 0 when there is none.
func code(status string) int {
	fields := strings.Fields(status)
	if len(fields) < 2 {
		return 0
	}
	n, _ := strconv.Atoi(fields[1])
	return n
}

// multistatus sends a request and hands on each item of the answer. It returns the sync token beside them. An answer that
// is no whole multistatus is an error.
func (c *client) multistatus(ctx context.Context, r request, item func(response) error) (token string, err error) {
	r.kind = "application/xml; charset=utf-8"
	resp, err := c.send(ctx, r)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusMultiStatus {
		return "", fmt.Errorf("%w: status %d in the place of 207", errXML, resp.StatusCode)
	}
	return readItems(guarded(resp.Body), item)
}

func readItems(d *xml.Decoder, item func(response) error) (token string, err error) {
	root, err := firstElement(d)
	if err != nil || root.Name != (xml.Name{Space: "DAV:", Local: "multistatus"}) {
		return "", broke(err)
	}
	for {
		t, err := d.Token()
		if err != nil {
			return "", broke(err)
		}
		if _, end := t.(xml.EndElement); end {
			return strings.TrimSpace(token), nil
		}
		start, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name {
		case xml.Name{Space: "DAV:", Local: "response"}:
			var r response
			if err := d.DecodeElement(&r, &start); err != nil {
				return "", broke(err)
			}
			if err := item(r); err != nil {
				return "", err
			}
		case xml.Name{Space: "DAV:", Local: "sync-token"}:
			err = d.DecodeElement(&token, &start)
		default:
			err = d.Skip()
		}
		if err != nil {
			return "", broke(err)
		}
	}
}

func firstElement(d *xml.Decoder) (xml.StartElement, error) {
	for {
		t, err := d.Token()
		if err != nil {
			return xml.StartElement{}, err
		}
		if start, ok := t.(xml.StartElement); ok {
			return start, nil
		}
	}
}

// broke says what is wrong with an answer that ends or errs within. What the network says of it comes along.
func broke(err error) error {
	if _, malformed := errors.AsType[*xml.SyntaxError](err); err == nil || errors.Is(err, io.EOF) || malformed {
		return errPartial
	}
	return fmt.Errorf("%w: %w", errPartial, unreachable(err))
}

// guarded reads a document that is neither too deep nor too long, in one item or as a whole.
func guarded(r io.Reader) *xml.Decoder {
	m := &meter{r: r, item: largestItem, all: largestReply}
	return xml.NewTokenDecoder(&shallow{d: xml.NewDecoder(m), meter: m})
}

// meter breaks a stream off that has too many bytes.
type meter struct {
	r         io.Reader
	item, all int // bytes that may still come
}

// Read reads on while it may.
func (m *meter) Read(p []byte) (int, error) {
	if m.item <= 0 || m.all <= 0 {
		return 0, fmt.Errorf("%w: too long", errXML)
	}
	n, err := m.r.Read(p)
	m.item, m.all = m.item-n, m.all-n
	return n, err
}

// shallow hands on the tokens of a document that is not too deep.
type shallow struct {
	d     *xml.Decoder
	meter *meter
	depth int
}

// Token reads one token. It is how encoding/xml wants a reader of tokens.
func (s *shallow) Token() (xml.Token, error) {
	t, err := s.d.Token()
	switch t.(type) {
	case xml.StartElement:
		s.depth++
	case xml.EndElement:
		s.depth--
	case xml.Directive:
		return nil, fmt.Errorf("%w: it has a document type", errXML)
	}
	if s.depth > deepestXML {
		return nil, fmt.Errorf("%w: too deep", errXML)
	}
	if s.depth <= 1 {
		s.meter.item = largestItem
	}
	return t, err
}
