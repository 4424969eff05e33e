package main

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"
)

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

func (e *environment) list(name string) []string { return entries(e.text(name, "")) }

func entries(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' })
}

// any says whether one of the variables is set, or names a file.
func (e *environment) any(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		value, _ := e.lookup(name)
		file, _ := e.lookup(name + "_FILE")
		return value != "" || file != ""
	})
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

func (e *environment) listen(name, value string) {
	if value == "" {
		return
	}
	if _, port, err := net.SplitHostPort(value); err != nil || port == "" {
		e.fault(name, "is %q; it must be a port like :8080, or an address and a port", value)
	}
}

func (e *environment) proxies(list []string) {
	for _, p := range list {
		_, _, err := net.ParseCIDR(p)
		if err != nil && net.ParseIP(p) == nil {
			e.fault("PARLOR_TRUSTED_PROXIES", "holds %q; each entry must be an IP address or a range like 10.0.0.0/8", p)
		}
	}
}
