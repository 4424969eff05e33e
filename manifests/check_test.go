package manifests

import (
	"errors"
	"strings"
	"testing"
)

// broken are manifests with one fault each: what is replaced, by what, and what the checker must say.
var broken = map[string]struct{ from, to, says string }{
	"not XML":              {"</OfficeApp>", "", "read manifest"},
	"empty":                {"<OfficeApp", "<!-- <OfficeApp", "read manifest"},
	"other type":           {`xsi:type="MailApp"`, `xsi:type="TaskPaneApp"`, "must be an OfficeApp of the type MailApp"},
	"too long":             {"<Hosts>", "<Hosts>" + strings.Repeat(" ", mostBytes), "bytes long, at most 262144"},
	"other schema":         {"mailappversionoverrides/1.1", "mailappversionoverrides/1.2", "may not stand at this place in VersionOverrides"},
	"other schema version": {"VersionOverridesV1_1", "VersionOverridesV1_0", `has the type "VersionOverridesV1_0", want "VersionOverridesV1_1"`},

	"wrong order at the top":   {"<ProviderName>Parlor</ProviderName>\n  <DefaultLocale>en-US</DefaultLocale>", "<DefaultLocale>en-US</DefaultLocale>\n  <ProviderName>Parlor</ProviderName>", "needs a app:ProviderName, in this order"},
	"shared folders behind":    {"<SupportsSharedFolders>true</SupportsSharedFolders>\n            <FunctionFile resid=\"commandsPage\"/>", "<FunctionFile resid=\"commandsPage\"/><SupportsSharedFolders>true</SupportsSharedFolders>", "needs a v11:ExtensionPoint"},
	"icon before the supertip": {"<Supertip>", "<Icon/><Supertip>", "<Control> needs a v11:Supertip"},
	"unknown element":          {"<Hosts>", "<Toolbar/><Hosts>", "<Toolbar> may not stand at this place in OfficeApp"},
	"child of a leaf":          {"ReadWriteItem</Permissions>", "ReadWriteItem<Hosts/></Permissions>", "<Hosts> may not stand at this place in Permissions"},
	"two rules":                {"<Rule ", `<Rule xsi:type="ItemIs" ItemType="Message" FormType="Edit"/><Rule `, "<Rule> may not stand at this place"},
	"unknown surface":          {"AppointmentOrganizerCommandSurface", "MessageComposeCommandSurface", `has the type "MessageComposeCommandSurface", which is not known`},
	"no type":                  {`<Host xsi:type="MailHost">`, "<Host>", `<Host> has the type "", which is not known`},
	"no permissions":           {"<Permissions>ReadWriteItem</Permissions>", "", "has no Permissions"},

	"id is no GUID":       {"<Id>", "<Id>{", "<Id> is"},
	"version of words":    {"<Version>1", "<Version>v1", "<Version> is"},
	"version with five":   {"<Version>1.", "<Version>1.0.", "<Version> is"},
	"version below one":   {"<Version>1.", "<Version>0.", "<Version> is"},
	"version too large":   {"<Version>1.", "<Version>123456.", "<Version> is"},
	"no locale":           {"en-US", "english", "<DefaultLocale> is"},
	"unknown permissions": {"ReadWriteItem", "Everything", "<Permissions> is"},
	"not shared":          {">true</Supports", ">yes</Supports", "<SupportsSharedFolders> is"},

	"short string too long": {"Schedule a meeting", strings.Repeat("x", 126), "has a text of 126 characters, at least 1 and at most 125"},
	"long string too long":  {"Choose the room", strings.Repeat("x", 251), "and at most 250"},
	"empty translation":     {`Value="Besprechung planen"`, `Value=""`, "has a text of 0 characters"},
	"a language missing":    {`<bt:Override Locale="ja-JP" Value="会議をスケジュール"/>`, "", `is there in "de-DE es-ES", want "de-DE es-ES ja-JP"`},
	"a language twice":      {`Locale="ja-JP" Value="会議をスケジュール"`, `Locale="de-DE" Value="x"`, `is there in "de-DE de-DE es-ES"`},

	"resource not there":     {`<Label resid="schedule"/>`, `<Label resid="plan"/>`, `refers to "plan", which is not among the resources`},
	"resource not used":      {`<bt:String id="name" `, `<bt:String id="spare" DefaultValue="Parlor"/><bt:String id="name" `, `with the id "spare" is not used`},
	"resource twice":         {`<bt:Image id="icon20"`, `<bt:Image id="icon16"`, `has the id "icon16", which is there already`},
	"resource of wrong kind": {`<Label resid="schedule"/>`, `<Label resid="scheduleTip"/>`, "is among the LongStrings, want ShortStrings"},
	"id too long":            {`<bt:Image id="icon16"`, `<bt:Image id="` + strings.Repeat("i", 33) + `"`, "must have 1 to 32 characters"},
	"no reference":           {`<Label resid="schedule"/>`, "<Label/>", "<Label> refers to no resource"},
	"control twice":          {`id="parlorAdd"`, `id="parlorSchedule"`, `has the id "parlorSchedule", which must be there, once`},

	"plain http":         {`IconUrl DefaultValue="https`, `IconUrl DefaultValue="http`, "must begin with https://"},
	"loopback elsewhere": {"<AppDomain>https://accounts.google.com", "<AppDomain>http://127.0.0.1:9", "must begin with https://"},
	"no address":         {`SupportUrl DefaultValue="https://rooms.example.com/apps"`, `SupportUrl DefaultValue="/apps"`, "which is no address"},
	"a name in it":       {"<AppDomain>https://accounts", "<AppDomain>https://me@accounts", "which is no address"},
	"domain with a path": {"<AppDomain>https://accounts.google.com", "<AppDomain>https://accounts.google.com/", "must end behind the host"},
	"somebody else's":    {`"https://rooms.example.com/addin/pane"`, `"https://meet.example.org/addin/pane"`, "is not below https://rooms.example.com"},
	"nothing there":      {`/addin/pane"`, `/addin/panel"`, "where nothing is served"},
	"address too long":   {`/addin/pane"`, "/addin/" + strings.Repeat("p", longestURL) + `"`, "which is no address"},

	"icon of wrong size":        {"parlor-20.png", "parlor-24.png", "parlor-24.png, which is 24x24 pixels, want 20x20"},
	"list icon too small":       {"parlor-128.png", "parlor-64.png", "which is 64x64 pixels, want 128x128"},
	"phone icon of wrong scale": {`scale="2" resid="grey50"`, `scale="2" resid="grey25"`, "parlor-25-grey.png, which is 25x25 pixels, want 50x50"},
	"icon is no PNG":            {"icons/parlor-20.png", "pane", "which is no PNG"},
	"size missing":              {`<bt:Image size="80" resid="icon80"/>`, "", "<Icon> lacks the size 80"},
	"scale missing":             {`<bt:Image size="25" scale="3" resid="grey75"/>`, "", "<Icon> lacks the size 25x3"},
	"odd size":                  {`size="20" resid="icon20"`, `size="21" resid="icon20"`, "has the size 21, want one of"},
	"size in words":             {`size="20" resid="icon20"`, `size="small" resid="icon20"`, "which is no number"},
	"phone icon untyped":        {` xsi:type="bt:MobileIconList"`, "", "must have the type bt:MobileIconList"},

	"function not there":  {"<FunctionName>addParlorMeeting", "<FunctionName>addMeeting", "names addMeeting, which no script of the function file associates"},
	"function of no name": {"<FunctionName>addParlorMeeting", "<FunctionName>add-meeting", "<FunctionName> is"},
	"handler not there":   {`FunctionName="onNew`, `FunctionName="onOld`, "must be associated in the runtime's page and in its script"},
	"handler elsewhere":   {`<Override type="javascript" resid="commandsScript"/>`, `<Override type="javascript" resid="panePage"/>`, "must be associated in the runtime's page and in its script"},
	"other event":         {`Type="OnNewApp`, `Type="OnApp`, `has the type "OnAppointmentOrganizer", want one of`},
	"other page":          {"</LaunchEvents>\n              <SourceLocation resid=\"commandsPage\"/>", "</LaunchEvents><SourceLocation resid=\"panePage\"/>", `must be the page of the runtime, "commandsPage"`},
	"script of no kind":   {`type="javascript"`, `type="module"`, `has the type "module", want javascript`},
}

func TestEveryFaultIsFound(t *testing.T) {
	sound := made(t, origin)
	for name, b := range broken {
		t.Run(name, func(t *testing.T) {
			manifest := swap(t, sound, b.from, b.to)
			got := errors.Join(CheckOutlook([]byte(manifest), house(origin))...)
			if got == nil || !strings.Contains(got.Error(), b.says) {
				t.Errorf("the checker says:\n%v\nwant: %s", got, b.says)
			}
		})
	}
}
