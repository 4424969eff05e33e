package manifests

import (
	"regexp"
	"slices"
	"strings"
)

// A script associates by Office.actions.associate("name", f); where that stands in a function of the script's own, which has
// lost its name in the bundle, the name is still the first argument of a call.
var (
	associates = regexp.MustCompile(`\.associate\(`)
	named      = regexp.MustCompile(`[\w$]\(\s*["']([A-Za-z_]\w*)["']\s*,`)
	loaded     = regexp.MustCompile(`<script[^>]* src="([^"]+)"`)
)

// events are those that Parlor knows what to do with
// (https://learn.microsoft.com/office/dev/add-ins/develop/event-based-activation#supported-events).
var events = []string{"OnNewAppointmentOrganizer"}

// commands checks that each function is associated in the script that runs it: for buttons the one that the function file
// loads, for events also the one that classic Outlook on Windows runs by itself.
func (c *checker) commands() {
	urls := map[string]string{}
	for e := range c.root.named("bt:Url") {
		urls[e.attrs["id"]] = e.attrs["DefaultValue"]
	}
	for form := range c.root.named("v11:DesktopFormFactor", "v11:MobileFormFactor") {
		names := c.page(urls, form.child("v11:FunctionFile"))
		for e := range form.named("v11:FunctionName") {
			if !slices.Contains(names, e.text) {
				c.complain(e, "names %s, which no script of the function file associates", e.text)
			}
		}
	}
	for host := range c.root.named("v11:Host") {
		c.events(host, urls)
	}
}

func (c *checker) events(host *element, urls map[string]string) {
	var runtime, script string
	for e := range host.named("v11:Runtime") {
		runtime = e.attrs["resid"]
		if o := e.child("v11:Override"); o != nil {
			script = urls[o.attrs["resid"]]
			if o.attrs["type"] != "javascript" {
				c.complain(o, "has the type %q, want javascript", o.attrs["type"])
			}
		}
	}
	for point := range host.named("v11:ExtensionPoint") {
		if point.attrs["xsi:type"] != "LaunchEvent" {
			continue
		}
		source := point.child("v11:SourceLocation")
		if source != nil && source.attrs["resid"] != runtime {
			c.complain(source, "must be the page of the runtime, %q", runtime)
		}
		inPage, alone := c.page(urls, source), c.names(script)
		for e := range point.named("v11:LaunchEvent") {
			if name := e.attrs["FunctionName"]; !slices.Contains(inPage, name) || !slices.Contains(alone, name) {
				c.complain(e, "names %q, which must be associated in the runtime's page and in its script", name)
			}
			if !slices.Contains(events, e.attrs["Type"]) {
				c.complain(e, "has the type %q, want one of %v", e.attrs["Type"], events)
			}
		}
	}
}

// page lists the functions that the scripts of a page associate.
func (c *checker) page(urls map[string]string, file *element) []string {
	if file == nil {
		return nil
	}
	html, err := c.at.Get(urls[file.attrs["resid"]])
	if err != nil {
		return nil
	}
	var names []string
	for _, src := range loaded.FindAllSubmatch(html, -1) {
		if path := string(src[1]); strings.HasPrefix(path, "/") {
			names = append(names, c.names(c.at.Origin+path)...)
		}
	}
	return names
}

// names lists the functions that a script associates.
func (c *checker) names(script string) []string {
	body, err := c.at.Get(script)
	if err != nil || !associates.Match(body) {
		return nil
	}
	var names []string
	for _, found := range named.FindAllSubmatch(body, -1) {
		names = append(names, string(found[1]))
	}
	return names
}
