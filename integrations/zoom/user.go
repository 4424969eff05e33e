package zoom

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// user is what we read of a person. pmi is 0 or -1 where the room is switched off.
type user struct {
	ID          string
	AccountID   string `json:"account_id"`
	Email       string
	DisplayName string `json:"display_name"`
	FirstName   string `json:"first_name"`
	LastName    string `json:"last_name"`
	Verified    int
	PMI         int64
	RoomURL     string `json:"personal_meeting_url"`
	VanityURL   string `json:"vanity_url"`
}

// settings are what we read of a person's settings; what is missing is as it should be, because names differ between
// accounts.
type settings struct {
	Schedule struct {
		PersonalMeeting *bool `json:"personal_meeting"`
	} `json:"schedule_meeting"`
}

func (c caller) me(ctx context.Context) (u user, err error) {
	if err = c.call(ctx, http.MethodGet, "/users/me", nil, &u); err != nil {
		return u, fmt.Errorf("read zoom user: %w", err)
	}
	return u, nil
}

// who asks Zoom whom a token speaks of. Zoom gives no id_token to apps of this kind.
func who(api string, now func() time.Time) func(context.Context, *http.Client) (parlor.Identity, error) {
	return func(ctx context.Context, c *http.Client) (parlor.Identity, error) {
		u, err := caller{http: c, base: api, now: now}.me(ctx)
		if err != nil {
			return parlor.Identity{}, err
		}
		name := orElse(u.DisplayName, strings.TrimSpace(u.FirstName+" "+u.LastName))
		return parlor.Identity{
			Kind: parlor.KindZoom, Subject: u.ID, Tenant: u.AccountID, Email: u.Email, EmailVerified: u.Verified == 1, Name: name,
		}, nil
	}
}

// room is the person's own, as Zoom has it. The link is taken as it is given: its pwd is no passcode, and cannot be made.
func (u user) room() (parlor.Room, error) {
	if u.PMI <= 0 {
		return parlor.Room{Status: parlor.RoomUnavailable}, fmt.Errorf("zoom gives no personal meeting id: %w", parlor.ErrRoomUnavailable)
	}
	address, err := joinable(u.RoomURL)
	if err != nil {
		return parlor.Room{Status: parlor.RoomUnavailable}, err
	}
	r := parlor.Room{PMI: strconv.FormatInt(u.PMI, 10), Address: address.String(), Status: parlor.RoomReady}
	if vanity, err := url.Parse(u.VanityURL); err == nil && strings.HasPrefix(vanity.Path, "/my/") {
		r.PersonalLink = path.Base(vanity.Path)
	}
	return r, nil
}

// joinable checks that an address is one that a browser may be sent to, and carries no host's credential.
func joinable(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || u.User != nil || u.Query().Has("zak") {
		return nil, fmt.Errorf("zoom gives no link to join by: %w", parlor.ErrRoomUnavailable)
	}
	return u, nil
}
