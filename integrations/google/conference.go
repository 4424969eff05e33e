package google

import (
	"google.golang.org/api/calendar/v3"

	"parlor/internal/parlor"
)

const meet = "Google Meet"

// conference finds structured conference data, one that Google is still making included. A link in the text is the
// domain's business.
func conference(e *calendar.Event) *parlor.Conference {
	if d := e.ConferenceData; d != nil {
		if c := stored(d); c != nil {
			return c
		}
	}
	if e.HangoutLink != "" {
		return &parlor.Conference{Provider: meet, URL: e.HangoutLink}
	}
	return nil
}

func stored(d *calendar.ConferenceData) *parlor.Conference {
	c := parlor.Conference{Provider: provider(d), URL: entry(d.EntryPoints)}
	if c.URL == "" && !pending(d.CreateRequest) {
		return nil
	}
	return &c
}

func provider(d *calendar.ConferenceData) string {
	if s := d.ConferenceSolution; s != nil && s.Name != "" {
		return s.Name
	}
	return meet
}

// entry prefers the video address; a conference by phone alone is one too.
func entry(points []*calendar.EntryPoint) string {
	url := ""
	for _, p := range points {
		if p.EntryPointType == "video" {
			return p.Uri
		}
		url = orElse(url, p.Uri)
	}
	return url
}

func pending(r *calendar.CreateConferenceRequest) bool {
	return r != nil && r.Status != nil && r.Status.StatusCode == "pending"
}
