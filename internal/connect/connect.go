// Package connect is how a person signs in with a service and how Parlor then speaks to it in their name: OpenID Connect,
// tokens refreshed once however many want it, the pace kept. It knows no calendar and no HTTP route of ours.
//
// Start reading at Connector.
package connect

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// How long a provider may take to answer us.
const providerTimeout = 15 * time.Second

// Connector signs people in and opens their calendars and rooms. It is safe for use by many goroutines.
type Connector struct {
	st        *store.Store
	origin    string
	allowed   Domains
	services  []parlor.Service
	rooms     parlor.Service
	now       func() time.Time
	http      *http.Client // to identity providers
	wire      http.RoundTripper
	providers map[parlor.Kind]*provider
	died      func(context.Context, parlor.AccountID, parlor.Kind) // nil: nobody is told
}

// New makes a Connector; nothing is contacted before somebody signs in. rooms is the service in which meetings take
// place, origin where browsers reach us.
func New(st *store.Store, origin string, allowed Domains, services []parlor.Service, rooms parlor.Service, now func() time.Time) *Connector {
	wire := http.DefaultTransport.(*http.Transport).Clone()
	wire.MaxIdleConnsPerHost = 32
	c := &Connector{
		st: st, origin: strings.TrimSuffix(origin, "/"), allowed: allowed, services: services, rooms: rooms, now: now,
		http: &http.Client{Transport: wire, Timeout: providerTimeout}, wire: wire, providers: map[parlor.Kind]*provider{},
	}
	for _, s := range c.All() {
		if s.OAuth != nil && s.OAuth.Plain == nil {
			c.providers[s.Kind] = newProvider(s.OAuth, c.http)
		}
	}
	return c
}

// Close lets go of idle connections; nothing may be under way.
func (c *Connector) Close() {
	c.http.CloseIdleConnections()
	for _, s := range c.All() {
		if s.Password != nil {
			(&http.Client{Transport: s.Password.Wire}).CloseIdleConnections()
		}
	}
}

// Services are the services that people can sign in with or connect.
func (c *Connector) Services() []parlor.Service { return c.services }

// Video is the service in which meetings take place.
func (c *Connector) Video() parlor.Service { return c.rooms }

// Mails says whether a service mails the guests of an event whenever its text or place change.
func (c *Connector) Mails(k parlor.Kind) bool {
	s, err := c.service(k)
	return err == nil && s.Mails
}

// Pushes says whether a service can tell us of changes by itself.
func (c *Connector) Pushes(k parlor.Kind) bool {
	s, err := c.service(k)
	return err == nil && s.Hear != nil
}

// SignsIn says whether people can sign in with a service, and whether it does more for them than that.
func (c *Connector) SignsIn(k parlor.Kind) (signs, more bool) {
	s, err := c.service(k)
	return err == nil && s.OAuth != nil && len(s.OAuth.SignIn) > 0, s.HasCalendars() || s.Rooms != nil
}

// Name is what people call a service.
func (c *Connector) Name(k parlor.Kind) string {
	s, err := c.service(k)
	if err != nil || s.Name == "" {
		return string(k)
	}
	return s.Name
}

// Hear reads a push of a service; parlor.ErrNotFound when we know no such service.
func (c *Connector) Hear(k parlor.Kind, h http.Header, q url.Values, body []byte) (parlor.Heard, error) {
	s, err := c.service(k)
	if err != nil {
		return parlor.Heard{}, err
	}
	if s.Hear == nil {
		return parlor.Heard{}, fmt.Errorf("hear %s: %w", k, parlor.ErrNotFound)
	}
	return s.Hear(h, q, body)
}

// Calendar opens an account's calendars at a service. parlor.ErrRevoked: the person has to sign in again; parlor.ErrScope:
// they left the calendar permission out; parlor.ErrNotFound: not connected; parlor.ErrDisabled.
func (c *Connector) Calendar(ctx context.Context, id parlor.AccountID, k parlor.Kind) (parlor.Calendar, error) {
	s, err := c.service(k)
	if err != nil {
		return nil, err
	}
	if !s.HasCalendars() {
		return nil, fmt.Errorf("open calendar at %s: %w", k, parlor.ErrNotFound)
	}
	if err := c.usable(ctx, id, k); err != nil {
		return nil, fmt.Errorf("open calendar: %w", err)
	}
	if s.Password != nil {
		return c.byPassword(ctx, id, s)
	}
	return s.Calendar(c.client(id, s))
}

// Rooms opens where an account's meetings take place. Errors are those of Calendar.
func (c *Connector) Rooms(ctx context.Context, id parlor.AccountID) (parlor.Rooms, error) {
	if c.rooms.Rooms == nil {
		return nil, fmt.Errorf("open rooms at %s: %w", c.rooms.Kind, parlor.ErrNotFound)
	}
	if c.rooms.OAuth == nil {
		return c.rooms.Rooms(c.http)
	}
	if err := c.usable(ctx, id, c.rooms.Kind); err != nil {
		return nil, fmt.Errorf("open rooms: %w", err)
	}
	return c.rooms.Rooms(c.client(id, c.rooms))
}

// usable says whether an account's connection to a service is in order.
func (c *Connector) usable(ctx context.Context, id parlor.AccountID, k parlor.Kind) error {
	a, err := c.st.Account(ctx, id)
	if err != nil {
		return err
	}
	conn, ok := a.Connection(k)
	switch {
	case a.Disabled:
		return parlor.ErrDisabled
	case !ok, conn.State == parlor.SignInOnly:
		return fmt.Errorf("%s is not connected: %w", k, parlor.ErrNotFound)
	case conn.State == parlor.ReconnectNeeded:
		return parlor.ErrRevoked
	case conn.State == parlor.ScopeMissing:
		return parlor.ErrScope
	}
	return nil
}

// All are the services, the video system last.
func (c *Connector) All() []parlor.Service { return append(slices.Clone(c.services), c.rooms) }

func (c *Connector) service(k parlor.Kind) (parlor.Service, error) {
	for _, s := range c.All() {
		if s.Kind == k {
			return s, nil
		}
	}
	return parlor.Service{}, fmt.Errorf("service %q: %w", k, parlor.ErrNotFound)
}
