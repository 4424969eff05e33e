package graph

import (
	"strings"

	"parlor/internal/fake/calendar"
)

// addOnlineMeeting says whether an event has a Teams meeting. The world keeps it as its conference; one without the
// meeting's block in the body is none any more.
func addOnlineMeeting(out map[string]any, f calendar.Fields) {
	out["onlineMeetingUrl"] = nil
	join := teamsLink(f)
	if join == "" {
		out["isOnlineMeeting"], out["onlineMeetingProvider"], out["onlineMeeting"] = false, "unknown", nil
		return
	}
	out["isOnlineMeeting"], out["onlineMeetingProvider"] = true, "teamsForBusiness"
	out["onlineMeeting"] = map[string]any{"joinUrl": join}
}

// teamsLink is the join link of an event's Teams meeting, "" without one.
func teamsLink(f calendar.Fields) string {
	if calendar.Text(f, "conferenceData", "conferenceSolution", "key", "type") != "teamsForBusiness" {
		return ""
	}
	for _, p := range calendar.Maps(calendar.Map(f, "conferenceData"), "entryPoints") {
		return calendar.Text(p, "uri")
	}
	return ""
}

// providers are what onlineMeetingProvider may be; nobody else can be one.
var providers = []any{nil, "unknown", "teamsForBusiness", "skypeForBusiness", "skypeForConsumer"}

// teams is a Teams meeting as the world keeps it.
func teams(id string) calendar.Fields {
	thread := strings.ReplaceAll(guidOf(id), "-", "")
	join := "https://teams.microsoft.com/l/meetup-join/19%3ameeting_" + thread + "%40thread.v2/0?context=%7b%22Tid%22%3a%22" + guidOf("tid") + "%22%7d"
	return calendar.Fields{"conferenceData": calendar.Fields{
		"conferenceId": thread, "conferenceSolution": calendar.Fields{"name": "Microsoft Teams", "key": calendar.Fields{"type": "teamsForBusiness"}},
		"entryPoints": calendar.List[any](calendar.Fields{"entryPointType": "video", "uri": join}),
	}}
}

// teamsBlock is what Teams writes at the end of a body, shortened from a recording of 2026.
func teamsBlock(join string) string {
	line := "________________________________________________________________________________"
	return "<br>\r\n<div class=\"me-email-text\" lang=\"en-US\">\r\n<div aria-hidden=\"true\">" + line + "</div>\r\n" +
		"<div><span class=\"me-email-text\">Microsoft Teams meeting</span></div>\r\n" +
		"<div>Join: <a href=\"" + join + "\" id=\"meet_invite_block.action.join_link\" class=\"me-email-link\">" + join + "</a></div>\r\n" +
		"<div aria-hidden=\"true\">" + line + "</div>\r\n</div>"
}

// keepsTeams tells whether a body still has the meeting's block, by its join link.
func keepsTeams(body, join string) bool {
	return strings.Contains(strings.ReplaceAll(body, "&amp;", "&"), join)
}

// withTeams adds a Teams meeting's block to a stored body.
func withTeams(stored, join string) string {
	if stored == "" {
		return bodyStart + teamsBlock(join) + bodyEnd
	}
	stored = wrapped(stored)
	at := strings.LastIndex(stored, "</body>")
	return stored[:at] + teamsBlock(join) + "\r\n" + stored[at:]
}
