package parlor

import "time"

// AccountID names one person's account. It is opaque, 16 characters of a-z and 2-7, and never changes.
type AccountID string

// Kind names an outside service.
type Kind string

// The services that Parlor knows.
const (
	KindGoogle    Kind = "google"
	KindMicrosoft Kind = "microsoft"
	KindOIDC      Kind = "oidc"
	KindCalDAV    Kind = "caldav"
	KindZoom      Kind = "zoom"
	KindJitsi     Kind = "jitsi"
	KindLink      Kind = "link"
)

// Vouches says whether people sign in with a service, so that it answers for the address it tells of them. What others tell
// is what somebody typed there, and leads to nobody.
func (k Kind) Vouches() bool { return k == KindGoogle || k == KindMicrosoft || k == KindOIDC }

// Identity is who an identity provider says a person is (OpenID Connect Core 1.0, section 5.1).
type Identity struct {
	Kind          Kind   `json:"kind"`
	Subject       string `json:"subject"`          // stable at the provider, never shown
	Tenant        string `json:"tenant,omitempty"` // the organisation's id at the provider, "" where there are none
	Email         string `json:"email"`
	EmailVerified bool   `json:"email_verified"`
	Name          string `json:"name"`

	Groups []string `json:"groups,omitempty"` // as a generic provider names them; policy can be by group
}

// Account is one person who signed in.
type Account struct {
	ID          AccountID    `json:"id"`
	Name        string       `json:"name"`
	Email       string       `json:"email"`
	Zone        string       `json:"zone"` // IANA name, "" until a calendar told it
	Created     time.Time    `json:"created"`
	Groups      []string     `json:"groups,omitempty"`   // as at the last sign-in
	Disabled    bool         `json:"disabled,omitempty"` // by an administrator: no sign-in, no passes, the door closed
	Connections []Connection `json:"connections"`
}

// Connection is one outside service that an account is signed in with or connected to.
type Connection struct {
	Kind    Kind            `json:"kind"`
	Subject string          `json:"subject"`
	Email   string          `json:"email"`
	State   ConnectionState `json:"state"`
	Missing []string        `json:"missing,omitempty"` // scopes the person did not grant
}

// ConnectionState says whether a connection can be used.
type ConnectionState string

// The states of a connection.
const (
	Connected       ConnectionState = "ok"
	ReconnectNeeded ConnectionState = "reconnect"   // the grant died; jobs are stopped until the person signs in again
	ScopeMissing    ConnectionState = "scope"       // signed in, but without the calendar scope
	SignInOnly      ConnectionState = "signin"      // the person took the calendar away and signs in with the service all the same
	NoMailbox       ConnectionState = "unsupported" // signed in, but the mailbox is kept where we cannot reach it
)

// Connection returns the account's connection to a service.
func (a Account) Connection(k Kind) (Connection, bool) {
	for _, c := range a.Connections {
		if c.Kind == k {
			return c, true
		}
	}
	return Connection{}, false
}

// Serves says whether a service does more for the account than signing it in.
func (a Account) Serves(k Kind) bool {
	c, connected := a.Connection(k)
	return connected && c.State != SignInOnly
}
