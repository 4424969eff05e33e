package caldav_test

import (
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"parlor/integrations/caldav"
	"parlor/internal/fake/davtest"
	"parlor/internal/parlor"
)

// find looks for the calendars of an address.
func find(t *testing.T, cfg caldav.Config, address, user, password string) (parlor.Login, error) {
	t.Helper()
	return caldav.New(cfg).Password.Find(t.Context(), parlor.Login{URL: address, User: user, Password: password, Zone: zone})
}

// why is the code of a refusal.
func why(err error) string {
	if refused, ok := errors.AsType[*parlor.LoginError](err); ok {
		return refused.Why.Code
	}
	return "none"
}

func TestFindingOnRealServers(t *testing.T) {
	for _, kind := range davtest.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			srv := davtest.Start(t, kind)
			path := srv.Calendar(t, "Calendar", zone)
			for _, address := range []string{srv.URL, srv.URL + "/", srv.URL + srv.Home, srv.URL + path} {
				l, err := find(t, config(), address, ada, davtest.Password)
				if err != nil || strings.Replace(l.URL, "%40", "@", 1) != srv.URL+srv.Home || len(l.Addresses) == 0 {
					t.Errorf("%s: %+v, %v", address, l, err)
				}
			}
			if _, err := find(t, config(), srv.URL, ada, "wrong"); why(err) != "password" {
				t.Errorf("a wrong password: %v", err)
			}
			srv.Clear(t)
			if _, err := find(t, config(), srv.URL, ada, davtest.Password); why(err) != "no_caldav" {
				t.Errorf("no calendar: %v", err)
			}
		})
	}
}

// homes lets a scripted server be found: its principal, home and one calendar.
func (s *scripted) homes(home, privilege string) {
	s.on("PROPFIND / current-user-principal", multi(item("/", "<d:current-user-principal><d:href>/me/</d:href></d:current-user-principal>")))
	s.on("PROPFIND /me/", multi(item("/me/", "<c:calendar-home-set><d:href>"+home+"</d:href></c:calendar-home-set>"+
		"<c:calendar-user-address-set><d:href>mailto:ada@work.example</d:href><d:href>/me/</d:href></c:calendar-user-address-set>")))
	s.on("PROPFIND /home/", multi(item("/home/", ""), item("/home/cal/", "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>"+
		"<d:current-user-privilege-set><d:privilege>"+privilege+"</d:privilege></d:current-user-privilege-set>")))
}

func TestRefusalsInWords(t *testing.T) {
	elsewhere := newScripted(t) // told of nothing
	for name, tt := range map[string]struct {
		script func(s *scripted)
		code   string
	}{
		"all is well": {func(s *scripted) { s.homes("/home/", "<d:write/>") }, "none"},
		"the well-known address leads within the host": {func(s *scripted) {
			s.homes("/home/", "<d:all/>")
			s.on("PROPFIND /.well-known/caldav", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusMovedPermanently) })
		}, "none"},
		"it leads to another host": {func(s *scripted) {
			s.on("PROPFIND /.well-known/caldav", func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, elsewhere.URL+"/dav", http.StatusMovedPermanently)
			})
		}, "confirm"},
		"the calendars are at another host": {func(s *scripted) { s.homes(elsewhere.URL+"/home/", "<d:all/>") }, "confirm"},
		"a second factor": {func(s *scripted) {
			s.on("PROPFIND /.well-known/caldav", says(401, `<d:error xmlns:d="DAV:"><o:hint xmlns:o="o:">password login forbidden</o:hint></d:error>`))
		}, "two_factor"},
		"read-only":       {func(s *scripted) { s.homes("/home/", "<d:read/>") }, "read_only"},
		"a web site":      {func(s *scripted) { s.on("PROPFIND /", says(http.StatusMethodNotAllowed, "")) }, "no_caldav"},
		"a page for all":  {func(s *scripted) { s.on("PROPFIND /", says(http.StatusOK, "<html></html>")) }, "no_caldav"},
		"a faulty server": {func(s *scripted) { s.on("PROPFIND /", says(http.StatusInternalServerError, "")) }, "unreachable"},
		"a circle of hops": {func(s *scripted) {
			s.on("PROPFIND /", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) })
		}, "no_caldav"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScripted(t)
			s.on("PROPFIND /.well-known/caldav", says(http.StatusNotFound, ""))
			tt.script(s)
			l, err := find(t, config(), s.URL, ada, "secret")
			if why(err) != tt.code || (err == nil) != (tt.code == "none") {
				t.Errorf("%v, want %s", err, tt.code)
			}
			if err == nil && (l.URL != s.URL+"/home/" || strings.Join(l.Addresses, " ") != "ada@work.example /me/ "+ada) {
				t.Errorf("found %+v", l)
			}
		})
	}
}

