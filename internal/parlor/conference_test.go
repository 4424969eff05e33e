package parlor

import (
	"net/url"
	"strings"
	"testing"
)

// meetingLinks are made-up links of every shape in the table.
var meetingLinks = map[string][]string{
	"8x8":                    {"https://8x8.vc/initech/standup"},
	"Amazon Chime":           {"https://chime.aws/9876501234", "https://app.chime.aws/meetings/standup"},
	"Around":                 {"https://meet.around.co/r/abc1def2"},
	"BigBlueButton":          {"https://bbb.school.example/b/ada-xyz-123", "https://bbb.school.example/rooms/ada-b1c-d2e-f3g/join"},
	"Blackboard Collaborate": {"https://eu.bbcollab.com/guest/0123456789ABCDEF"},
	"Blizz":                  {"https://go.blizz.com/join/m99-888-777"},
	"BlueJeans":              {"https://bluejeans.com/987654321/browser", "https://initech.bluejeans.com/987654321"},
	"Cal Video":              {"https://app.cal.com/video/aBcDeFgH123"},
	"Calendly":               {"https://calendly.com/events/0a1b2c3d-0000-4000-8000-0123456789ab/google_meet"},
	"Chorus":                 {"https://go.chorus.ai/99887766"},
	"Cisco Meeting Server":   {"https://cms.initech.example/invited.sf?id=55512&secret=abc", "https://cms.initech.example/invited.sf?secret=abc&id=55512"},
	"ClickMeeting":           {"https://initech.clickmeeting.com/allhands"},
	"CoScreen":               {"https://join.coscreen.co/Team/aBcDeF123"},
	"Demio":                  {"https://event.demio.com/ref/zYxWvU"},
	"Demodesk":               {"https://demodesk.com/QWERTYUI"},
	"Dialpad":                {"https://meetings.dialpad.com/room/initech", "https://meetings.dialpad.com/initech"},
	"Discord":                {"https://discord.com/channels/998877665544332211/112233445566778899"},
	"Doxy.me":                {"https://doxy.me/dr.ada"},
	"FaceTime":               {"https://facetime.apple.com/join#v=1&p=abc&k=def"},
	"Feishu":                 {"https://vc.feishu.cn/j/987654321"},
	"Gather":                 {"https://app.gather.town/app/aBcD1234/office?meeting=x"},
	"Gong":                   {"https://join.gong.io/initech/ada.l"},
	"GoTo":                   {"https://meet.goto.com/987654321"},
	"GoToMeeting":            {"https://global.gotomeeting.com/join/987654321", "https://app.gotomeet.me/initech"},
	"GoToWebinar":            {"https://global.gotowebinar.com/join/9876543210987654321/987654321", "https://attendee.gotowebinar.com/register/123"},
	"Google Duo":             {"https://duo.app.goo.gl/zYxW"},
	"Google Hangouts":        {"https://hangouts.google.com/hangouts/_/initech.example/standup"},
	"Google Meet":            {"https://meet.google.com/xyz-abcd-efg?hs=1", "https://meet.google.com/lookup/standup", "http://meet.google.com/_meet/xyz-abcd-efg"},
	"Google Meet stream":     {"https://stream.meet.google.com/stream/0a1b-2c3d"},
	"Jam":                    {"https://jam.systems/standup"},
	"Jitsi":                  {"https://meet.jit.si/InitechStandup#config.x=1"},
	"Join.me":                {"https://join.me/987-654-321", "https://join.me/987654321"},
	"Lark":                   {"https://vc.larksuite.com/j/987654321"},
	"Lifesize":               {"https://call.lifesizecloud.com/7654321"},
	"LiveKit":                {"https://meet.livekit.io/rooms/ab1c-d2ef#key"},
	"LiveMeeting":            {"https://www.livemeeting.com/cc/initech/join?id=XYZ"},
	"Livestorm":              {"https://app.livestorm.com/p/0a1b2c/live?s=1"},
	"Luma":                   {"https://lu.ma/join/g-zYxW"},
	"Meetecho":               {"https://meetings.conf.meetecho.com/ietf999/?session=12345"},
	"Microsoft Teams": {
		"https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%7d", "https://teams.microsoft.com/meet/9876543210?p=x",
		"https://teams.live.com/meet/9876543210", "https://gov.teams.microsoft.us/l/meetup-join/x", "msteams:/l/meetup-join/19%3ameeting_x",
	},
	"Pexip":              {"https://pexip.me/teams/initech.example/987654321", "https://vc.initech.example/webapp/conference/standup"},
	"Pop":                {"https://pop.com/j/987-654-321"},
	"Preply":             {"https://preply.com/en/chat/t-room/998877"},
	"Proton Meet":        {"https://meet.proton.me/join/id-ABCDEF1234#pwd-xyz"},
	"Pumble":             {"https://meet.pumble.com/abc-defg-hij"},
	"Reclaim":            {"https://reclaim.ai/z/T1/C2"},
	"RingCentral":        {"https://v.ringcentral.com/join/987654321", "https://meetings.ringcentral.com/j/987654321"},
	"Riverside":          {"https://riverside.fm/studio/initech", "https://riverside.com/studio/initech"},
	"Skype":              {"https://join.skype.com/zYxWvUtS"},
	"Skype for Business": {"https://meet.lync.com/initech/ada/AB12CD34", "https://meet.initech.example/ada/AB12CD34", "https://join.initech.example/ada/meet/AB12CD34"},
	"Slack huddle":       {"https://app.slack.com/huddle/T998877/C665544"},
	"StarLeaf":           {"https://meet.starleaf.com/4987654321/app"},
	"StreamYard":         {"https://streamyard.com/guest/abcd1234ef", "https://streamyard.com/abcd1234ef"},
	"Suit Conference":    {"https://initech.conference.istesuit.com/ada"},
	"TeamViewer Meeting": {"https://go.teamviewer.com/m99887766"},
	"Teemyco":            {"https://app.teemyco.com/room/aB1/cD2"},
	"Tuple":              {"https://tuple.app/c/zYxWvU"},
	"UberConference":     {"https://www.uberconference.com/room/initech", "https://uberconference.com/initech"},
	"UserZoom":           {"https://go.userzoom.com/participate/0a1b-2c3d"},
	"VSee":               {"https://api.vsee.com/initech/standup"},
	"Venue":              {"https://app.venue.live/app/abcdef?token=x"},
	"Vimeo":              {"https://venues.vimeo.com/998877/abc", "https://vimeo.com/event/998877"},
	"Vonage":             {"https://meetings.vonage.com/987654321"},
	"VooV":               {"https://voovmeeting.com/dm/zYxWvU"},
	"Vowel":              {"https://www.vowel.com/#/g/zYxWvU"},
	"Webex":              {"https://initech.webex.com/initech/j.php?MTID=mabc", "https://initech.webex.com/meet/ada", "https://initech.my.webex.com/join/ada"},
	"Whereby":            {"https://whereby.com/initech", "https://initech.whereby.com/standup?embed"},
	"Workplace":          {"https://initech.workplace.com/groupcall/998877?token=x"},
	"YouTube Live":       {"https://www.youtube.com/live/zYxWvUtSrQ"},
	"Zhumu":              {"https://welink.zhumu.com/j/987654321?pwd=x"},
	"Zoho Cliq":          {"https://cliq.zoho.eu/meetings/abc123"},
	"Zoho Meeting":       {"https://meeting.zoho.com/join?key=9988776655"},
	"Zoom": {
		"https://us06web.zoom.us/j/98765432101?pwd=abc", "https://zoom.us/j/98765432101", "https://initech.zoom.us/my/ada", "https://zoom.us/s/98765432101?zak=x",
		"https://zoom.us/w/98765432101", "https://zoom.us/wc/join/98765432101", "https://zoom.us/wc/98765432101/join", "https://initech.zoomgov.com/j/1612345678",
		"https://initech.zoom-x.de/j/98765432101", "https://zoom.us/meeting/register/tJabc", "zoommtg://zoom.us/join?action=join&confno=98765432101", "zoomus://zoom.us/start?confno=98765432101",
		"https://applications.zoom.us/addon/invitation/detail?meetingUuid=x",
	},
	"Zoom page": {"https://initech.zm.page"},
	"oVice":     {"https://initech.ovice.in/lobby/enter"},
}

