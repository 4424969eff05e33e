package manifests

import (
	"bytes"
	"fmt"
	"image/png"
	"slices"
	"strconv"
)

// The sizes that an icon must have and those that it may have, in points; phones want each at one to three pixels a point
// (https://learn.microsoft.com/javascript/api/manifest/icon).
var (
	ribbonMust = []string{"16", "32", "80"}
	ribbonMay  = []string{"16", "20", "24", "32", "40", "48", "64", "80"}
	phoneMust  = []string{"25x1", "25x2", "25x3", "32x1", "32x2", "32x3", "48x1", "48x2", "48x3"}
)

// icons decodes every icon and measures it.
func (c *checker) icons() {
	for name, size := range map[string]int{"app:IconUrl": 64, "app:HighResolutionIconUrl": 128} {
		for e := range c.root.named(name) {
			c.measure(e, e.attrs["DefaultValue"], size)
		}
	}
	files := map[string]string{}
	for e := range c.root.named("bt:Image") {
		if id := e.attrs["id"]; id != "" {
			files[id] = e.attrs["DefaultValue"]
		}
	}
	for e := range c.root.named("v11:Icon") {
		c.icon(e, files)
	}
}

func (c *checker) icon(icon *element, files map[string]string) {
	phone := icon.inside("v11:MobileFormFactor")
	var found []string
	for _, e := range icon.children {
		size, err := strconv.Atoi(e.attrs["size"])
		if err != nil {
			c.complain(e, "has the size %q, which is no number", e.attrs["size"])
			continue
		}
		name := e.attrs["size"]
		if phone {
			scale, _ := strconv.Atoi(e.attrs["scale"])
			name, size = name+"x"+e.attrs["scale"], size*scale
		} else if !slices.Contains(ribbonMay, name) {
			c.complain(e, "has the size %s, want one of %v", name, ribbonMay)
		}
		found = append(found, name)
		if file, ok := files[e.attrs["resid"]]; ok {
			c.measure(e, file, size)
		}
	}
	must := ribbonMust
	if phone {
		must = phoneMust
		if icon.attrs["xsi:type"] != "bt:MobileIconList" {
			c.complain(icon, "of a phone must have the type bt:MobileIconList")
		}
	}
	for _, size := range must {
		if !slices.Contains(found, size) {
			c.complain(icon, "lacks the size %s", size)
		}
	}
}

// measure complains when a picture is not square with sides of so many pixels. One that is not served at all is complained
// of elsewhere.
func (c *checker) measure(e *element, address string, size int) {
	body, err := c.at.Get(address)
	if err != nil {
		return
	}
	shape, err := png.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		c.complain(e, "leads to %s, which is no PNG: %v", address, err)
		return
	}
	if got, want := fmt.Sprint(shape.Width, "x", shape.Height), fmt.Sprint(size, "x", size); got != want {
		c.complain(e, "leads to %s, which is %s pixels, want %s", address, got, want)
	}
}
