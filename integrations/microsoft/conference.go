package microsoft

import (
	"github.com/microsoftgraph/msgraph-sdk-go/models"

	"parlor/internal/parlor"
)

// conferences are the providers that Graph knows; a third party cannot be one.
var conferences = map[models.OnlineMeetingProviderType]string{
	models.TEAMSFORBUSINESS_ONLINEMEETINGPROVIDERTYPE: "Microsoft Teams",
	models.SKYPEFORBUSINESS_ONLINEMEETINGPROVIDERTYPE: "Skype for Business",
	models.SKYPEFORCONSUMER_ONLINEMEETINGPROVIDERTYPE: "Skype",
}

// conference finds Graph's own online meeting, one that is still being made included. A link in the text is the domain's
// business.
func conference(e models.Eventable) *parlor.Conference {
	link := val(e.GetOnlineMeetingUrl())
	if m := e.GetOnlineMeeting(); m != nil {
		link = orElse(val(m.GetJoinUrl()), link)
	}
	if link == "" && !val(e.GetIsOnlineMeeting()) {
		return nil
	}
	return &parlor.Conference{Provider: host(e.GetOnlineMeetingProvider(), link), URL: link}
}

// host names the provider. Graph says "unknown" of meetings made by older clients, whose link tells.
func host(said *models.OnlineMeetingProviderType, link string) string {
	if name, known := conferences[val(said)]; known && said != nil {
		return name
	}
	if c, found := parlor.FindConference(link); found {
		return c.Provider
	}
	return "Online meeting"
}
