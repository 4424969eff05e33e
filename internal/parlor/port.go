package parlor

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// Calendar is one person's calendars at one service, already authorised. Adapters hold no policy and do no retries.
// The suite in parlortest says in code what each method must do.
type Calendar interface {
	// Calendars lists the calendars that the person can see.
	Calendars(ctx context.Context) ([]CalendarInfo, error)
	// Changes calls page with what changed since the cursor, page by page, in no particular order, and returns the
	// cursor of the end. ErrCursorGone: start again with the empty cursor. A list that breaks off is an error, never a
	// short list. An error from page stops it and is returned.
	Changes(ctx context.Context, cal CalendarID, since Cursor, page func([]Event) error) (Cursor, error)
	// Event reads one event; ErrNotFound when it is gone.
	Event(ctx context.Context, ref EventRef) (Event, error)
	// Create makes an event once for each Draft.Key: the same key again returns the event made before.
	Create(ctx context.Context, cal CalendarID, d Draft) (Event, error)
	// Patch changes an event if it still has the etag; ErrConflict when it moved on. It mails no guest where the
	// service lets us choose.
	Patch(ctx context.Context, ref EventRef, etag string, p Patch) error
	// Watch asks for pushes; Unwatch ends them, and ending one that is gone is no error. ErrInvalid: the service has none.
	Watch(ctx context.Context, cal CalendarID, h Hook) (Watch, error)
	Unwatch(ctx context.Context, w Watch) error
}

// Rooms is where meetings take place.
type Rooms interface {
	// Room says what the video system knows of the person's own room; an empty PMI means that Parlor draws it.
	// ErrRoomUnavailable: switched off or locked by an administrator.
	Room(ctx context.Context) (Room, error)
	// OneTime prepares a room for one meeting; an empty Address means that its session is enough (Service.Prepares).
	OneTime(ctx context.Context, d Draft) (Room, error)
	// Enter returns the absolute address to which the door sends one admitted person.
	Enter(ctx context.Context, s Session, p Person) (*url.URL, error)
}

// Session is one sitting in a room, as the video system needs to know it.
type Session struct {
	Name         string    // unguessable, not derived from any number people see; 26 characters of a-z and 2-7
	PMI          string    // of the host's room
	PersonalLink string    // of the host's room, "" if none
	Number       string    // of the meeting, "" for the bare room
	Topic        string    // "" for the bare room
	Ends         time.Time // when its door closes for good, the overrun included; zero when open-ended
	Owner        Person    // whose room it is
	Host         bool      // the person entering is the owner
	OneTime      bool      // it is not in the owner's room
	Address      string    // the video system's own of the room or the one-time meeting (Room.Address), "" if there is none
	Ref          string    // the video system's id of the one-time meeting (Room.Ref), "" otherwise
}

// Service is what an integration exports: a struct of what it can do. A nil field means that it cannot.
type Service struct {
	Kind     Kind
	Name     string // as people know it: "Google"
	OAuth    *OAuth
	Password *Password                            // in the place of OAuth, API and Calendar
	API      string                               // base URL; a person's token is sent to its scheme and host and nowhere else
	Calendar func(*http.Client) (Calendar, error) // the client carries the person's token and keeps the pace
	Rooms    func(*http.Client) (Rooms, error)
	Hear     func(h http.Header, q url.Values, body []byte) (Heard, error) // parses a push; pure
	Gate     *Gate                                                         // how it asks whether a session may begin; nil: it does not ask
	Answers  func(ctx context.Context) error                               // an error when the video system does not answer; nil: it cannot be asked
	Pace     Pace
	Beyond   []Reason // what the door decides and this video system does not hold to, for the host
	Owns     bool     // it knows each person's room: number and link are its own, and ours follow (Rooms.Room)
	Prepares bool     // a one-time meeting has to be made there before anybody can enter it (Rooms.OneTime)
	Mails    bool     // it mails the guests of an event whenever text or place change, and cannot be told not to
}

// OAuth is how a person signs in with a service (OpenID Connect discovery below Issuer).
type OAuth struct {
	Issuer       string
	ClientID     string
	ClientSecret string
	SignIn       []string          // scopes that say who it is
	Calendar     []string          // scopes that the calendar needs; compared with what was granted
	Params       map[string]string // further parameters of the authorization request
	// Offered are scopes that are asked for where the provider's document names them in scopes_supported: a provider may
	// refuse a sign-in with a scope that it does not know.
	Offered []string
	// UserInfo has what an id_token leaves out read at the userinfo endpoint (OpenID Connect Core 1.0, section 5.3).
	UserInfo bool
	// Tenants are the only organisations whose people may sign in, by their ids; nil: whoever has a verified address of an
	// allowed domain may. With tenants, Issuer holds {tenant} in the place of the id.
	Tenants []string
	// Plain is set for a service that speaks OAuth 2.0 and gives no id_token; Issuer is empty then.
	Plain *PlainOAuth
	// Identify reads who an id_token speaks of, from its verified claims; nil: the standard claims of OpenID Connect.
	Identify func(claims map[string]any) (Identity, error)
}

