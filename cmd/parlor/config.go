package main

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"parlor/integrations/caldav"
	"parlor/integrations/link"
	"parlor/integrations/zoom"
	"parlor/internal/api"
	"parlor/internal/connect"
	"parlor/internal/mail"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/web/outlook"
	"parlor/manifests"
)

// config is the environment, read and checked. README.md describes each name.
type config struct {
	addr, metricsAddr string
	publicURL         *url.URL
	redisURL          string
	keyset            []byte
	allowedDomains    []string
	admins            []string
	trustedProxies    []string
	push              bool
	pollEvery         time.Duration
	logJSON           bool
	google            oauthConfig
	microsoft         oauthConfig
	microsoftTenants  []string
	oidc              connect.Generic
	smtpURL           string // "": no mail is sent
	caldav            caldavConfig
	rooms             roomsConfig
	officeJS          string
	extension         extensionConfig
	limits            api.Limits // not set by the environment
}

// origin is the public address without a slash at its end, as it stands in every link.
func (c config) origin() string { return strings.TrimSuffix(c.publicURL.String(), "/") }

// extensionConfig is how the browser extension is distributed.
type extensionConfig struct {
	key   string   // Chrome's
	ids   []string // that stores gave
	pages []string // calendar pages besides Google's; not set by the environment
}

// caldavConfig is whether people may connect calendars by CalDAV, and where those may be.
type caldavConfig struct {
	on      bool
	private caldav.Private
}

// roomsConfig is where meetings take place.
type roomsConfig struct {
	system                                                 parlor.Kind
	jitsiURL, jitsiAppID, jitsiAppSecret, jitsiReservation string
	template                                               string
	zoom                                                   zoomConfig
}

// zoomConfig is how this installation is registered at the Zoom App Marketplace.
type zoomConfig struct {
	clientID, clientSecret, webhookSecret, apiURL, authURL string
	direct                                                 bool // invitations carry Zoom's own link, too
}

// oauthConfig is how this installation is registered with a service; without a client id it is not.
type oauthConfig struct{ clientID, clientSecret, issuer, apiURL string }

// readConfig reads the environment; the error holds every problem.
func readConfig(lookup func(string) (string, bool)) (config, error) {
	e := &environment{lookup: lookup}
	c := config{
		limits:         api.DefaultLimits(),
		addr:           e.text("PARLOR_ADDR", ":8080"),
		metricsAddr:    e.text("PARLOR_METRICS_ADDR", ""),
		redisURL:       e.required("PARLOR_REDIS_URL", "the address of Redis, like redis://127.0.0.1:6379/0"),
		keyset:         []byte(e.required("PARLOR_KEYSET", "make one with “parlor keyset”, and keep it: without it nobody's calendar can be read any more")),
		allowedDomains: e.list("PARLOR_ALLOWED_DOMAINS"),
		admins:         e.admins(),
		trustedProxies: e.list("PARLOR_TRUSTED_PROXIES"),
		push:           e.oneOf("PARLOR_SYNC", "push", "push", "poll") == "push",
		logJSON:        e.oneOf("PARLOR_LOG", "text", "text", "json") == "json",
	}
	c.publicURL = e.publicURL()
	if len(c.allowedDomains) == 0 {
		e.fault("PARLOR_ALLOWED_DOMAINS", "is not set: the mail domains that may sign in, like example.com, or * for everyone")
	}
	e.sync(&c)
	e.signIns(&c)
	e.mail(&c)
	e.caldav(&c)
	e.rooms(&c)
	c.officeJS = e.text("PARLOR_OFFICE_JS_URL", outlook.DefaultOfficeJS)
	e.address("PARLOR_OFFICE_JS_URL", c.officeJS)
	c.extension = e.extension()
	e.proxies(c.trustedProxies)
	e.memory(c)
	e.listen("PARLOR_ADDR", c.addr)
	e.listen("PARLOR_METRICS_ADDR", c.metricsAddr)
	return c, errors.Join(e.problems...)
}

func (e *environment) publicURL() *url.URL {
	const what = "the address under which people reach this server, like https://rooms.example.com"
	u := e.address("PARLOR_PUBLIC_URL", e.required("PARLOR_PUBLIC_URL", what))
	if u != nil && strings.Trim(u.Path, "/") != "" {
		e.fault("PARLOR_PUBLIC_URL", "must have no path; give Parlor a host name of its own")
	}
	return u
}

// admins are addresses, or the ids of a Microsoft organisation and of a person there: an address there proves nothing.
func (e *environment) admins() []string {
	list := e.list("PARLOR_ADMINS")
	for _, one := range list {
		tenant, person, ids := strings.Cut(one, "/")
		isIDs := ids && len(tenant) == 36 && len(person) == 36 && uuid.Validate(tenant) == nil && uuid.Validate(person) == nil
		if at := strings.IndexByte(one, '@'); !isIDs && (ids || at < 1 || at == len(one)-1) {
			e.fault("PARLOR_ADMINS", "holds %q; each entry must be an address like ada@example.com, or for Microsoft the ids of organisation and person, with / between them", one)
		}
	}
	return list
}

