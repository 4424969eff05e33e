package manifests

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// webManifest is what we write of a browser extension's manifest; anything else in one is a fault.
type webManifest struct {
	ManifestVersion int               `json:"manifest_version"`
	Name            string            `json:"name"`
	Description     string            `json:"description"`
	DefaultLocale   string            `json:"default_locale"`
	Version         string            `json:"version"`
	Key             string            `json:"key"`
	MinimumChrome   string            `json:"minimum_chrome_version"`
	Homepage        string            `json:"homepage_url"`
	Icons           map[string]string `json:"icons"`
	Permissions     []string          `json:"permissions"`
	Hosts           []string          `json:"host_permissions"`
	OptionalHosts   []string          `json:"optional_host_permissions"`
	Specific        struct {
		Gecko gecko `json:"gecko"`
	} `json:"browser_specific_settings"`
	Action struct {
		Title string            `json:"default_title"`
		Popup string            `json:"default_popup"`
		Icon  map[string]string `json:"default_icon"`
		Area  string            `json:"default_area"`
	} `json:"action"`
	Options struct {
		Page string `json:"page"`
		Tab  bool   `json:"open_in_tab"`
	} `json:"options_ui"`
	Background struct {
		Worker  string   `json:"service_worker"`
		Scripts []string `json:"scripts"`
	} `json:"background"`
	Content []struct {
		Matches []string `json:"matches"`
		JS      []string `json:"js"`
		RunAt   string   `json:"run_at"`
	} `json:"content_scripts"`
	Policy struct {
		Pages string `json:"extension_pages"`
	} `json:"content_security_policy"`
}

type gecko struct {
	ID   string `json:"id"`
	From string `json:"strict_min_version"`
	Data struct {
		Required []string `json:"required"`
	} `json:"data_collection_permissions"`
}

// webChecker collects what is wrong with one build.
type webChecker struct {
	m      webManifest
	files  map[string][]byte
	faults []error
}

func (c *webChecker) check(ok bool, format string, args ...any) {
	if !ok {
		c.faults = append(c.faults, fmt.Errorf(format, args...))
	}
}

// CheckExtension holds the manifest of a build for "chrome" or "firefox" to the rules of its browser and to the files that
// are packed beside it, by path. It returns everything that is wrong.
func CheckExtension(browser string, manifest []byte, files map[string][]byte) []error {
	c := &webChecker{files: files}
	d := json.NewDecoder(bytes.NewReader(manifest))
	d.DisallowUnknownFields()
	if err := d.Decode(&c.m); err != nil {
		return []error{fmt.Errorf("read manifest: %w", err)}
	}
	c.check(c.m.ManifestVersion == 3, "manifest_version is %d, want 3", c.m.ManifestVersion)
	c.check(webVersion.MatchString(c.m.Version), "version is %q, want up to four numbers below 65536 like 1.0.12", c.m.Version)
	c.access()
	c.policy()
	c.named()
	c.words()
	c.icons()
	if browser == "chrome" {
		c.chrome()
	} else {
		c.firefox()
	}
	return c.faults
}

var (
	webVersion = regexp.MustCompile(`^(0|[1-9]\d{0,4})(\.(0|[1-9]\d{0,4})){0,3}$`)
	pattern    = regexp.MustCompile(`^https?://(\[[0-9a-f:]+\]|[^/*:]+)(:[0-9]+)?/\*$`)
	withPort   = regexp.MustCompile(`:[0-9]+/\*$`)
	everywhere = []string{"https://*/*", "http://127.0.0.1/*", "http://localhost/*"} // a person is asked for one of them
)

// mayAsk is all that the extension is ever allowed: none of these makes the browser warn.
var mayAsk = []string{"storage", "identity", "alarms"}

// access keeps what the extension may do as small as it is.
func (c *webChecker) access() {
	for _, asked := range c.m.Permissions {
		c.check(slices.Contains(mayAsk, asked), "permission %q is not needed", asked)
	}
	for _, host := range c.m.Hosts {
		c.check(pattern.MatchString(host), "host_permissions has %q, want one site", host)
	}
	for _, host := range c.m.OptionalHosts {
		c.check(slices.Contains(everywhere, host), "optional_host_permissions has %q", host)
	}
	for _, script := range c.m.Content {
		for _, match := range script.Matches {
			c.check(slices.Contains(c.m.Hosts, match), "a content script runs at %q, which is not in host_permissions", match)
		}
	}
}

func (c *webChecker) policy() {
	policy := c.m.Policy.Pages
	for _, must := range []string{"default-src 'none'", "script-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"} {
		c.check(strings.Contains(policy, must), "the policy of pages lacks %s", must)
	}
	for _, bad := range []string{"unsafe", "data:", "blob:", " *;", "http: "} {
		c.check(!strings.Contains(policy, bad), "the policy of pages has %s", strings.TrimSpace(bad))
	}
}

// chrome checks what only Chrome reads.
func (c *webChecker) chrome() {
	c.check(c.m.Background.Worker != "" && c.m.Background.Scripts == nil, "background must be a service_worker alone")
	c.check(c.m.Specific.Gecko.ID == "", "browser_specific_settings is for Firefox")
	if c.m.Key != "" {
		_, err := ChromeID(c.m.Key)
		c.check(err == nil, "key %v", err)
	}
}

// firefox checks what only Firefox reads: without an id nothing it keeps outlives a restart, and since version 142 every
// Firefox asks for consent by data_collection_permissions
// (https://extensionworkshop.com/documentation/develop/firefox-builtin-data-consent/).
func (c *webChecker) firefox() {
	g := c.m.Specific.Gecko
	c.check(c.m.Background.Worker == "" && len(c.m.Background.Scripts) == 1, "background must be one script")
	c.check(c.m.Key == "" && c.m.MinimumChrome == "", "key and minimum_chrome_version are for Chrome")
	c.check(firefoxID.MatchString(g.ID) && len(g.ID) <= 80, "id is %q, want one like parlor@example.com", g.ID)
	c.check(g.From == "142.0", "strict_min_version is %q, want 142.0", g.From)
	c.check(len(g.Data.Required) > 0, "data_collection_permissions are missing")
	for _, host := range append(slices.Clone(c.m.Hosts), c.m.OptionalHosts...) {
		c.check(!withPort.MatchString(host), "%s has a port, which no pattern of Firefox may have", host)
	}
}
