package parlor

import (
	"net/url"
	"regexp"
	"strings"
)

// provider is one shape of link that joins a meeting of some vendor.
type provider struct {
	name   string
	hosts  string // each with all hosts below it; "meet.*" is any host of that first name, "" any at all
	path   string // a regular expression over path, query and fragment
	except string // what of it joins nothing
}

// rule is a provider made ready.
type rule struct {
	name         string
	path, except *regexp.Regexp
}

// meetingRules are the rules of the providers by host.
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

// FindConference finds the first link of another vendor's meeting in an event's location or body, in text or HTML, also
// behind a Google or Outlook redirector. Our own links are to be taken out before.
func FindConference(texts ...string) (Conference, bool) {
	for _, text := range texts {
		for word := range strings.FieldsFuncSeq(text, endsAddress) {
			if c, ok := conferenceAt(addressIn(word)); ok {
				return c, true
			}
		}
		if strings.Contains(text, videoHeading) && conferenceID.MatchString(text) {
			return Conference{Provider: "Microsoft Teams"}, true
		}
	}
	return Conference{}, false
}

// What is left of a Teams invitation when its links were taken out, as mail gateways do.
const videoHeading = "Join Microsoft Teams Meeting"

var conferenceID = regexp.MustCompile(`(?i)conference id:\s*[0-9][0-9 ]{5,}#`)

// endsAddress says whether a character stands in no address, as text or HTML goes.
func endsAddress(r rune) bool {
	return strings.ContainsRune("<>\"'\\^{}|`", r) || isSpaceOrControl(r)
}

// addressIn is the web address in a word: from its scheme on, or from its host on, as people type it into a location.
// It is empty when there is none.
func addressIn(word string) string {
	slash := strings.IndexByte(word, '/')
	if slash < 0 {
		return ""
	}
	for _, scheme := range []string{"https:", "http:", "zoommtg:", "zoomus:", "msteams:"} {
		if from := slash - len(scheme); from >= 0 && strings.EqualFold(word[from:slash], scheme) {
			return word[from:]
		}
	}
	before := strings.TrimRightFunc(word[:slash], inHost)
	if strings.HasSuffix(before, "@") || len(before) == slash {
		return ""
	}
	return word[len(before):]
}

func inHost(r rune) bool {
	return r == '.' || r == '-' || (r >= '0' && r <= '9') || (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z')
}

// conferenceAt matches one address, as it is and behind each redirector.
func conferenceAt(raw string) (Conference, bool) {
	if raw == "" {
		return Conference{}, false
	}
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
	first, _, _ := strings.Cut(host, ".")
	if name, ok := match(meetingRules[first+".*"], path); ok {
		return name, true
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
	return scheme, (&url.URL{Host: host}).Hostname(), path
}
