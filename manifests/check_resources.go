package manifests

import "strings"

// longestID is how long the id of a resource may be, characters.
const longestID = 32

// roomFor says in which room of the resources something refers to, by the name of what refers.
var roomFor = map[string]string{
	"bt:Image":             "bt:Images",
	"v11:SourceLocation":   "bt:Urls",
	"v11:FunctionFile":     "bt:Urls",
	"v11:Runtime":          "bt:Urls",
	"v11:Override":         "bt:Urls",
	"v11:Label":            "bt:ShortStrings",
	"v11:Title":            "bt:ShortStrings",
	"v11:Description":      "bt:LongStrings",
	"v11:Tooltip":          "bt:LongStrings",
	"v11:VersionOverrides": "",
}

// resources checks that every resource is there once, in the right room, and that something uses it; and that the ids of
// groups and controls are there once.
func (c *checker) resources() {
	rooms, used := map[string]string{}, map[string]bool{}
	for e := range c.root.named("bt:Image", "bt:Url", "bt:String") {
		id, defines := e.attrs["id"]
		if !defines {
			continue
		}
		if id == "" || len(id) > longestID {
			c.complain(e, "has the id %q, which must have 1 to %d characters", id, longestID)
		}
		if _, twice := rooms[id]; twice {
			c.complain(e, "has the id %q, which is there already", id)
		}
		rooms[id] = e.parent.name
	}
	for e := range c.root.all() {
		c.reference(e, rooms, used)
	}
	for e := range c.root.named("bt:Image", "bt:Url", "bt:String") {
		if id, defines := e.attrs["id"]; defines && !used[id] {
			c.complain(e, "with the id %q is not used", id)
		}
	}
	c.unique("v11:Control")
	c.unique("v11:Group")
}

func (c *checker) reference(e *element, rooms map[string]string, used map[string]bool) {
	id, refers := e.attrs["resid"]
	want, must := roomFor[e.name]
	if !refers {
		if _, defines := e.attrs["id"]; must && want != "" && !defines {
			c.complain(e, "refers to no resource")
		}
		return
	}
	used[id] = true
	switch found, ok := rooms[id]; {
	case !ok:
		c.complain(e, "refers to %q, which is not among the resources", id)
	case found != want:
		c.complain(e, "refers to %q, which is among the %s, want %s", id, bare(found), bare(want))
	}
}

func bare(name string) string { return name[strings.IndexByte(name, ':')+1:] }

func (c *checker) unique(name string) {
	seen := map[string]bool{}
	for e := range c.root.named(name) {
		id := e.attrs["id"]
		if id == "" || len(id) > 125 || seen[id] {
			c.complain(e, "has the id %q, which must be there, once, and of at most 125 characters", id)
		}
		seen[id] = true
	}
}
