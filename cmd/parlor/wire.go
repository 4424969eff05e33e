package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"parlor/integrations/caldav"
	"parlor/integrations/google"
	"parlor/integrations/jitsi"
	"parlor/integrations/link"
	"parlor/integrations/microsoft"
	"parlor/integrations/zoom"
	"parlor/internal/api"
	"parlor/internal/connect"
	"parlor/internal/desk"
	"parlor/internal/door"
	"parlor/internal/grant"
	"parlor/internal/jobs"
	"parlor/internal/mail"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/syncer"
	"parlor/internal/web"
	"parlor/internal/web/extension"
	"parlor/internal/web/look"
	"parlor/internal/web/outlook"
	"parlor/manifests"
)

// app is the product, put together and not yet running.
type app struct {
	store     *store.Store
	connector *connect.Connector
	syncer    *syncer.Syncer
	line      *jobs.Line
	mailer    *mail.Mailer // nil: no mail is sent
	door      *door.Door
	handler   http.Handler
}

// services are what people sign in with, and whose calendars Parlor is connected to. A new one is one more here.
func services(c config, now func() time.Time) []parlor.Service {
	var all []parlor.Service
	if c.google.clientID != "" {
		all = append(all, google.New(google.Config{
			ClientID: c.google.clientID, ClientSecret: c.google.clientSecret,
			Issuer: c.google.issuer, APIURL: c.google.apiURL,
		}))
	}
	if c.microsoft.clientID != "" {
		all = append(all, microsoft.New(microsoft.Config{
			ClientID: c.microsoft.clientID, ClientSecret: c.microsoft.clientSecret, Tenants: c.microsoftTenants,
			Issuer: c.microsoft.issuer, APIURL: c.microsoft.apiURL, AddinID: manifests.AddinID(c.origin()), Now: now,
		}))
	}
	if c.oidc.ClientID != "" {
		all = append(all, c.oidc.Service())
	}
	if c.caldav.on {
		all = append(all, caldav.New(caldav.Config{Origin: c.origin(), Private: c.caldav.private, Now: now}))
	}
	return all
}

// videoSystem is where meetings take place. A new one is one more here.
func videoSystem(c roomsConfig, now func() time.Time) parlor.Service {
	switch c.system {
	case parlor.KindZoom:
		return zoom.New(zoom.Config{
			ClientID: c.zoom.clientID, ClientSecret: c.zoom.clientSecret, WebhookSecret: c.zoom.webhookSecret,
			APIURL: c.zoom.apiURL, AuthURL: c.zoom.authURL, Direct: c.zoom.direct, Now: now,
		})
	case parlor.KindLink:
		return link.New(c.template)
	default:
		return jitsi.New(jitsi.Config{
			URL: c.jitsiURL, AppID: c.jitsiAppID, AppSecret: c.jitsiAppSecret, ReservationSecret: c.jitsiReservation, Now: now, HTTP: http.DefaultClient,
		})
	}
}

// build puts the product together, top to bottom. Nothing is contacted: an unreachable Redis or Google shows later.
func build(c config, now func() time.Time) (*app, error) {
	seal, err := store.NewSealer(c.keyset)
	if err != nil {
		return nil, fmt.Errorf("PARLOR_KEYSET: %w", err)
	}
	rdb, err := store.Dial(c.redisURL)
	if err != nil {
		return nil, fmt.Errorf("PARLOR_REDIS_URL: %w", err)
	}
	origin := c.origin()
	all := services(c, now)
	st := store.Open(rdb, seal, now)
	post, err := mailer(c, now)
	if err != nil {
		return nil, err
	}
	place := videoSystem(c.rooms, now)
	cn := connect.New(st, origin, c.allowedDomains, all, place, now)
	sy := syncer.New(st, cn, syncer.Config{Origin: origin, HookURL: hookURL(origin, c.push)}, now)
	line := jobs.New(st, sy, jobs.Config{
		Workers: workers, Push: c.push, PollEvery: c.pollEvery, Services: all, Video: place, Origin: origin, Mail: post,
	}, now)
	cn.OnDeath(line.TellReconnect)
	sync := desk.Sync{
		Nudge: line.Nudge, Resync: line.Resync, Connected: line.Connected, Room: line.NudgeRoom,
		SwitchedOff: sy.Unwatch, Ask: sy.Ask, Leave: line.Leave, Interval: line.Interval, Spread: line.Spread,
	}
	d := desk.New(st, cn, sync, origin, now).WithAdmins(c.admins)
	style, err := look.New()
	if err != nil {
		return nil, fmt.Errorf("prepare pages: %w", err)
	}
	addin, err := outlook.New(outlook.Config{Look: style, Origin: origin, OfficeJS: c.officeJS})
	if err != nil {
		return nil, fmt.Errorf("prepare Outlook add-in: %w", err)
	}
	browsers, err := extension.New(extension.Config{Origin: origin, Pages: c.extension.pages, Key: c.extension.key, IDs: c.extension.ids})
	if err != nil {
		return nil, fmt.Errorf("prepare browser extension: %w", err)
	}
	entrance := door.New(st, cn, door.Config{Look: style, Origin: origin, Now: now, Log: slog.Default(), Waits: line.TellWaiting})
	grants := grant.New(st, grant.Config{Origin: origin, Extensions: browsers.Redirects(), Seal: seal, Now: now})
	handler, err := api.New(api.Config{
		Origin: origin, Seal: seal, Sync: sync, Grants: grants, TrustedProxies: c.trustedProxies,
		Limits: c.limits, Log: slog.Default(), Now: now,
	}, d, cn, st, api.Pages{
		Portal: web.New(d, cn, web.Config{Look: style, Outlook: addin, Extension: browsers, Grants: grants, Domains: c.allowedDomains, Mails: post != nil, Now: now, Log: slog.Default()}),
		Door:   entrance,
	})
	if err != nil {
		return nil, fmt.Errorf("prepare requests: %w", err)
	}
	return &app{store: st, connector: cn, syncer: sy, line: line, mailer: post, door: entrance, handler: handler}, nil
}

// mailer is nil where no mail is sent.
func mailer(c config, now func() time.Time) (*mail.Mailer, error) {
	if c.smtpURL == "" {
		return nil, nil
	}
	m, err := mail.Parse(c.smtpURL, now)
	if err != nil {
		return nil, fmt.Errorf("PARLOR_SMTP_URL: %w", err)
	}
	return m, nil
}

// workers is how many passes run at a time. Most of a pass is waiting for the calendar's own pace.
const workers = 48

func hookURL(origin string, push bool) string {
	if !push {
		return ""
	}
	return origin + "/hooks/%s"
}
