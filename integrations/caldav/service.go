// Package caldav is the adapter for calendars by CalDAV (RFC 4791): Nextcloud, Fastmail, iCloud, SOGo, Radicale, Xandikos
// and the rest, behind the parlor.Calendar port, and how a person's calendars are found by an address and a password.
//
// Its rule above all: what it does not own in a calendar object stays byte for byte. No policy, no retries, no storage and
// no HTTP serving live here.
//
// Start reading at New; every method of the port has a file of its own, errors.go is the one table of refusals.
package caldav

import (
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// Config is what the adapter must know of this installation.
type Config struct {
	Origin   string         // of our own links: https://rooms.example.com
	Private  Private        // which private networks may be reached
	Batch    int            // objects that are asked for at once; 0 for 50
	Resolver *net.Resolver  // finds services by DNS; nil: the system's
	Roots    *x509.CertPool // whose certificates are trusted; nil: the system's
	Now      func() time.Time
}

const batch = 50 // objects in one multiget

// New describes CalDAV as a service: there is no OAuth and no push, a person brings an address and a password.
func New(cfg Config) parlor.Service {
	if cfg.Batch == 0 {
		cfg.Batch = batch
	}
	wire := newWire(cfg)
	return parlor.Service{
		Kind: parlor.KindCalDAV,
		Name: "CalDAV",
		Password: &parlor.Password{
			Find:     finder{cfg: cfg, wire: wire}.find,
			Calendar: func(c *http.Client, l parlor.Login) (parlor.Calendar, error) { return open(c, l, cfg) },
			Wire:     wire,
		},
		Pace: pace,
	}
}

// pace is our own modesty, for no server states a quota: people's servers are small, and two requests at a time leave room
// for their own programs.
var pace = parlor.Pace{
	PerAccount: parlor.Rate{Requests: 1200, Per: time.Minute},
	AtOnce:     2,
}

// port is one person's calendars at one server.
type port struct {
	dav    *client
	home   *url.URL // where the calendars are listed
	self   map[string]bool
	mail   string // by which the person invites, "" unknown
	zone   string // in which floating times count, "" unknown
	origin string
	batch  int
	atlas  *atlas
	now    func() time.Time
}

func open(c *http.Client, l parlor.Login, cfg Config) (parlor.Calendar, error) {
	home, err := url.Parse(l.URL)
	if err != nil || home.Host == "" {
		return nil, fmt.Errorf("open calendars: %w", errAddress)
	}
	p := &port{
		dav: newClient(c, home), home: home, zone: l.Zone, origin: cfg.Origin, batch: cfg.Batch,
		self: map[string]bool{}, atlas: newAtlas(), now: cfg.Now,
	}
	for _, a := range l.Addresses {
		a = address(a)
		p.self[a] = true
		if p.mail == "" && strings.Contains(a, "@") {
			p.mail = a
		}
	}
	return p, nil
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