func TestEveryProviderIsFound(t *testing.T) {
	for name, links := range meetingLinks {
		for _, link := range links {
			if got, ok := FindConference("", link); !ok || got != (Conference{name, link}) {
				t.Errorf("%s: %s read as %+v, %t", name, link, got, ok)
			}
		}
	}
	for _, p := range providers {
		if len(meetingLinks[p.name]) == 0 {
			t.Errorf("no example of %s", p.name)
		}
	}
	if len(meetingLinks) < 70 {
		t.Errorf("only %d providers", len(meetingLinks))
	}
}

func TestConferenceHowItStandsInATextDoesNotMatter(t *testing.T) {
	link := "https://zoom.us/j/98765432101?pwd=abc&omn=1"
	google := "https://www.google.com/url?q=" + url.QueryEscape(link) + "&sa=D&ust=1"
	outlook := "https://eur01.safelinks.protection.outlook.com/ap/t-1/?url=" + url.QueryEscape(link) + "&data=05%7C02&reserved=0"
	texts := map[string]string{
		"sentence":          "Agenda: https://docs.example/x. Join at " + link + ".",
		"angle brackets":    "Join<" + link + ">",
		"anchor":            `<p>Agenda</p><a href="` + strings.ReplaceAll(link, "&", "&amp;") + `" target="_blank">Join</a>`,
		"escaped brackets":  "&lt;" + strings.ReplaceAll(link, "&", "&amp;") + "&gt;",
		"google":            google,
		"google in HTML":    `<a href='` + strings.ReplaceAll(google, "&", "&amp;") + `'>Join</a>`,
		"outlook":           outlook,
		"outlook in google": "https://www.google.com/url?q=" + url.QueryEscape(outlook),
		"upper-case host":   "HTTPS://ZOOM.US/j/98765432101?pwd=abc&omn=1",
		"without scheme":    "zoom.us/j/98765432101?pwd=abc&omn=1",
		"with a port":       "https://zoom.us:443/j/98765432101",
		"japanese":          "参加はこちら：" + link + "。",
	}
	for name, text := range texts {
		if got, ok := FindConference("Room 5", text); !ok || got.Provider != "Zoom" || !strings.Contains(got.URL, "/j/98765432101") {
			t.Errorf("%s: %q read as %+v, %t", name, text, got, ok)
		}
	}
}

