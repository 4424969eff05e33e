package caldav

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// Private are the networks that are nobody else's business which may be reached all the same: those that an administrator
// names. A person gives us any address they like, and we must not become their way into the company's network.
type Private struct {
	All  bool           // loopback, and what is private by RFC 1918 and RFC 4193
	Some []netip.Prefix // these
}

// ParseNetwork reads an address like 10.1.2.3, or a range like 10.1.0.0/16.
func ParseNetwork(text string) (netip.Prefix, error) {
	if one, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(one, one.BitLen()), nil
	}
	network, err := netip.ParsePrefix(text)
	return network.Masked(), err
}

// errPrivate refuses an address at the moment at which it is dialled: what a name stood for before says nothing.
var errPrivate = errors.New("address of a private network")

// How long a server may take.
const (
	dialTimeout   = 10 * time.Second
	answerTimeout = 2 * time.Minute // until the first line of an answer; large calendars are slow
)

// wire is what requests to servers of people's own travel on. No proxy of the environment is used: it would dial for us,
// unseen.
type wire struct{ sealed, open *http.Transport }

func newWire(cfg Config) wire {
	return wire{sealed: transport(cfg, cfg.Private.allows), open: transport(cfg, cfg.Private.inHouse)}
}

// RoundTrip sends one request. Without TLS it goes to private networks alone: the password is in it.
func (w wire) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Scheme == "https" {
		return w.sealed.RoundTrip(req)
	}
	return w.open.RoundTrip(req)
}

// CloseIdleConnections lets go of what no request uses.
func (w wire) CloseIdleConnections() {
	w.sealed.CloseIdleConnections()
	w.open.CloseIdleConnections()
}

func transport(cfg Config, allows func(netip.Addr) bool) *http.Transport {
	dialer := &net.Dialer{Timeout: dialTimeout, KeepAlive: 30 * time.Second, Control: control(allows), Resolver: cfg.Resolver}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: cfg.Roots},
		TLSHandshakeTimeout:    dialTimeout,
		ResponseHeaderTimeout:  answerTimeout,
		MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConnsPerHost:    4,
		IdleConnTimeout:        90 * time.Second,
		ForceAttemptHTTP2:      true,
	}
}

// control is asked before each connection, with the very address that will be dialled.
func control(allows func(netip.Addr) bool) func(_, address string, _ syscall.RawConn) error {
	return func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || !allows(at.Addr()) {
			return fmt.Errorf("dial: %w", errPrivate)
		}
		return nil
	}
}

// never are networks in which no calendar is, and where clouds keep their secrets (169.254.169.254, fd00:ec2::254).
var never = prefixes("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "::/128", "fe80::/10", "ff00::/8", "fd00:ec2::/32")

// notPublic are networks that are routed nowhere, or that hide an address of such in their own (RFC 6890).
var notPublic = prefixes(
	"10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
	"192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48",
	"100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fec0::/10",
)

func prefixes(texts ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, text := range texts {
		out = append(out, netip.MustParsePrefix(text))
	}
	return out
}

func among(a netip.Addr, networks []netip.Prefix) bool {
	for _, n := range networks {
		if n.Contains(a) {
			return true
		}
	}
	return false
}

// allows says whether an address may be dialled.
func (p Private) allows(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if among(a, p.Some) {
		return true
	}
	if among(a, never) {
		return false
	}
	return !among(a, notPublic) || p.All && (a.IsLoopback() || a.IsPrivate())
}

// inHouse says whether an address is one of those private ones that may be dialled.
func (p Private) inHouse(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	return p.allows(a) && (among(a, p.Some) || among(a, notPublic))
}
