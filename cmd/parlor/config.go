package main

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"parlor/internal/api"
	"parlor/internal/store"
	"parlor/internal/web/outlook"
)

// config is the environment, read and checked. README.md describes each name.
type config struct {
	addr, metricsAddr string
	publicURL         *url.URL
	redisURL          string
	keyset            []byte
	allowedDomains    []string
	trustedProxies    []string
	push              bool
	pollEvery         time.Duration
	logJSON           bool
	google            oauthConfig
	jitsiURL          string
	officeJS          string
	limits            api.Limits // not set by the environment
}

type oauthConfig struct{ clientID, clientSecret, issuer, apiURL string }

// environment reads variables and collects every problem, so that an administrator sees all of them at once.
type environment struct {
	lookup   func(string) (string, bool)
	problems []error
}

func (e *environment) fault(name, format string, args ...any) {
	e.problems = append(e.problems, fmt.Errorf("%s %s", name, fmt.Sprintf(format, args...)))
}

// text returns a variable, or the content of the file that NAME_FILE names. An empty one is as good as none: compose files
// and the like set those.
func (e *environment) text(name, fallback string) string {
	value, _ := e.lookup(name)
	file, _ := e.lookup(name + "_FILE")
	switch {
	case value != "" && file != "":
		e.fault(name, "and %s_FILE are both set; set one of them", name)
	case file != "":
		raw, err := os.ReadFile(file)
		if err != nil {
			e.fault(name+"_FILE", "cannot be read: %v", err)
		}
		return strings.TrimSpace(string(raw))
	case value != "":
		return value
	}
	return fallback
}

func (e *environment) required(name, what string) string {
	known := len(e.problems)
	value := e.text(name, "")
	if value == "" && len(e.problems) == known {
		e.fault(name, "is not set: %s", what)
	}
	return value
}

func (e *environment) list(name string) []string {
	return strings.FieldsFunc(e.text(name, ""), func(r rune) bool { return r == ',' || r == ' ' || r == '\n' })
}

func (e *environment) oneOf(name, fallback string, allowed ...string) string {
	value := e.text(name, fallback)
	for _, a := range allowed {
		if value == a {
			return value
		}
	}
	e.fault(name, "is %q; it must be %s", value, strings.Join(allowed, " or "))
	return fallback
}

