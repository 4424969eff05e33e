package manifests

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// mostBytes is how large a manifest may be
// (https://learn.microsoft.com/office/dev/add-ins/outlook/limits-for-activation-and-javascript-api-for-outlook-add-ins).
const mostBytes = 256 << 10

// Installation is what a manifest speaks of but does not hold.
type Installation struct {
	Origin string                               // "https://rooms.example.com"
	Get    func(address string) ([]byte, error) // what is served at one of its addresses
}

// CheckOutlook stands in for Microsoft's validator, which asks a service of Microsoft's: it holds a manifest to the schemas
// of MS-OWEMXML and to the rules of https://learn.microsoft.com/javascript/api/manifest, as far as Parlor uses them, and
// to what the installation really serves. It returns everything that is wrong.
func CheckOutlook(manifest []byte, at Installation) []error {
	root, err := parse(manifest)
	if err != nil {
		return []error{err}
	}
	c := &checker{at: at, root: root}
	if len(manifest) > mostBytes {
		c.complain(root, "is %d bytes long, at most %d", len(manifest), mostBytes)
	}
	c.order(root)
	c.basics()
	c.resources()
	c.addresses()
	c.icons()
	c.commands()
	return c.faults
}

type checker struct {
	at     Installation
	root   *element
	faults []error
}

func (c *checker) complain(e *element, format string, args ...any) {
	c.faults = append(c.faults, e.complain(format, args...))
}

var (
	guid    = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
	release = regexp.MustCompile(`^[1-9][0-9]{0,4}(\.[0-9]{1,5}){0,3}$`)
	culture = regexp.MustCompile(`^[a-z]{2,3}-[A-Z]{2}$`)
)

// locales are the languages that people read of the buttons in, besides English.
var locales = []string{"de-DE", "es-ES", "ja-JP"}

// leaves are the elements whose text the schemas restrict.
var leaves = map[string]*regexp.Regexp{
	"app:Id":                        guid,
	"app:Version":                   release,
	"app:DefaultLocale":             culture,
	"app:ProviderName":              regexp.MustCompile(`^.{1,125}$`),
	"app:Permissions":               regexp.MustCompile(`^(Restricted|ReadItem|ReadWriteItem|ReadWriteMailbox)$`),
	"app:DisableEntityHighlighting": regexp.MustCompile(`^(true|false)$`),
	"v11:SupportsSharedFolders":     regexp.MustCompile(`^true$`),
	"v11:FunctionName":              regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`),
}

// basics checks texts, versions of the schemas, and translations.
func (c *checker) basics() {
	if c.root.name != "app:OfficeApp" || c.root.attrs["xsi:type"] != "MailApp" {
		c.complain(c.root, "must be an OfficeApp of the type MailApp in version 1.1")
	}
	if c.root.child("app:Permissions") == nil {
		c.complain(c.root, "has no Permissions")
	}
	for e := range c.root.all() {
		if shape, ok := leaves[e.name]; ok && !shape.MatchString(e.text) {
			c.complain(e, "is %q, which does not match %s", e.text, shape)
		}
		if e.local() == "VersionOverrides" && e.attrs["xsi:type"] != versions[e.name] {
			c.complain(e, "has the type %q, want %q", e.attrs["xsi:type"], versions[e.name])
		}
	}
	for e := range c.root.named("app:DisplayName", "app:Description", "bt:String") {
		c.wording(e)
	}
}

var versions = map[string]string{"v10:VersionOverrides": "VersionOverridesV1_0", "v11:VersionOverrides": "VersionOverridesV1_1"}

// longest is how many characters people may be given to read, by the element that holds the text or is around it.
var longest = map[string]int{"app:DisplayName": 125, "app:Description": 250, "bt:ShortStrings": 125, "bt:LongStrings": 250}

// wording checks what people read: its length, and that it is there in every language. The product's own name needs none.
func (c *checker) wording(e *element) {
	most := max(longest[e.name], longest[e.parent.name])
	texts := []string{e.attrs["DefaultValue"]}
	var found []string
	for _, o := range e.children {
		texts, found = append(texts, o.attrs["Value"]), append(found, o.attrs["Locale"])
	}
	for _, text := range texts {
		if n := utf8.RuneCountInString(text); n == 0 || n > most {
			c.complain(e, "has a text of %d characters, at least 1 and at most %d", n, most)
		}
	}
	slices.Sort(found)
	if name := texts[0] == "Parlor" && len(found) == 0; !name && !slices.Equal(found, locales) {
		c.complain(e, "is there in %q, want %q", strings.Join(found, " "), strings.Join(locales, " "))
	}
}
