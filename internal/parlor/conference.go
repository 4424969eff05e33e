package parlor

import (
	"net"
	"regexp"
	"strings"
)

// provider is one shape of link that joins a meeting of some vendor.
type provider struct {
	name   string
	hosts  string // each with all hosts below it
	path   string // a regular expression over path, query and fragment
	except string // what of it joins nothing
}

// rule is a provider made ready.
type rule struct {
	name         string
	path, except *regexp.Regexp
}

// meetingRules are the rules of the providers by host; those under "" fit any host, by the path's shape alone.
var meetingRules = compileProviders()

func compileProviders() map[string][]rule {
	rules := map[string][]rule{}
	for _, p := range providers {
		r := rule{name: p.name, path: regexp.MustCompile(`^(?:` + p.path + `)`)}
		if p.except != "" {
			r.except = regexp.MustCompile(`^(?:` + p.except + `)`)
		}
		for _, host := range strings.Split(p.hosts, " ") {
			rules[host] = append(rules[host], r)
		}
	}
	return rules
}

// anyAddress finds web addresses, also without https:// as people type them into a location, and those that open a
// meeting client.
var anyAddress = regexp.MustCompile(`(?i)(?:https?://|zoommtg:|zoomus:|msteams:|(?:[a-z0-9-]+\.)+[a-z]{2,}/)[^\s<>"'\\^{}|\x60]+`)

// FindConference finds the first link of another vendor's meeting in an event's location or body, in text or HTML, also
// behind a Google or Outlook redirector. Our own links are to be taken out before.
func FindConference(texts ...string) (Conference, bool) {
	for _, text := range texts {
		if !strings.ContainsAny(text, "/:") {
			continue
		}
		for _, raw := range anyAddress.FindAllString(text, -1) {
			if c, ok := conferenceAt(raw); ok {
				return c, true
			}
		}
		if videoHeading.MatchString(text) && conferenceID.MatchString(text) {
			return Conference{Provider: "Microsoft Teams"}, true
		}
	}
	return Conference{}, false
}

// What is left of a Teams invitation when its links were taken out, as mail gateways do.
var (
	videoHeading = regexp.MustCompile(`(?i)join microsoft teams meeting`)
	conferenceID = regexp.MustCompile(`(?i)conference id:\s*[0-9][0-9 ]{5,}#`)
)

// conferenceAt matches one address, as it is and behind each redirector.
func conferenceAt(raw string) (Conference, bool) {
	for range maxWraps {
		raw = plainAddress(raw)
		if name, ok := providerOf(raw); ok {
			return Conference{Provider: name, URL: raw}, true
		}
		inner, ok := unwrapAddress(raw)
		if !ok {
			return Conference{}, false
		}
		raw = inner
	}
	return Conference{}, false
}

// providerOf looks an address up by its host, then by the hosts above, then by shape.
func providerOf(address string) (string, bool) {
	scheme, host, path := splitAddress(address)
	for h := host; h != ""; _, h, _ = strings.Cut(h, ".") {
		if name, ok := match(meetingRules[h], path); ok {
			return name, true
		}
	}
	if scheme == "" || host == "" {
		return "", false
	}
	return match(meetingRules[""], path)
}

func match(rules []rule, path string) (string, bool) {
	for _, r := range rules {
		if r.path.MatchString(path) && (r.except == nil || !r.except.MatchString(path)) {
			return r.name, true
		}
	}
	return "", false
}

// splitAddress cuts an address into scheme, host in lower case and the rest. A client's own scheme stands for its host:
// msteams:/l/meetup-join/… has no other.
func splitAddress(address string) (scheme, host, path string) {
	scheme, rest, ok := strings.Cut(address, ":")
	scheme = strings.ToLower(scheme)
	switch {
	case ok && oneOf(scheme, "http", "https"):
		rest = strings.TrimPrefix(rest, "//")
	case ok && oneOf(scheme, "zoommtg", "zoomus", "msteams"):
		return scheme, scheme + ":", rest
	default:
		scheme, rest = "", address
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	host, path = strings.ToLower(rest[:end]), rest[end:]
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:]
	}
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return scheme, host, path
}
