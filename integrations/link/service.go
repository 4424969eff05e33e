// Package link is any video system whose rooms have addresses that follow a rule: BigBlueButton, Whereby, Webex, and the
// like. The rule is the administrator's, a template with names in braces.
//
// It asks the video system nothing, and holds nobody to what the door decides: what that means is in Beyond.
//
// Start reading at Parse.
package link

import (
	"net/http"

	"parlor/internal/parlor"
)

// New describes the rooms at a template as a service. A template that is none, or that Parse refuses, is reported when
// rooms are opened.
func New(template string) parlor.Service {
	t, err := Parse(template)
	return parlor.Service{
		Kind:   parlor.KindLink,
		Name:   "Your video system",
		Beyond: t.beyond(),
		Rooms:  func(*http.Client) (parlor.Rooms, error) { return rooms{t}, err },
	}
}

// beyond is what the door decides and nobody behind it holds to.
func (t Template) beyond() []parlor.Reason {
	all := []parlor.Reason{{
		Code: "passed_on",
		Text: "Whoever was let in can pass the address of the meeting on: your video system lets everybody in who has it.",
	}, {
		Code: "open_end",
		Text: "A meeting does not end by itself when its time is over.",
	}}
	if !t.fresh {
		all = append(all, parlor.Reason{
			Code: "room_kept",
			Text: "Guests of an earlier meeting know the address of your room and can come back without the door: use the waiting room or the lock of the video system itself.",
		})
	}
	return all
}
