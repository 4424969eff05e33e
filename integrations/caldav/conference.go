package caldav

import (
	"net/url"
	"strings"

	"parlor/internal/parlor"
)

// conferenceNames are the properties that hold the link of a video meeting: RFC 7986's own, and what vendors had before.
var conferenceNames = []string{"CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK"}

// conference finds the meeting of another vendor that the event has of its own. A link in the text is the domain's business.
func (p *port) conference(c component) *parlor.Conference {
	for _, name := range conferenceNames {
		for _, l := range c.all(name) {
			link := strings.TrimSpace(l.value)
			if p.ours(link) {
				continue
			}
			if u, err := url.Parse(link); err != nil || u.Host == "" {
				continue // a telephone number, or a name in a chat
			}
			if found, ok := parlor.FindConference(link); ok {
				return &found
			}
			return &parlor.Conference{Provider: "video", URL: link}
		}
	}
	if found, ok := parlor.FindConference(c.value("URL")); ok {
		return &found
	}
	return nil
}

// ours says whether a link is one of this installation.
func (p *port) ours(link string) bool {
	_, ok := parlor.ParseLink(p.origin, link)
	return ok && p.origin != ""
}
