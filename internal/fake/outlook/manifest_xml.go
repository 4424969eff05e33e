package outlook

// The parts of an add-in-only manifest that the page needs; element names without their namespaces
// (https://learn.microsoft.com/javascript/api/manifest/versionoverrides).

import "encoding/xml"

type officeApp struct {
	XMLName     xml.Name
	ID          string `xml:"Id"`
	DisplayName struct {
		Value string `xml:"DefaultValue,attr"`
	}
	Overrides *overrides `xml:"VersionOverrides"`
}

// overrides nest: a newer version stands inside the older one.
type overrides struct {
	Desktop   hostForm   `xml:"Hosts>Host>DesktopFormFactor"`
	Mobile    hostForm   `xml:"Hosts>Host>MobileFormFactor"`
	Runtimes  []resid    `xml:"Hosts>Host>Runtimes>Runtime"`
	Resources resources  `xml:"Resources"`
	Inner     *overrides `xml:"VersionOverrides"`
}

func (o *overrides) newest() *overrides {
	if o != nil && o.Inner != nil {
		return o.Inner.newest()
	}
	return o
}

type hostForm struct {
	Shared       string           `xml:"SupportsSharedFolders"`
	FunctionFile resid            `xml:"FunctionFile"`
	Points       []extensionPoint `xml:"ExtensionPoint"`
}

type extensionPoint struct {
	Type     string        `xml:"type,attr"`
	Tabs     []control     `xml:"OfficeTab>Group>Control"`
	Custom   []control     `xml:"CustomTab>Group>Control"`
	Mobile   []control     `xml:"Control"`
	Launches []launchEvent `xml:"LaunchEvents>LaunchEvent"`
	Source   resid         `xml:"SourceLocation"`
}

type launchEvent struct {
	Type     string `xml:"Type,attr"`
	Function string `xml:"FunctionName,attr"`
}

type control struct {
	ID     string `xml:"id,attr"`
	Label  resid  `xml:"Label"`
	Tip    resid  `xml:"Supertip>Description"`
	Icons  []icon `xml:"Icon>Image"`
	Action struct {
		Type     string `xml:"type,attr"`
		Function string `xml:"FunctionName"`
		Source   resid  `xml:"SourceLocation"`
	}
}

type icon struct {
	Size int    `xml:"size,attr"`
	ID   string `xml:"resid,attr"`
}

type resid struct {
	ID string `xml:"resid,attr"`
}

type resources struct {
	Images  []resource `xml:"Images>Image"`
	URLs    []resource `xml:"Urls>Url"`
	Strings []resource `xml:"ShortStrings>String"`
	Long    []resource `xml:"LongStrings>String"`
}

type resource struct {
	ID    string `xml:"id,attr"`
	Value string `xml:"DefaultValue,attr"`
}

func pick(all []resource, id string) string {
	for _, r := range all {
		if r.ID == id {
			return r.Value
		}
	}
	return ""
}

func (r resources) url(id string) string { return pick(r.URLs, id) }

// button puts a control together from its resources, with the icon nearest to the wanted size.
func (c control) button(res resources, size int) button {
	b := button{
		ID: c.ID, Label: pick(res.Strings, c.Label.ID), Description: pick(res.Long, c.Tip.ID),
		Function: c.Action.Function, Pane: res.url(c.Action.Source.ID),
	}
	best := 1 << 20
	for _, i := range c.Icons {
		if off := max(i.Size-size, size-i.Size); off < best {
			best, b.Icon = off, pick(res.Images, i.ID)
		}
	}
	return b
}

func (p extensionPoint) buttons(res resources) []button {
	var out []button
	for _, c := range append(p.Tabs, p.Custom...) {
		out = append(out, c.button(res, 32))
	}
	return out
}

func (p extensionPoint) mobile(res resources) []button {
	var out []button
	for _, c := range p.Mobile {
		out = append(out, c.button(res, 48))
	}
	return out
}

func (p extensionPoint) events() []launch {
	var out []launch
	for _, e := range p.Launches {
		out = append(out, launch(e))
	}
	return out
}