func TestAddressesThatLeadNowhere(t *testing.T) {
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	self := httptest.NewTLSServer(http.NotFoundHandler())
	defer self.Close()
	public := config()
	public.Private = caldav.Private{}
	for address, tt := range map[string]struct {
		cfg  caldav.Config
		code string
	}{
		"ftp://example.com":           {config(), "address"},
		"https://":                    {config(), "address"},
		"https://a:b@example.com":     {config(), "address"},
		"http://example.com":          {public, "plain"},
		closed.URL:                    {config(), "unreachable"},
		self.URL:                      {config(), "certificate"},
		"https://127.0.0.1:1":         {public, "private"},
		"https://[::1]:1":             {public, "private"},
		"https://[::ffff:10.0.0.1]:1": {public, "private"},
		"https://169.254.169.254":     {config(), "private"},
		"https://localhost:1":         {public, "private"},
		"https://x.invalid":           {config(), "no_server"},
	} {
		tt.cfg.Resolver = names(t, nil)
		if _, err := find(t, tt.cfg, address, ada, "secret"); why(err) != tt.code {
			t.Errorf("%s: %v, want %s", address, err, tt.code)
		}
	}
}

func TestPrivateNetworksOneByOne(t *testing.T) {
	s := newScripted(t)
	s.on("PROPFIND /.well-known/caldav", says(http.StatusNotFound, ""))
	s.homes("/home/", "<d:all/>")
	for entry, code := range map[string]string{"127.0.0.1": "none", "127.0.0.0/8": "none", "10.0.0.0/8": "private"} {
		network, err := caldav.ParseNetwork(entry)
		if err != nil {
			t.Fatal(err)
		}
		cfg := config()
		cfg.Private = caldav.Private{Some: []netip.Prefix{network}}
		if _, err := find(t, cfg, s.URL, ada, "secret"); why(err) != code {
			t.Errorf("%s: %v", entry, err)
		}
	}
}

// TestByMailAddressAlone finds the server by DNS, over TLS with a certificate that is trusted.
func TestByMailAddressAlone(t *testing.T) {
	s := newScripted(t)
	s.homes("/home/", "<d:all/>")
	s.on("PROPFIND /.well-known/caldav", says(http.StatusNotFound, ""))
	s.on("PROPFIND /dav/", multi(item("/dav/", "<d:current-user-principal><d:href>/me/</d:href></d:current-user-principal>")))
	secure := httptest.NewTLSServer(s)
	defer secure.Close()
	_, port, _ := net.SplitHostPort(secure.Listener.Addr().String())
	cfg := config()
	cfg.Roots = x509.NewCertPool()
	cfg.Roots.AddCert(secure.Certificate())
	const host = "example.com A 127.0.0.1"
	for name, tt := range map[string]struct {
		records []string
		code    string
	}{
		"by SRV and TXT":              {[]string{"_caldavs._tcp.example.com SRV " + port + " example.com.", "_caldavs._tcp.example.com TXT path=/dav/", host}, "none"},
		"by SRV alone":                {[]string{"_caldavs._tcp.example.com SRV " + port + " example.com.", host}, "none"},
		"a name that stands for none": {[]string{"_caldavs._tcp.example.com SRV " + port + " dav.example.com."}, "no_server"},
		"a server of another domain":  {[]string{"_caldavs._tcp.example.com SRV " + port + " dav.provider.net."}, "confirm"},
		"none, it says":               {[]string{"_caldavs._tcp.example.com SRV 0 ."}, "no_caldav"},
	} {
		cfg.Resolver = names(t, tt.records)
		l, err := find(t, cfg, "ada@example.com", "", "secret")
		if why(err) != tt.code || err == nil && (l.User != ada || l.URL != "https://example.com:"+port+"/home/") {
			t.Errorf("%s: %+v, %v, want %s", name, l, err, tt.code)
		}
	}
	cfg.Private = caldav.Private{}
	cfg.Resolver = names(t, []string{host})
	if _, err := find(t, cfg, "https://example.com:"+port, ada, "secret"); why(err) != "private" {
		t.Errorf("a public name of a private address: %v", err)
	}
}