// address returns an absolute https address; plain http is accepted on loopback only.
func (e *environment) address(name, value string) *url.URL {
	if value == "" {
		return nil
	}
	u, err := url.Parse(value)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		e.fault(name, "is %q; it must be an address like https://rooms.example.com", value)
	case u.Scheme == "http" && !loopback(u.Hostname()):
		e.fault(name, "is %q; plain http is accepted on loopback only, so it must begin with https://", value)
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		e.fault(name, "must not hold a user name, a query or a fragment")
	default:
		return u
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (e *environment) duration(name string, fallback, least time.Duration) time.Duration {
	raw := e.text(name, "")
	if raw == "" {
		return fallback
	}
	d, err := time.ParseDuration(raw)
	if err != nil || d < least {
		e.fault(name, "is %q; it must be a duration of at least %s, like 60s or 15m", raw, least)
		return fallback
	}
	return d
}

// readConfig reads the environment; the error holds every problem.
func readConfig(lookup func(string) (string, bool)) (config, error) {
	e := &environment{lookup: lookup}
	c := config{
		limits:         api.DefaultLimits(),
		addr:           e.text("PARLOR_ADDR", ":8080"),
		metricsAddr:    e.text("PARLOR_METRICS_ADDR", ""),
		redisURL:       e.required("PARLOR_REDIS_URL", "the address of Redis, like redis://127.0.0.1:6379/0"),
		keyset:         []byte(e.required("PARLOR_KEYSET", "make one with “parlor keyset”, and keep it: without it nobody's calendar can be read any more")),
		allowedDomains: e.list("PARLOR_ALLOWED_DOMAINS"),
		trustedProxies: e.list("PARLOR_TRUSTED_PROXIES"),
		push:           e.oneOf("PARLOR_SYNC", "push", "push", "poll") == "push",
		logJSON:        e.oneOf("PARLOR_LOG", "text", "text", "json") == "json",
	}
	c.publicURL = e.publicURL()
	if len(c.allowedDomains) == 0 {
		e.fault("PARLOR_ALLOWED_DOMAINS", "is not set: the mail domains that may sign in, like example.com, or * for everyone")
	}
	e.sync(&c)
	e.google(&c)
	e.rooms(&c)
	c.officeJS = e.text("PARLOR_OFFICE_JS_URL", outlook.DefaultOfficeJS)
	e.address("PARLOR_OFFICE_JS_URL", c.officeJS)
	e.proxies(c.trustedProxies)
	e.memory(c)
	e.listen("PARLOR_ADDR", c.addr)
	e.listen("PARLOR_METRICS_ADDR", c.metricsAddr)
	return c, errors.Join(e.problems...)
}

func (e *environment) publicURL() *url.URL {
	const what = "the address under which people reach this server, like https://rooms.example.com"
	u := e.address("PARLOR_PUBLIC_URL", e.required("PARLOR_PUBLIC_URL", what))
	if u != nil && strings.Trim(u.Path, "/") != "" {
		e.fault("PARLOR_PUBLIC_URL", "must have no path; give Parlor a host name of its own")
	}
	return u
}

// memory checks what leads to the memory, and contacts nothing.
func (e *environment) memory(c config) {
	if c.redisURL != "" {
		rdb, err := store.Dial(c.redisURL)
		if err != nil {
			e.fault("PARLOR_REDIS_URL", "cannot be used: %v", err)
		} else {
			_ = rdb.Close()
		}
	}
	if len(c.keyset) > 0 {
		if _, err := store.NewSealer(c.keyset); err != nil {
			e.fault("PARLOR_KEYSET", "cannot be used: %v; “parlor keyset” makes one", err)
		}
	}
}

func (e *environment) listen(name, value string) {
	if value == "" {
		return
	}
	if _, port, err := net.SplitHostPort(value); err != nil || port == "" {
		e.fault(name, "is %q; it must be a port like :8080, or an address and a port", value)
	}
}

func (e *environment) sync(c *config) {
	fallback := time.Minute
	if c.push {
		fallback = 15 * time.Minute
	}
	c.pollEvery = e.duration("PARLOR_POLL_EVERY", fallback, 5*time.Second)
}

func (e *environment) google(c *config) {
	c.google = oauthConfig{
		clientID:     e.required("PARLOR_GOOGLE_CLIENT_ID", "README.md tells how to register the Google client"),
		clientSecret: e.required("PARLOR_GOOGLE_CLIENT_SECRET", "README.md tells how to register the Google client"),
		issuer:       e.text("PARLOR_GOOGLE_ISSUER", "https://accounts.google.com"),
		apiURL:       e.text("PARLOR_GOOGLE_API_URL", "https://www.googleapis.com/calendar/v3/"),
	}
	e.address("PARLOR_GOOGLE_ISSUER", c.google.issuer)
	e.address("PARLOR_GOOGLE_API_URL", c.google.apiURL)
}

func (e *environment) rooms(c *config) {
	e.oneOf("PARLOR_ROOMS", "jitsi", "jitsi")
	c.jitsiURL = e.required("PARLOR_JITSI_URL", "the address of the Jitsi server that meetings take place on, like https://meet.example.com")
	e.address("PARLOR_JITSI_URL", c.jitsiURL)
}

func (e *environment) proxies(list []string) {
	for _, p := range list {
		_, _, err := net.ParseCIDR(p)
		if err != nil && net.ParseIP(p) == nil {
			e.fault("PARLOR_TRUSTED_PROXIES", "holds %q; each entry must be an IP address or a range like 10.0.0.0/8", p)
		}
	}
}
