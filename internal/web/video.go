package web

import (
	"net/url"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

// videoNote is what pages say of the video system behind the door.
type videoNote struct {
	Name    string
	Owned   bool     // number and personal link are changed there
	Awaited bool     // there is no number yet: it comes with the connection
	Connect *appeal  // the person has to do something before their room can be used
	Beyond  []string // what the door decides and the video system does not hold to
}

func (s *site) video(account parlor.Account) videoNote {
	return newVideoNote(s.connect.Video(), account)
}

// of is the note beside a person's room.
func (n videoNote) of(room desk.RoomView) videoNote {
	n.Awaited = n.Awaited || room.Awaited
	return n
}

func newVideoNote(video parlor.Service, account parlor.Account) videoNote {
	note := videoNote{Name: video.Name, Owned: video.Owns}
	for _, why := range video.Beyond {
		note.Beyond = append(note.Beyond, why.Text)
	}
	if video.OAuth == nil {
		return note
	}
	href := "/connect/" + string(video.Kind) + "?" + url.Values{"return": {"/profile"}}.Encode()
	switch conn, known := account.Connection(video.Kind); {
	case !known:
		note.Awaited = video.Owns
		note.Connect = &appeal{
			"Connect " + video.Name + " to have your room.",
			"Your Personal Meeting ID is the one that you have at " + video.Name + ". Until you connect it, your meetings get one-time " +
				"links, and their door stays shut.", href, "Connect " + video.Name,
		}
	case conn.State != parlor.Connected:
		note.Connect = &appeal{
			video.Name + " no longer lets Parlor in.",
			"Your room and the links to it work as they did. One-time meetings cannot begin, and a change of your room at " + video.Name +
				" is not seen, until you connect it again.", href, "Connect " + video.Name + " again",
		}
	}
	return note
}
