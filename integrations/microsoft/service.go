// Package microsoft is the Outlook adapter: calendars and subscriptions of Microsoft Graph v1.0 behind the
// parlor.Calendar port, and what Entra's sign-in and Graph's pushes look like.
//
// It is the only importer of msgraph-sdk-go, and of its models, users and subscriptions alone. No policy, no retries, no
// storage and no HTTP serving live here.
//
// Start reading at New; every method of the port has a file of its own, errors.go is the one table of refusals.
package microsoft

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	kiota "github.com/microsoft/kiota-abstractions-go"
	"github.com/microsoftgraph/msgraph-sdk-go/subscriptions"
	"github.com/microsoftgraph/msgraph-sdk-go/users"

	"parlor/internal/parlor"
)

// Config is how this installation is registered with Microsoft Entra, and where Microsoft is.
type Config struct {
	ClientID     string
	ClientSecret string
	Issuer       string   // with {tenant} in it; "" for https://login.microsoftonline.com/{tenant}/v2.0
	Tenants      []string // ids of the organisations whose people may sign in
	APIURL       string   // base of Graph v1.0; "" for Microsoft's own, other national clouds have theirs
	AddinID      string   // the Outlook add-in's id, under which our stamp is kept
	Now          func() time.Time
}

const (
	issuer = "https://login.microsoftonline.com/{tenant}/v2.0"
	apiURL = "https://graph.microsoft.com/v1.0"
)

// New describes Microsoft as a service: sign-in, calendar and pushes. It asks for the least scopes: who it is, and the
// person's own calendars. What is shared with them needs Calendars.ReadWrite.Shared, which we do not ask for.
// Source: https://learn.microsoft.com/en-us/graph/permissions-reference
func New(cfg Config) parlor.Service {
	base := strings.TrimRight(orElse(cfg.APIURL, apiURL), "/")
	return parlor.Service{
		Kind: parlor.KindMicrosoft,
		Name: "Microsoft",
		OAuth: &parlor.OAuth{
			Issuer:       orElse(cfg.Issuer, issuer),
			ClientID:     cfg.ClientID,
			ClientSecret: cfg.ClientSecret,
			SignIn:       []string{"openid", "email", "profile", "offline_access"},
			Calendar:     []string{"Calendars.ReadWrite"},
			// Not "consent": where only administrators may consent, that question is a dead end.
			Params:   map[string]string{"prompt": "select_account"},
			Tenants:  cfg.Tenants,
			Identify: identify,
		},
		API:      base,
		Calendar: func(c *http.Client) (parlor.Calendar, error) { return open(c, base, cfg) },
		Hear:     Hear,
		Pace:     pace,
		Mails:    true,
	}
}

// pace is what Graph documents for Outlook, per mailbox and per application. Of the four requests that one mailbox may have
// in flight we take two, so that the person's own click finds room.
// Source: https://learn.microsoft.com/en-us/graph/throttling-limits#outlook-service-limits
var pace = parlor.Pace{
	PerAccount: parlor.Rate{Requests: 10_000, Per: 10 * time.Minute},
	PerProject: parlor.Rate{Requests: 2_000, Per: time.Second},
	AtOnce:     2,
}

// port is one person's calendars at Microsoft.
type port struct {
	me            *users.UserItemRequestBuilder
	subscriptions *subscriptions.SubscriptionsRequestBuilder
	base          *url.URL
	property      string // id of the extended property in which the add-in keeps its own
	now           func() time.Time
}

func open(c *http.Client, base string, cfg Config) (parlor.Calendar, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("open outlook calendar: %q is no address", base)
	}
	adapter, err := newAdapter(c, u)
	if err != nil {
		return nil, fmt.Errorf("open outlook calendar: %w", err)
	}
	return newPort(adapter, u, cfg), nil
}

// newPort does what the SDK's root package would do, which we leave out: it doubles the build.
func newPort(adapter kiota.RequestAdapter, base *url.URL, cfg Config) *port {
	me := map[string]string{"user%2Did": "me-token-to-replace"}
	return &port{
		me:            users.NewUserItemRequestBuilderInternal(me, adapter),
		subscriptions: subscriptions.NewSubscriptionsRequestBuilderInternal(map[string]string{}, adapter),
		base:          base,
		property:      "String {00020329-0000-0000-C000-000000000046} Name cecp-" + cfg.AddinID,
		now:           cfg.Now,
	}
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// val is what an optional field holds, the zero value when it is missing.
func val[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
