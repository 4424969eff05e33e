package manifests

import (
	"strings"
)

// orders says which children an element has, in which order: ? may be missing, * may be there often or not at all, + is
// there once or more. Where the type of the element matters, it stands behind a slash. A child has the namespace of its
// parent unless it brings one. Elements that are not listed have none.
//
// From https://learn.microsoft.com/office/dev/add-ins/develop/manifest-element-ordering and the schemas of MS-OWEMXML, as
// far as Parlor's manifest goes.
var orders = map[string]string{
	"app:OfficeApp": "Id AlternateId? Version ProviderName DefaultLocale DisplayName Description IconUrl HighResolutionIconUrl " +
		"SupportUrl? AppDomains? Hosts Requirements FormSettings Permissions? Rule DisableEntityHighlighting? v10:VersionOverrides?",
	"app:DisplayName":           "Override*",
	"app:Description":           "Override*",
	"app:IconUrl":               "Override*",
	"app:HighResolutionIconUrl": "Override*",
	"app:SupportUrl":            "Override*",
	"app:AppDomains":            "AppDomain+",
	"app:Hosts":                 "Host+",
	"app:Requirements":          "Sets",
	"app:Sets":                  "Set+",
	"app:FormSettings":          "Form+",
	"app:Form/ItemEdit":         "DesktopSettings TabletSettings? PhoneSettings?",
	"app:DesktopSettings":       "SourceLocation",
	"app:TabletSettings":        "SourceLocation",
	"app:PhoneSettings":         "SourceLocation",
	"app:SourceLocation":        "Override*",
	"v10:VersionOverrides":      "Description? Requirements? Hosts? Resources? v11:VersionOverrides?",

	"v11:VersionOverrides":  "Description? Requirements? Hosts? Resources?",
	"v11:Requirements":      "bt:Sets",
	"bt:Sets":               "Set+",
	"v11:Hosts":             "Host",
	"v11:Host/MailHost":     "Runtimes? DesktopFormFactor? MobileFormFactor?",
	"v11:Runtimes":          "Runtime",
	"v11:Runtime":           "Override?",
	"v11:DesktopFormFactor": "SupportsSharedFolders? FunctionFile? ExtensionPoint+",
	"v11:MobileFormFactor":  "FunctionFile? ExtensionPoint+",
	"v11:ExtensionPoint/AppointmentOrganizerCommandSurface": "OfficeTab",
	"v11:ExtensionPoint/MobileOnlineMeetingCommandSurface":  "Control",
	"v11:ExtensionPoint/LaunchEvent":                        "LaunchEvents SourceLocation",
	"v11:LaunchEvents":                                      "LaunchEvent+",
	"v11:OfficeTab":                                         "Group+",
	"v11:Group":                                             "Label Tooltip? Control+",
	"v11:Control/Button":                                    "Label Supertip Icon Action",
	"v11:Control/MobileButton":                              "Label Icon Action",
	"v11:Supertip":                                          "Title Description",
	"v11:Icon":                                              "bt:Image+",
	"v11:Icon/bt:MobileIconList":                            "bt:Image+",
	"v11:Action/ExecuteFunction":                            "FunctionName",
	"v11:Action/ShowTaskpane":                               "SourceLocation SupportsPinning?",

	"v11:Resources":   "bt:Images? bt:Urls? bt:ShortStrings? bt:LongStrings?",
	"bt:Images":       "Image+",
	"bt:Urls":         "Url+",
	"bt:ShortStrings": "String+",
	"bt:LongStrings":  "String+",
	"bt:Image":        "Override*",
	"bt:Url":          "Override*",
	"bt:String":       "Override*",
}

// typed are the elements that are nothing without a type.
var typed = []string{"app:Form", "app:Rule", "v11:Host", "v11:ExtensionPoint", "v11:Control", "v11:Action"}

// order checks the children of an element and of everything below it. As in a schema, what comes too late is not allowed.
func (c *checker) order(e *element) {
	kind := e.name
	if t := e.attrs["xsi:type"]; t != "" && e.local() != "OfficeApp" && e.local() != "VersionOverrides" {
		kind += "/" + t
	}
	list, known := orders[kind]
	for _, name := range typed {
		if e.name == name && !known && e.name != "app:Rule" {
			c.complain(e, "has the type %q, which is not known here", e.attrs["xsi:type"])
			return
		}
	}
	rest := e.children
	for item := range strings.FieldsSeq(list) {
		name := strings.TrimRight(item, "?*+")
		if !strings.Contains(name, ":") {
			name = e.name[:strings.IndexByte(e.name, ':')+1] + name
		}
		n := leading(rest, name)
		if often := strings.HasSuffix(item, "*") || strings.HasSuffix(item, "+"); n > 1 && !often {
			n = 1
		}
		if optional := strings.HasSuffix(item, "?") || strings.HasSuffix(item, "*"); n == 0 && !optional {
			c.complain(e, "needs a %s, in this order: %s", name, list)
		}
		rest = rest[n:]
	}
	if len(rest) > 0 {
		c.complain(rest[0], "may not stand at this place in %s, whose order is: %s", e.local(), list)
	}
	for _, child := range e.children {
		c.order(child)
	}
}

func leading(list []*element, name string) int {
	n := 0
	for n < len(list) && list[n].name == name {
		n++
	}
	return n
}
