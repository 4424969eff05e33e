package door

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"parlor/internal/connect"
	"parlor/internal/parlor"
)

// maxForm is the largest form that is read, bytes.
const maxForm = 8 << 10

// The pages below a link that live: they are reached by a form, and to load one shows that somebody is there.
const (
	atWait   = "wait"   // of a guest who waits
	atHost   = "host"   // the host's panel
	atEvents = "events" // the stream of either
)

// knock is one request at a door, and what is behind it.
type knock struct {
	w        http.ResponseWriter
	r        *http.Request
	now      time.Time // of the request
	part     string    // "", atWait, atHost or atEvents
	personal string    // the name of /my/{name}, "" for a link with a number
	link     parlor.Link
	place
	sitting
	why      closed // why there is no sitting
	byHost   bool   // the person is signed in as the one whose room it is
	pass     string // what a right passcode was exchanged for
	admitted bool   // link, pass or session open the door: what is behind it may be told
	visitor
}

// knock reads the address, which may be malformed in more than one way. One that is no link of ours leads to a place that nobody has.
func (d *Door) knock(w http.ResponseWriter, r *http.Request) (*knock, error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	k := &knock{w: w, r: r, part: part(r.URL.Path), personal: personalName(r.URL.Path), visitor: visitorOf(r), now: d.cfg.Now()}
	k.link, _ = parlor.ParseLink(d.cfg.Origin, d.cfg.Origin+r.URL.RequestURI())
	k.pass = r.URL.Query().Get("pass")
	var err error
	if k.place, err = d.find(r.Context(), k.link, k.personal); err != nil {
		return nil, err
	}
	if k.personal != "" {
		k.link = parlor.Link{ID: k.room.PMI, Token: r.URL.Query().Get("pwd")}
	}
	session, signedIn := connect.SessionOf(r.Context())
	k.byHost = signedIn && k.known && session.Account == k.host.ID
	k.admit(k.now)
	k.sitting, k.why = k.sittingFor(k.link, k.now)
	return k, nil
}

func part(path string) string {
	for _, part := range []string{atWait, atHost, atEvents} {
		if strings.HasSuffix(path, "/"+part) && strings.Count(path, "/") == 3 {
			return part
		}
	}
	return ""
}

// personalName is the name in /my/{name}; "" for other paths.
func personalName(path string) string {
	name, _ := strings.CutPrefix(path, "/my/")
	if name == path || strings.Contains(name, "/") {
		return ""
	}
	return name
}

// holds marks the stream of a page that was the panel of an open meeting.
const holds = "held"

// here is the address of the same link, written as it should be; its forms go there. A personal link stays one until it was
// opened, so that nobody learns a number from a name.
func (k *knock) here() string {
	if k.link.ID == "" || k.personal != "" && !k.admitted {
		return k.r.URL.EscapedPath()
	}
	return k.address("", url.Values{})
}

// at is the address of a page below the link, or of the link itself, that works without a form.
func (k *knock) at(part string, marks ...string) string {
	q := url.Values{}
	if k.pass != "" {
		q.Set("pass", k.pass)
	}
	for _, mark := range marks {
		q.Set(mark, "1")
	}
	return k.address(part, q)
}

func (k *knock) address(part string, q url.Values) string {
	if k.link.Token != "" {
		q.Set("pwd", k.link.Token)
	}
	if omn(k.link) != "" {
		q.Set("omn", omn(k.link))
	}
	to := url.URL{Path: "/j/" + k.link.ID, RawQuery: q.Encode()}
	if part != "" {
		to.Path += "/" + part
	}
	return to.String()
}

// omn is the meeting number in a link to a room; a one-time link has none besides its id.
func omn(link parlor.Link) string {
	if link.Number == link.ID {
		return ""
	}
	return link.Number
}
