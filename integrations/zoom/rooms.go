package zoom

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// The longest texts that Zoom takes, characters.
const longestTopic = 200

// rooms is one person's rooms at Zoom.
type rooms struct {
	caller
	direct bool // the room's address stands in invitations
}

// Room reads the person's own room. parlor.ErrRoomUnavailable: it has no number, or is switched off, maybe by an
// administrator.
func (r rooms) Room(ctx context.Context) (parlor.Room, error) {
	u, err := r.me(ctx)
	if err != nil {
		return parlor.Room{}, err
	}
	room, err := u.room()
	if err != nil {
		return room, err
	}
	var s settings
	if err := r.call(ctx, http.MethodGet, "/users/me/settings", nil, &s); err != nil {
		return parlor.Room{}, fmt.Errorf("read zoom settings: %w", err)
	}
	if on := s.Schedule.PersonalMeeting; on != nil && !*on {
		return parlor.Room{Status: parlor.RoomUnavailable}, fmt.Errorf("personal meeting id is switched off at zoom: %w", parlor.ErrRoomUnavailable)
	}
	if r.direct {
		room.Direct = "Zoom"
	}
	return room, nil
}

// The types of meetings that we make: at one time, or again and again without times. A series with times of its own (8)
// cannot be, because hardly any recurrence of a calendar is one of Zoom's.
const (
	atOneTime = 2
	untimed   = 3
)

// wish is what we ask of a meeting. use_pmi is always said: where it is left out, a hidden setting of the person decides.
// There is no passcode: Zoom draws one, and one sent to a meeting in the room would become the room's.
type wish struct {
	Topic    string  `json:"topic"`
	Type     int     `json:"type"`
	Start    string  `json:"start_time,omitempty"` // UTC, and says so: without the Z it would be local time
	Duration int     `json:"duration,omitempty"`   // minutes
	Settings options `json:"settings"`
}

type options struct {
	UsePMI bool `json:"use_pmi"`
}

// meeting is what we read of one. start_url is not read: it holds a credential of the host.
type meeting struct {
	ID      int64
	JoinURL string `json:"join_url"`
}

// number is the one in the link: the meeting's own id, or the room's where the meeting is in the room. "" where the link
// has none.
func number(link *url.URL) string {
	id := path.Base(link.Path)
	if strings.Trim(id, "0123456789") != "" {
		return ""
	}
	return id
}

// OneTime makes a meeting with a room of its own. *parlor.ThrottledError until midnight UTC: the host's meetings of the day
// are used up (DailyLimit).
func (r rooms) OneTime(ctx context.Context, d parlor.Draft) (parlor.Room, error) {
	var made meeting
	if err := r.call(ctx, http.MethodPost, "/users/me/meetings", newWish(d), &made); err != nil {
		return parlor.Room{}, fmt.Errorf("make zoom meeting: %w", err)
	}
	address, err := joinable(made.JoinURL)
	if err != nil {
		return parlor.Room{}, err
	}
	id := strconv.FormatInt(made.ID, 10)
	if in := number(address); in != "" && in != id {
		return parlor.Room{}, fmt.Errorf("zoom put a meeting into the room that was not to be there: %w", parlor.ErrInvalid)
	}
	return parlor.Room{Ref: id, Address: address.String(), Status: parlor.RoomReady}, nil
}

func newWish(d parlor.Draft) wish {
	w := wish{Topic: shortened(d.Title), Type: atOneTime}
	switch {
	case len(d.Recurrence) > 0:
		w.Type = untimed
	case !d.Start.Time.IsZero():
		w.Start = d.Start.Time.UTC().Format(time.RFC3339)
		w.Duration = int(d.End.Time.Sub(d.Start.Time).Round(time.Minute).Minutes())
	}
	return w
}

func shortened(title string) string {
	if runes := []rune(title); len(runes) > longestTopic {
		return string(runes[:longestTopic-1]) + "…"
	}
	return orElse(title, "Meeting")
}

// Enter sends people to the address that Zoom gave. A one-time meeting is looked for when its host enters;
// parlor.ErrNotFound: it was deleted at Zoom. Nobody is kept out because Zoom does not answer.
func (r rooms) Enter(ctx context.Context, s parlor.Session, _ parlor.Person) (*url.URL, error) {
	if s.Address == "" {
		return nil, fmt.Errorf("enter zoom: the room has no address: %w", parlor.ErrRoomUnavailable)
	}
	if s.Host && s.Ref != "" {
		var found meeting
		if err := r.call(ctx, http.MethodGet, "/meetings/"+url.PathEscape(s.Ref), nil, &found); errors.Is(err, parlor.ErrNotFound) {
			return nil, fmt.Errorf("look for zoom meeting: %w", err)
		}
	}
	to, err := joinable(s.Address)
	if err != nil {
		return nil, fmt.Errorf("enter zoom: %w", err)
	}
	return to, nil
}
