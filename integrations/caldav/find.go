package caldav

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"parlor/internal/parlor"
)

// finder finds a person's calendars by what they typed (RFC 6764, section 6).
type finder struct {
	cfg  Config
	wire http.RoundTripper
}

const (
	findTimeout = 40 * time.Second // for the whole search, because somebody waits
	mostHops    = 5                // redirects at one server
	wellKnown   = "/.well-known/caldav"
)

// find returns the login with the address at which the calendars are listed. The password goes to the host that the person
// named, to one that DNS names within the same domain, and to the host at which that server says the calendars are, within the
// same domain again. Whatever leads elsewhere is for the person to confirm.
func (f finder) find(ctx context.Context, typed parlor.Login) (parlor.Login, error) {
	ctx, cancel := context.WithTimeout(ctx, findTimeout)
	defer cancel()
	starts, user, err := f.starts(ctx, strings.TrimSpace(typed.URL))
	if err != nil {
		return parlor.Login{}, err
	}
	found := typed
	found.User = orElse(strings.TrimSpace(typed.User), user)
	var last error = because(reasonNothing, nil)
	for _, start := range starts {
		home, addresses, err := f.home(ctx, start, found)
		if err == nil {
			found.URL, found.Addresses = home.String(), f.addresses(found, typed, addresses)
			return found, f.tried(ctx, found)
		}
		if last = explained(err); !errors.Is(err, errAway) {
			return parlor.Login{}, last
		}
	}
	return parlor.Login{}, last
}

// errAway says that an address is no way to calendars; another one may be.
var errAway = errors.New("no calendars this way")

// starts are the addresses at which to begin, the likeliest first, and the user name that goes with them.
func (f finder) starts(ctx context.Context, typed string) (all []*url.URL, user string, err error) {
	if who, err := mail.ParseAddress(typed); err == nil && who.Address == typed {
		all, err = f.byMail(ctx, typed)
		return all, typed, err
	}
	if !strings.Contains(typed, "://") {
		typed = "https://" + typed
	}
	u, err := url.Parse(typed)
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil:
		return nil, "", because(reasonAddress, err)
	case u.Scheme == "http" && !f.cfg.Private.All && f.cfg.Private.Some == nil:
		return nil, "", because(reasonPlain, nil)
	}
	if strings.Trim(u.Path, "/") != "" {
		all = append(all, at(u, canonical(u)))
	}
	return append(all, at(u, wellKnown), at(u, "/")), "", nil
}

// at is another path at the host of an address.
func at(u *url.URL, path string) *url.URL {
	to, err := url.Parse(path)
	if err != nil {
		to = &url.URL{Path: path}
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: to.Path, RawPath: to.RawPath}
}

// byMail asks DNS which server keeps the calendars of a mail domain, and in which place.
func (f finder) byMail(ctx context.Context, email string) ([]*url.URL, error) {
	domain := email[strings.LastIndexByte(email, '@')+1:]
	resolver := f.cfg.Resolver
	if resolver == nil {
		resolver = net.DefaultResolver
	}
	_, records, _ := resolver.LookupSRV(ctx, "caldavs", "tcp", domain) // a domain without has them at its own host, perhaps
	if len(records) == 0 {
		own := &url.URL{Scheme: "https", Host: domain}
		return []*url.URL{at(own, wellKnown), at(own, "/")}, nil
	}
	if records[0].Target == "." { // there are none (RFC 2782)
		return nil, because(reasonNothing, nil)
	}
	host := strings.TrimSuffix(records[0].Target, ".")
	server := &url.URL{Scheme: "https", Host: host}
	if records[0].Port != 443 {
		server.Host = net.JoinHostPort(host, fmt.Sprint(records[0].Port))
	}
	paths := []string{wellKnown, "/"}
	texts, err := resolver.LookupTXT(ctx, "_caldavs._tcp."+domain)
	for _, text := range texts {
		if path, ok := strings.CutPrefix(text, "path="); ok && err == nil && strings.HasPrefix(path, "/") {
			paths = slices.Insert(paths, 0, path)
		}
	}
	if !related(domain, host) {
		confirm := because(reasonConfirm, nil)
		confirm.Found = at(server, strings.TrimSuffix(paths[0], wellKnown)).String()
		return nil, confirm
	}
	var all []*url.URL
	for _, path := range paths {
		all = append(all, at(server, path))
	}
	return all, nil
}

// related says whether two hosts belong to one owner, as domains are sold.
func related(a, b string) bool {
	one, err1 := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(a))
	other, err2 := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(b))
	return strings.EqualFold(a, b) || err1 == nil && err2 == nil && one == other
}

// addresses are all by which the person may be known in their calendar: what the server says, what they typed, and what they
// signed in with.
func (f finder) addresses(found, typed parlor.Login, said []string) []string {
	var out []string
	for _, a := range slices.Concat(said, []string{found.User, typed.URL}, typed.Addresses) {
		a = address(a)
		if a != "" && (strings.Contains(a, "@") || strings.HasPrefix(a, "/") || strings.HasPrefix(a, "urn:")) && !strings.Contains(a, "://") && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// tried lists the calendars: at least one must be there to be written.
func (f finder) tried(ctx context.Context, l parlor.Login) error {
	c, err := open(f.client(l), l, f.cfg)
	if err != nil {
		return because(reasonNothing, err)
	}
	all, err := c.Calendars(ctx)
	switch {
	case err != nil:
		return explained(err)
	case len(all) == 0:
		return because(reasonNothing, nil)
	case !slices.ContainsFunc(all, func(c parlor.CalendarInfo) bool { return c.Writable }):
		return because(reasonReadOnly, nil)
	}
	return nil
}

// client carries a password that is still to be tried.
func (f finder) client(l parlor.Login) *http.Client {
	return &http.Client{Transport: carrier{f.wire, l}}
}

type carrier struct {
	wire http.RoundTripper
	l    parlor.Login
}

// RoundTrip sends one request with the password.
func (c carrier) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.SetBasicAuth(c.l.User, c.l.Password)
	return c.wire.RoundTrip(req)
}
