package outlook

import (
	"net/url"
	"strings"
)

// hosts is where Outlook runs in a browser: the hosts that Office.js itself trusts (isHostOriginTrusted in
// outlook-web-16.01.js) and those that Microsoft asks to be let in
// (https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/tab-requirements). Desktop and phone frame nothing.
var hosts = []string{
	"https://outlook.office.com", "https://outlook.office365.com", "https://outlook.live.com", "https://*.cloud.microsoft",
	"https://outlook.office365.us", "https://partner.outlook.cn",
}

// ajax is the one file that Office.js loads from elsewhere, in Outlook on the web.
const ajax = "https://ajax.aspnetcdn.com/ajax/3.5/MicrosoftAjax.js"

// policy lets the add-in's pages load Office.js and stand in Outlook's frame. Office.js also wants to report on its use to
// Microsoft's collectors; it works without, so connect-src leaves them out.
func (o *Outlook) policy() string {
	office := originOf(o.cfg.OfficeJS)
	frames := hosts
	if o.cfg.OfficeJS != DefaultOfficeJS {
		frames = append([]string{office}, hosts...)
	}
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self' " + office + " " + ajax,
		"style-src 'self'",
		"img-src 'self' data:",
		"connect-src 'self'",
		"frame-src " + office, // what it shows when Outlook is at an address that it does not know
		"form-action 'none'",
		"base-uri 'none'",
		"frame-ancestors " + strings.Join(frames, " "),
	}, "; ")
}

func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
