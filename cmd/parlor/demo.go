package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"time"

	"github.com/alicebob/miniredis/v2"

	"parlor/integrations/caldav"
	"parlor/internal/api"
	"parlor/internal/connect"
	"parlor/internal/fake/graph"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

const demoText = `Parlor demo. Everything runs in this one process, on this machine only, and is gone when it ends.

  Portal:                      %s/
  Google Calendar (stand-in):  %s/
  Outlook (stand-in):          %s/
  %-29s%s/
  Mail (stand-in):             %s/

Two minutes to try:
  1. Open the Portal and choose “Sign in with Google”. Be Ada Lovelace. Allow the calendar.
  2. Settings: tick “Use Personal Meeting ID”, then Save Changes.
  3. Open the Google Calendar stand-in as Ada. Add an event with #meet in its title and save it.
     Reload: the join link of her room is in the event, in its location and below her text.
  4. Add a second #meet event at the same time. It gets a one-time number, and Meetings says why.
  5. Open a join link of today as a guest would, in another browser or a private window: give a name, and wait.
     Open it in the first browser, as Ada: “Start meeting”, and let the guest in. Links of other days say when they open.
  6. Delete the link from the event's text and location, save, and reload: it stays out. Activity says what was done and why.

And two for Outlook:
  1. Portal, Calendars: “Connect Microsoft”, as Ada again.
  2. Open the Outlook stand-in as Ada, begin a new event, and press “Add a Parlor meeting”. Sign in and allow it, once.
     The link of her room stands in the event. Save it: Parlor leaves it as it is.
  3. “Schedule a meeting” opens the options beside the event: what will be inserted, and why.

And without any calendar: sign in with Example ID, as Grace Hopper. Room, door and Start are hers all the same.

%sCtrl-C ends it.
`

const demoZoom = `And with Zoom behind the door: in the Portal, connect Zoom as Ada. Her room has Zoom's number then. Change it on the page of
the Zoom stand-in, and her coming events follow.

`

// demo runs the product against stand-ins for everything outside, all on loopback.
func demo(ctx context.Context, args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	addr := flags.String("addr", "127.0.0.1:8080", "where the portal listens; loopback only")
	rooms := flags.String("rooms", "jitsi", "the video system behind the door: jitsi, zoom or link")
	verbose := flags.Bool("v", false, "log every request and pass")
	if err := readFlags(flags, args, stdout); err != nil {
		return err
	}
	if host, _, err := net.SplitHostPort(*addr); err != nil || !loopback(host) {
		return fmt.Errorf("--addr is %q; the demo listens on loopback only, like 127.0.0.1:8080", *addr)
	}
	kind := parlor.Kind(*rooms)
	if _, ok := (standIns{}).videos()[kind]; !ok {
		return fmt.Errorf("--rooms is %q; it must be jitsi, zoom or link", *rooms)
	}
	setLog(false, logTo(*verbose, stdout))
	d, err := startDemo(*addr, kind, time.Now)
	if err != nil {
		return err
	}
	defer d.stop()
	v := d.videos()[kind]
	fmt.Fprintf(stdout, demoText, d.portal, d.google, d.outlook, v.name+" (stand-in):", v.address, d.inbox, v.text)
	<-ctx.Done()
	fmt.Fprintln(stdout, "\nThe demo has ended; its data is gone.")
	return nil
}

func logTo(verbose bool, w io.Writer) io.Writer {
	if verbose {
		return w
	}
	return io.Discard
}

// demoRun is a demo under way.
type demoRun struct {
	standIns
	portal string
	cfg    config
	app    *app
	stops  []func()
}

func (d *demoRun) stop() {
	for _, stop := range slices.Backward(d.stops) {
		stop()
	}
	d.stops = nil
}

func (d *demoRun) later(stop func()) { d.stops = append(d.stops, stop) }

func startDemo(addr string, rooms parlor.Kind, now func() time.Time) (*demoRun, error) {
	d := &demoRun{}
	redisAddr, err := d.redis()
	if err == nil {
		err = d.open(addr, redisAddr, now, func(c *config) { c.rooms = d.videos()[rooms].config })
	}
	if err != nil {
		d.stop()
		return nil, err
	}
	return d, nil
}

// open starts the stand-ins and the product on them. What it started ends with stop, also when it fails.
func (d *demoRun) open(addr, redisAddr string, now func() time.Time, changes ...func(*config)) error {
	l, err := portalListener(addr)
	if err != nil {
		return err
	}
	d.portal = "http://" + l.Addr().String()
	if err := d.begin(now); err != nil {
		_ = l.Close()
		return err
	}
	if d.cfg, err = d.config(redisAddr); err != nil {
		return err
	}
	for _, change := range changes {
		change(&d.cfg)
	}
	if d.app, err = build(d.cfg, now); err != nil {
		return err
	}
	d.later(func() { d.app.store.Close() })
	stop, err := d.app.line.Start()
	if err != nil {
		return fmt.Errorf("start queue: %w", err)
	}
	d.later(stop)
	d.later(serveOn(l, d.app.handler, d.app.door.Close))
	return nil
}

// portalListener takes the address, or a free port when it is in use.
func portalListener(addr string) (net.Listener, error) {
	lc := new(net.ListenConfig)
	l, err := lc.Listen(context.Background(), "tcp", addr)
	if err == nil {
		return l, nil
	}
	slog.Warn("address is in use; taking a free one", "addr", addr)
	host, _, _ := net.SplitHostPort(addr)
	if l, err = lc.Listen(context.Background(), "tcp", net.JoinHostPort(host, "0")); err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	return l, nil
}

// redis starts a Redis in memory. It does not let keys expire by itself, so a ticker moves its clock.
func (d *demoRun) redis() (string, error) {
	mr, err := miniredis.Run()
	if err != nil {
		return "", fmt.Errorf("start redis in memory: %w", err)
	}
	d.later(mr.Close)
	const tick = 100 * time.Millisecond
	ticker, done := time.NewTicker(tick), make(chan struct{})
	go func() {
		for {
			select {
			case <-ticker.C:
				mr.FastForward(tick)
			case <-done:
				return
			}
		}
	}()
	d.later(func() { ticker.Stop(); close(done) })
	return "redis://" + mr.Addr(), nil
}

func (d *demoRun) config(redisAddr string) (config, error) {
	keys, err := store.NewKeyset()
	if err != nil {
		return config{}, fmt.Errorf("make keyset: %w", err)
	}
	portal, err := url.Parse(d.portal)
	if err != nil {
		return config{}, fmt.Errorf("read address: %w", err)
	}
	return config{
		publicURL: portal, redisURL: redisAddr, keyset: keys,
		allowedDomains: []string{"example.com"}, admins: []string{"ada@example.com"}, push: true, pollEvery: 15 * time.Minute,
		google:           oauthConfig{demoClient, demoSecret, d.google, d.google + "/calendar/v3/"},
		microsoft:        oauthConfig{demoClient, demoSecret, d.microsoft + "/{tenant}/v2.0", d.microsoft + "/v1.0"},
		microsoftTenants: []string{graph.DefaultTenant}, officeJS: d.outlook + "/office.js",
		oidc:      connect.Generic{Issuer: d.people.Issuer(), ClientID: demoClient, ClientSecret: demoSecret, Name: "Example ID"},
		smtpURL:   d.smtp,
		caldav:    caldavConfig{on: true, private: caldav.Private{All: true}},
		extension: extensionConfig{pages: []string{d.google}},
		rooms:     d.videos()[parlor.KindJitsi].config, limits: api.DefaultLimits(),
	}, nil
}