// memory checks what leads to the memory, and contacts nothing.
func (e *environment) memory(c config) {
	if c.redisURL != "" {
		rdb, err := store.Dial(c.redisURL)
		if err != nil {
			e.fault("PARLOR_REDIS_URL", "cannot be used: %v", err)
		} else {
			_ = rdb.Close()
		}
	}
	if len(c.keyset) > 0 {
		if _, err := store.NewSealer(c.keyset); err != nil {
			e.fault("PARLOR_KEYSET", "cannot be used: %v; “parlor keyset” makes one", err)
		}
	}
}

func (e *environment) sync(c *config) {
	fallback := time.Minute
	if c.push {
		fallback = 15 * time.Minute
	}
	c.pollEvery = e.duration("PARLOR_POLL_EVERY", fallback, 5*time.Second)
}

// signIns reads the clients at the services that people sign in with, of which there is at least one.
func (e *environment) signIns(c *config) {
	microsoft := e.any("PARLOR_MICROSOFT_CLIENT_ID", "PARLOR_MICROSOFT_CLIENT_SECRET", "PARLOR_MICROSOFT_TENANTS")
	if microsoft {
		e.microsoft(c)
	}
	generic := e.any("PARLOR_OIDC_ISSUER", "PARLOR_OIDC_CLIENT_ID", "PARLOR_OIDC_CLIENT_SECRET")
	if generic {
		e.oidc(c)
	}
	if !microsoft && !generic || e.any("PARLOR_GOOGLE_CLIENT_ID", "PARLOR_GOOGLE_CLIENT_SECRET") {
		e.google(c)
	}
}

// mail reads where mail is handed to.
func (e *environment) mail(c *config) {
	c.smtpURL = e.text("PARLOR_SMTP_URL", "")
	if c.smtpURL == "" {
		return
	}
	if _, err := mail.Parse(c.smtpURL, time.Now); err != nil {
		e.fault("PARLOR_SMTP_URL", "is %v", err)
	}
}

// oidc reads the client at a provider that people only sign in with.
func (e *environment) oidc(c *config) {
	const how = "README.md tells how to register a client for sign-in"
	c.oidc = connect.Generic{
		Issuer:       e.required("PARLOR_OIDC_ISSUER", "the issuer as its discovery document states it; "+how),
		ClientID:     e.required("PARLOR_OIDC_CLIENT_ID", how),
		ClientSecret: e.required("PARLOR_OIDC_CLIENT_SECRET", how),
		Name:         e.text("PARLOR_OIDC_NAME", "your organisation"),
		TrustEmail:   e.oneOf("PARLOR_OIDC_TRUST_EMAIL", "off", "off", "on") == "on",
	}
	e.address("PARLOR_OIDC_ISSUER", c.oidc.Issuer)
}

func (e *environment) google(c *config) {
	const how = "README.md tells how to register the Google client, the Microsoft one, or any OpenID Connect provider; one of them is enough"
	c.google = oauthConfig{
		clientID:     e.required("PARLOR_GOOGLE_CLIENT_ID", how),
		clientSecret: e.required("PARLOR_GOOGLE_CLIENT_SECRET", how),
		issuer:       e.text("PARLOR_GOOGLE_ISSUER", "https://accounts.google.com"),
		apiURL:       e.text("PARLOR_GOOGLE_API_URL", "https://www.googleapis.com/calendar/v3/"),
	}
	e.address("PARLOR_GOOGLE_ISSUER", c.google.issuer)
	e.address("PARLOR_GOOGLE_API_URL", c.google.apiURL)
}

func (e *environment) microsoft(c *config) {
	const how = "README.md tells how to register the Microsoft client"
	c.microsoft = oauthConfig{
		clientID:     e.required("PARLOR_MICROSOFT_CLIENT_ID", how),
		clientSecret: e.required("PARLOR_MICROSOFT_CLIENT_SECRET", how),
		issuer:       e.text("PARLOR_MICROSOFT_ISSUER", "https://login.microsoftonline.com/{tenant}/v2.0"),
		apiURL:       e.text("PARLOR_MICROSOFT_API_URL", "https://graph.microsoft.com/v1.0"),
	}
	c.microsoftTenants = entries(e.required("PARLOR_MICROSOFT_TENANTS", "the ids of the organisations whose people may sign in; "+how))
	for _, tenant := range c.microsoftTenants {
		if uuid.Validate(tenant) != nil || len(tenant) != 36 {
			e.fault("PARLOR_MICROSOFT_TENANTS", "holds %q; each entry must be a tenant id like 72f988bf-86f1-41af-91ab-2d7cd011db47", tenant)
		}
	}
	if !strings.Contains(c.microsoft.issuer, "{tenant}") {
		e.fault("PARLOR_MICROSOFT_ISSUER", "is %q; it must hold {tenant} in the place of the tenant id", c.microsoft.issuer)
	}
	e.address("PARLOR_MICROSOFT_ISSUER", c.microsoft.issuer)
	e.address("PARLOR_MICROSOFT_API_URL", c.microsoft.apiURL)
}

