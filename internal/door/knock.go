package door

import (
	"net/http"
	"net/url"

	"parlor/internal/connect"
	"parlor/internal/parlor"
)

// maxForm is the largest form that is read, bytes.
const maxForm = 8 << 10

// knock is one request at a door, and what is behind it.
type knock struct {
	w    http.ResponseWriter
	r    *http.Request
	link parlor.Link
	place
	byHost bool // the person is signed in as the one whose room it is
}

// knock reads the address, which may be malformed in more than one way. One that is no link of ours leads to a place that nobody has.
func (d *door) knock(w http.ResponseWriter, r *http.Request) (*knock, error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	link, _ := parlor.ParseLink(d.cfg.Origin, d.cfg.Origin+r.URL.RequestURI())
	behind, err := d.find(r.Context(), link)
	if err != nil {
		return nil, err
	}
	session, signedIn := connect.SessionOf(r.Context())
	byHost := signedIn && behind.known && session.Account == behind.host.ID
	return &knock{w: w, r: r, link: link, place: behind, byHost: byHost}, nil
}

// action is the address that the page's form goes to: the same link, written as it should be.
func (k *knock) action() string {
	if k.link.ID == "" {
		return k.r.URL.EscapedPath()
	}
	q := url.Values{}
	if k.link.Token != "" {
		q.Set("pwd", k.link.Token)
	}
	if k.omn() != "" {
		q.Set("omn", k.omn())
	}
	to := url.URL{Path: "/j/" + k.link.ID, RawQuery: q.Encode()}
	return to.String()
}

// omn is the meeting number in a link to a room; a one-time link has none besides its id.
func (k *knock) omn() string {
	if k.link.Number == k.link.ID {
		return ""
	}
	return k.link.Number
}
