// Package zoom is Zoom as the room: the person's own Personal Meeting ID as Zoom has it, meetings of their own for what is
// not to be in the room, and what Zoom's webhooks say.
//
// Plain HTTP, a handful of calls: Zoom has no SDK for Go. No policy, no retries, no storage and no HTTP serving live here.
// Nothing is ever created at Zoom for a meeting in the room, so that a new number costs no call for each event.
//
// Start reading at New; errors.go is the one table of refusals.
package zoom

import (
	"net/http"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// Config is how this installation is registered at the Zoom App Marketplace, and where Zoom is.
type Config struct {
	ClientID      string
	ClientSecret  string
	WebhookSecret string // the secret token of the event subscription; "" where there is none
	APIURL        string // base of the API; "" for Zoom's own, Zoom for Government has another
	AuthURL       string // base of /authorize and /token; "" for Zoom's own
	Direct        bool   // invitations carry Zoom's own link, too
	Now           func() time.Time
}

// Zoom's own addresses.
const (
	APIURL  = "https://api.zoom.us/v2"
	AuthURL = "https://zoom.us/oauth"
)

// New describes Zoom as a service. People connect it to the account that they have; nobody signs in with it. Which scopes
// the app has is said on the Marketplace alone: user:read:user, user:read:settings, meeting:read:meeting and
// meeting:write:meeting are needed.
func New(cfg Config) parlor.Service {
	api := strings.TrimRight(orElse(cfg.APIURL, APIURL), "/")
	auth := strings.TrimRight(orElse(cfg.AuthURL, AuthURL), "/")
	return parlor.Service{
		Kind: parlor.KindZoom,
		Name: "Zoom",
		API:  api,
		OAuth: &parlor.OAuth{
			ClientID: cfg.ClientID, ClientSecret: cfg.ClientSecret,
			Plain: &parlor.PlainOAuth{AuthURL: auth + "/authorize", TokenURL: auth + "/token", RevokeURL: auth + "/revoke", Who: who(api, cfg.Now)},
		},
		Rooms:  func(c *http.Client) (parlor.Rooms, error) { return rooms{caller{c, api, cfg.Now}, cfg.Direct}, nil },
		Hear:   listener{cfg.WebhookSecret, cfg.Now}.hear,
		Pace:   pace,
		Beyond: beyond(cfg.Direct), Owns: true, Prepares: true,
	}
}

// pace keeps below what Zoom allows an account of the Pro plan for all its apps together (30 light requests a second, 20 of
// the kind that creates meetings). The 100 meetings a day of one host are Zoom's to count: others create meetings, too.
// Source: https://developers.zoom.us/docs/api/rate-limits/
var pace = parlor.Pace{
	PerAccount: parlor.Rate{Requests: 10, Per: time.Second},
	PerProject: parlor.Rate{Requests: 20, Per: time.Second},
	AtOnce:     2,
}

// beyond is what the door decides and Zoom does not know of, and what each choice of links cannot do (decision 0018).
func beyond(direct bool) []parlor.Reason {
	always := parlor.Reason{Code: "open_end", Text: "A meeting does not end by itself when its time is over."}
	if direct {
		return []parlor.Reason{{
			Code: "door_passed",
			Text: "Invitations carry Zoom’s own link to your room beside Parlor’s: whoever uses it passes the door, and its hours, lock and waiting room hold for nobody. Zoom’s own waiting room and passcode do.",
		}, {
			Code: "stale_text",
			Text: "When your Personal Meeting ID or its passcode changes at Zoom, guests outside your organisation may keep a text with a dead Zoom link. Parlor’s link in it works.",
		}, always}
	}
	return []parlor.Reason{{
		Code: "room_kept",
		Text: "Guests whom the door let into your room have Zoom’s own link from then on and can come back without the door: keep Zoom’s waiting room on, or change your Personal Meeting ID’s passcode at Zoom.",
	}, {
		Code: "no_button",
		Text: "Zoom’s own apps show no Join button for these meetings, because the link in the event is Parlor’s.",
	}, always}
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
