// Package grant is the rules of Parlor's OAuth 2.0 authorization server (RFC 6749, 7636, 7009, 9207): which apps there are,
// what they may ask, and when a code or a refresh token is taken. It shows no page and reads no request but its parameters.
//
// Start reading at Authority.
package grant

import (
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// Scope is the only one: to schedule for the person, by all of /v1.
const Scope = "schedule"

// Authority lets apps act for people who allow it. It is safe for use by many goroutines.
type Authority struct {
	st      *store.Store
	seal    *store.Sealer
	origin  string
	clients []Client
	now     func() time.Time
}

// Config is what the authority needs to know of the installation.
type Config struct {
	Origin     string   // public address without a slash at its end; also the issuer
	Extensions []string // redirect origins of the browser extensions, as https://<id>.chromiumapp.org
	Seal       *store.Sealer
	Now        func() time.Time
}

// New makes an authority.
func New(st *store.Store, cfg Config) *Authority {
	return &Authority{st: st, seal: cfg.Seal, origin: cfg.Origin, clients: clients(cfg.Origin, cfg.Extensions), now: cfg.Now}
}

// Device is where a request of an app came from.
type Device struct{ UserAgent, Address string }

// Granted is what an app is given: the account it may act for, and by what it goes on.
type Granted struct {
	Account parlor.AccountID
	Grant   string // id of the grant, which access tokens name as their device
	Refresh string // the next refresh token
}