func TestTeamsBlockWithoutLinks(t *testing.T) {
	block := "Join Microsoft Teams Meeting\n+1 555 0100   Town (Toll)\nConference ID: 123 456 789#\nLocal numbers / Reset PIN"
	if got, ok := FindConference(block); !ok || got.Provider != "Microsoft Teams" || got.URL != "" {
		t.Errorf("read as %+v, %t", got, ok)
	}
	if got, ok := FindConference("How to: Join Microsoft Teams Meeting, see https://docs.example/howto"); ok {
		t.Errorf("a mere mention read as %+v", got)
	}
}

func TestWhatJoinsNothingIsNoConference(t *testing.T) {
	texts := []string{
		"", "Room 5", "Zoom at nine?", "https://zoom.us", "https://zoom.us/pricing", "https://us06web.zoom.us/u/abcdef", "https://zoom.us/zoomconference?m=x",
		"https://meet.google.com/landing", "https://meet.google.com/", "https://teams.microsoft.com/meetingOptions/?organizerId=1",
		"https://aka.ms/JoinTeamsMeeting", "https://meet.jit.si/static/dialInInfo.html?room=x", "https://meet.jit.si", "https://link.gotomeeting.com/system-check",
		"https://whereby.com/information/tos", "https://whereby.com", "https://chime.aws/dialinnumbers/", "https://initech.webex.com/initech/globalcallin.php?MTID2=1",
		"https://docs.example/b/abc", "https://notzoom.us/j/98765432101", "https://zoom.us.evil.example/j/98765432101", "https://evil.example/?u=zoom.us/j/98765432101",
		"https://github.example/ada/AB12CD34", "https://www.google.com/url?q=https://docs.example/j/1", "ada@zoom.us", "mailto:ada@zoom.us",
		"https://youtube.com/watch?v=x", "https://calendly.com/cancellations/0a1b", "https://app.slack.com/client/T1/C2", "https://%zz/%", "https://[::1]:x/",
		JoinLink(testOrigin, testRoom, testInRoom, true), RoomLink("https://meet.example", testRoom, true), "https://meet.example/j/12345678", "https://meet.example/my/ADALOVEL",
		textBlock(testBlock), htmlBlock(testBlock),
	}
	for _, text := range texts {
		if got, ok := FindConference(text); ok {
			t.Errorf("%q read as %+v", text, got)
		}
	}
}

func TestFirstTextWins(t *testing.T) {
	got, ok := FindConference("https://whereby.com/initech", "https://zoom.us/j/98765432101 https://meet.jit.si/x")
	if !ok || got.Provider != "Whereby" {
		t.Errorf("read as %+v, %t", got, ok)
	}
}

func BenchmarkFindConference(b *testing.B) {
	body := strings.Repeat("<p>Agenda &amp; notes: <a href=\"https://docs.example/d/1?a=b&amp;c=d\">here</a>, 9:30 a.m.</p>\n", 90)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if c, ok := FindConference(body); ok {
			b.Fatal(c)
		}
	}
}

func FuzzFindConference(f *testing.F) {
	for _, links := range meetingLinks {
		f.Add("Join: <" + links[0] + ">")
	}
	f.Add("https://www.google.com/url?q=https%3A%2F%2Fzoom.us%2Fj%2F98765432101")
	f.Fuzz(func(t *testing.T, text string) {
		c, ok := FindConference(text)
		if !ok || c.URL == "" {
			return
		}
		if again, ok := FindConference(c.URL); !ok || again.Provider != c.Provider {
			t.Errorf("%q holds %+v, whose link alone reads as %+v, %t", text, c, again, ok)
		}
	})
}
