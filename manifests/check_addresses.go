package manifests

import (
	"net"
	"net/url"
	"strings"
)

// longestURL is how long an address may be, characters.
const longestURL = 2048

// addresses checks every address for https, and ours for being served. Plain http is right where the installation itself
// is on loopback, to try the add-in out.
func (c *checker) addresses() {
	for e := range c.root.named("app:AppDomain") {
		if u := c.address(e, e.text); u != nil && (u.Path != "" || u.RawQuery != "") {
			c.complain(e, "is %q, which must end behind the host", e.text)
		}
	}
	for e := range c.root.named("app:SupportUrl") {
		c.address(e, e.attrs["DefaultValue"])
	}
	for e := range c.root.named("app:IconUrl", "app:HighResolutionIconUrl", "app:SourceLocation", "bt:Image", "bt:Url") {
		if e.attrs["resid"] != "" {
			continue
		}
		c.served(e, e.attrs["DefaultValue"])
		for _, o := range e.children {
			c.served(o, o.attrs["Value"])
		}
	}
}

// served checks that the installation answers at an address.
func (c *checker) served(e *element, address string) {
	if c.address(e, address) == nil {
		return
	}
	if !strings.HasPrefix(address, c.at.Origin+"/") {
		c.complain(e, "leads to %s, which is not below %s", address, c.at.Origin)
	} else if _, err := c.at.Get(address); err != nil {
		c.complain(e, "leads to %s, where nothing is served: %v", address, err)
	}
}

func (c *checker) address(e *element, address string) *url.URL {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.User != nil || len(address) > longestURL:
		c.complain(e, "is %q, which is no address", address)
	case u.Scheme != "https" && !c.onLoopback(u):
		c.complain(e, "is %q, which must begin with https://", address)
	default:
		return u
	}
	return nil
}

// onLoopback says whether an address is of an installation that only this machine can reach.
func (c *checker) onLoopback(u *url.URL) bool {
	if u.Scheme+"://"+u.Host != c.at.Origin {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}