func (e *environment) extension() extensionConfig {
	c := extensionConfig{key: e.text("PARLOR_EXTENSION_KEY", ""), ids: e.list("PARLOR_EXTENSION_IDS")}
	if c.key != "" {
		if _, err := manifests.ChromeID(c.key); err != nil {
			e.fault("PARLOR_EXTENSION_KEY", "%v; README.md tells how to make one", err)
		}
	}
	for _, id := range c.ids {
		if _, err := manifests.RedirectOrigin(id); err != nil {
			e.fault("PARLOR_EXTENSION_IDS", "holds an entry that is none: %v", err)
		}
	}
	return c
}

func (e *environment) caldav(c *config) {
	c.caldav.on = e.oneOf("PARLOR_CALDAV", "on", "on", "off") == "on"
	const name = "PARLOR_CALDAV_ALLOW_PRIVATE"
	switch list := e.list(name); {
	case len(list) == 0 || len(list) == 1 && slices.Contains([]string{"off", "false", "0", "no"}, list[0]):
	case len(list) == 1 && slices.Contains([]string{"on", "true", "1", "yes"}, list[0]):
		c.caldav.private.All = true
	default:
		for _, entry := range list {
			network, err := caldav.ParseNetwork(entry)
			if err != nil {
				e.fault(name, "holds %q; it must be on, off, or IP addresses and ranges like 10.1.0.0/16", entry)
				continue
			}
			c.caldav.private.Some = append(c.caldav.private.Some, network)
		}
	}
}

func (e *environment) rooms(c *config) {
	c.rooms.system = parlor.Kind(e.oneOf("PARLOR_ROOMS", "jitsi", "jitsi", "zoom", "link"))
	switch c.rooms.system {
	case parlor.KindZoom:
		e.zoom(c)
	case parlor.KindLink:
		e.template(c)
	default:
		e.jitsi(c)
	}
}

func (e *environment) jitsi(c *config) {
	what := "the address of the Jitsi server that meetings take place on, like https://meet.example.com"
	for _, other := range []struct{ system, name string }{{"zoom", "PARLOR_ZOOM_CLIENT_ID"}, {"link", "PARLOR_LINK_TEMPLATE"}} {
		if e.any(other.name) {
			what += "; " + other.name + " counts only with PARLOR_ROOMS=" + other.system
		}
	}
	c.rooms.jitsiURL = e.required("PARLOR_JITSI_URL", what)
	e.address("PARLOR_JITSI_URL", c.rooms.jitsiURL)
	c.rooms.jitsiAppID, c.rooms.jitsiAppSecret = e.text("PARLOR_JITSI_APP_ID", ""), e.text("PARLOR_JITSI_APP_SECRET", "")
	if (c.rooms.jitsiAppID == "") != (c.rooms.jitsiAppSecret == "") {
		e.fault("PARLOR_JITSI_APP_ID", "and PARLOR_JITSI_APP_SECRET go together: Prosody's app_id and app_secret")
	}
	c.rooms.jitsiReservation = e.text("PARLOR_JITSI_RESERVATION_SECRET", "")
	if secret := c.rooms.jitsiReservation; secret != "" && len(secret) < 16 {
		e.fault("PARLOR_JITSI_RESERVATION_SECRET", "is shorter than 16 characters; “openssl rand -hex 16” makes one")
	}
}

func (e *environment) zoom(c *config) {
	const how = "README.md tells how to register the Zoom app"
	z := &c.rooms.zoom
	z.clientID, z.clientSecret = e.required("PARLOR_ZOOM_CLIENT_ID", how), e.required("PARLOR_ZOOM_CLIENT_SECRET", how)
	z.webhookSecret = e.text("PARLOR_ZOOM_WEBHOOK_SECRET", "")
	z.apiURL, z.authURL = e.text("PARLOR_ZOOM_API_URL", zoom.APIURL), e.text("PARLOR_ZOOM_AUTH_URL", zoom.AuthURL)
	z.direct = e.oneOf("PARLOR_ZOOM_LINKS", "door", "door", "zoom") == "zoom"
	e.address("PARLOR_ZOOM_API_URL", z.apiURL)
	e.address("PARLOR_ZOOM_AUTH_URL", z.authURL)
}

func (e *environment) template(c *config) {
	const what = "where each person's room is, like https://meet.example.com/{session}"
	c.rooms.template = e.required("PARLOR_LINK_TEMPLATE", what)
	if c.rooms.template != "" {
		if _, err := link.Parse(c.rooms.template); err != nil {
			e.fault("PARLOR_LINK_TEMPLATE", "cannot be used: %v", err)
		}
	}
}