// PlainOAuth is a service that speaks OAuth 2.0 alone (RFC 6749): its addresses, and how it is asked whom a token speaks
// of.
type PlainOAuth struct {
	AuthURL, TokenURL string
	RevokeURL         string                                                      // takes access tokens (RFC 7009), "" where there is none
	Who               func(ctx context.Context, c *http.Client) (Identity, error) // the client carries the token
}

// Pace is how many requests a service documents as its quota.
type Pace struct {
	PerAccount Rate
	PerProject Rate
	PerDay     int // requests a day for the whole installation; 0: none stated
	AtOnce     int // requests of one account in flight at a time, over all workers; 0: none stated
}

// Rate is so many requests in a stretch of time; the zero Rate is no limit.
type Rate struct {
	Requests int
	Per      time.Duration
}

// Gate is how a video system asks us whether a session may begin, and until when. All of it is pure.
type Gate struct {
	Trusts  func(h http.Header) bool                                       // the request comes from the video system
	Reads   func(form url.Values) (Asking, error)                          // which session is meant; ErrInvalid
	Grants  func(a Asking, left time.Duration) (status int, answer []byte) // it may begin, and last so long
	Refuses func(why string) (status int, answer []byte)                   // it may not; the sentence is for people
}

// Asking is a video system's question whether a session may begin.
type Asking struct {
	Session string    // Session.Name
	Name    string    // the same, as the video system wrote it
	Begins  time.Time // by the clock of the video system
	Owner   string    // who asks, as the video system names them
}

// Sitting is a session that the door has let somebody into.
type Sitting struct {
	Account AccountID `json:"account"`
	Number  string    `json:"number,omitempty"`  // of the meeting, "" for the bare room
	Until   time.Time `json:"until"`             // when it has to end; zero: open-ended
	Address string    `json:"address,omitempty"` // of a one-time meeting that was made at the video system
	Ref     string    `json:"ref,omitempty"`     // its id there
	Ended   bool      `json:"ended,omitempty"`   // by the host; the next one has another name
}

// Heard is what a push said.
type Heard struct {
	Reply     []byte // to be sent back as it is (Graph's validation token), nil for an empty answer
	ReplyType string // media type of Reply, "" for plain text
	Pings     []Ping
	People    []string // subjects at the service whose own room may have changed
	Once      string   // names this message among those of the last minutes, where a repeat is not to count; "" otherwise
}

// Ping names the watch that a push speaks for, with the secret that must match.
type Ping struct {
	Watch  string
	Secret string
	Number int64 // rises with each message of a channel; 0 when the service does not number
	Renew  bool  // the channel has ended, or ends unless a new one takes over
}

// The errors that adapters turn vendor answers into. Everything else is a fault to be tried again later.
var (
	ErrNotFound        = errors.New("not found")
	ErrConflict        = errors.New("changed meanwhile")
	ErrCursorGone      = errors.New("cursor gone")
	ErrRevoked         = errors.New("grant revoked")          // invalid_grant, or 401 with a fresh token
	ErrForbidden       = errors.New("not allowed")            // permanent for this event or calendar
	ErrScope           = errors.New("permission not granted") // the person unticked a scope
	ErrInvalid         = errors.New("refused as invalid")     // permanent: our request is wrong
	ErrNoMailbox       = errors.New("mailbox not supported")  // with ErrForbidden: on-premises, inactive or without a licence
	ErrRoomUnavailable = errors.New("room unavailable")
	ErrBusy            = errors.New("busy")           // another worker has the lease
	ErrStale           = errors.New("stale revision") // compare-and-set lost
	ErrTaken           = errors.New("already taken")
	ErrDisabled        = errors.New("account disabled by an administrator")
)

// RefusedError says why an event that the person asked about is left as it is.
type RefusedError struct{ Why Reason }

// Error is the reason's sentence.
func (e *RefusedError) Error() string { return e.Why.Text }

// ThrottledError says that the service wants us to wait.
type ThrottledError struct {
	After  time.Duration // how long; 0 when the service did not say
	Reason string        // the service's own word: rateLimitExceeded, quotaExceeded …
}

// Error says how long to wait.
func (e *ThrottledError) Error() string {
	return fmt.Sprintf("throttled (%s), wait %s", e.Reason, e.After)
}
