package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/google"
	"parlor/internal/fake/graph"
	"parlor/internal/fake/jitsi"
	"parlor/internal/fake/oidc"
	"parlor/internal/fake/outlook"
	"parlor/internal/fake/post"
	"parlor/internal/fake/zoom"
	"parlor/internal/parlor"
)

const demoClient, demoSecret = "parlor-demo", "parlor-demo-secret"

// standIns is what stands outside the product, on loopback: where each listens, and what tests move.
type standIns struct {
	google, microsoft, outlook, oidc, jitsi, zoom, rooms, inbox string

	world *calendar.World // at Google
	fake  *google.Server
	other *calendar.World // at Microsoft
	graph *graph.Server

	post   *post.Server // takes mail
	smtp   string       // where
	people *oidc.Server // who can sign in without a calendar
	video  *zoom.Server
}

const demoHook = "parlor-demo-hook"

// begin starts the stand-ins, each calendar service with the same two people and their week. The portal's address must be
// known: Outlook reads the add-in's manifest there.
func (d *demoRun) begin(now func() time.Time) error {
	d.world, d.other = calendar.New(now), calendar.New(now)
	if err := errors.Join(calendar.Seed(d.world, now()), graph.Seed(d.other, now())); err != nil {
		return fmt.Errorf("seed the week: %w", err)
	}
	d.fake = google.New(d.world, google.Options{Now: now, ClientID: demoClient, ClientSecret: demoSecret, TokenLife: time.Hour})
	d.later(d.fake.Close)
	d.graph = graph.New(d.other, graph.Options{Now: now, ClientID: demoClient, ClientSecret: demoSecret})
	d.later(d.graph.Close)
	d.people = oidc.New(oidc.Options{
		Now: now, ClientID: demoClient, ClientSecret: demoSecret,
		Redirects: []string{d.portal + "/signin/oidc/callback", d.portal + "/connect/oidc/callback"},
	}, demoPeople()...)
	d.video = zoom.New(demoRooms(), zoom.Options{
		Now: now, ClientID: demoClient, ClientSecret: demoSecret, Redirects: []string{d.portal + "/connect/zoom/callback"},
		WebhookURL: d.portal + "/hooks/zoom", WebhookSecret: demoHook,
	})
	d.later(d.video.Close)
	mail := outlook.New(d.other, outlook.Options{Now: now, ManifestURL: d.portal + "/downloads/outlook.xml"})
	d.post = post.New(post.Options{})
	d.later(d.post.Close)
	lc := new(net.ListenConfig)
	for _, s := range []struct {
		at      *string
		handler http.Handler
	}{
		{&d.google, d.fake},
		{&d.microsoft, d.graph},
		{&d.outlook, mail},
		{&d.oidc, d.people},
		{&d.jitsi, jitsi.New()},
		{&d.zoom, d.video},
		{&d.rooms, jitsi.Named("video system")},
		{&d.inbox, d.post},
	} {
		l, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
		if err != nil {
			return fmt.Errorf("listen: %w", err)
		}
		*s.at = "http://" + l.Addr().String()
		d.later(serveOn(l, s.handler))
	}
	l, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	go func() {
		if err := d.post.Serve(l); err != nil {
			slog.Error("mail server ended", "error", err)
		}
	}()
	d.smtp = "smtp://" + l.Addr().String() + "?from=parlor@example.com"
	d.fake.SetOrigin(d.google)
	d.graph.SetOrigin(d.microsoft)
	d.people.SetOrigin(d.oidc)
	d.video.SetOrigin(d.zoom)
	return nil
}

// demoRooms are the same people at Zoom. Bob's room is switched off there.
func demoRooms() []zoom.Person {
	return []zoom.Person{
		{Email: "ada@example.com", Name: "Ada Lovelace", PMI: 2_468_135_790, Passcode: "Engine1", PersonalLink: "ada.lovelace", WaitingRoom: true},
		{Email: "bob@example.com", Name: "Bob Marsh", PMI: 3_579_246_801, Passcode: "Team1", Off: true},
	}
}

// videos are the video systems that the demo can have behind the door, each with where its stand-in is and what to try.
func (s standIns) videos() map[parlor.Kind]video {
	return map[parlor.Kind]video{
		parlor.KindJitsi: {"Jitsi", s.jitsi, roomsConfig{system: parlor.KindJitsi, jitsiURL: s.jitsi}, ""},
		parlor.KindLink: {"Video rooms", s.rooms, roomsConfig{
			system: parlor.KindLink, template: s.rooms + "/{session}?name={name}#topic={topic}",
		}, ""},
		parlor.KindZoom: {"Zoom", s.zoom, roomsConfig{system: parlor.KindZoom, zoom: zoomConfig{
			clientID: demoClient, clientSecret: demoSecret, webhookSecret: demoHook, apiURL: s.zoom + "/v2", authURL: s.zoom + "/oauth",
		}}, demoZoom},
	}
}

// video is one video system of the demo.
type video struct {
	name, address string
	config        roomsConfig
	text          string
}

// demoPeople are who Example ID knows: one who has calendars elsewhere, and one who has none.
func demoPeople() []oidc.Person {
	return []oidc.Person{
		{Email: "ada@example.com", Name: "Ada Lovelace", Verified: new(true), Groups: []string{"staff", "engineering"}},
		{Email: "grace@example.com", Name: "Grace Hopper", Verified: new(true), Groups: []string{"staff"}},
	}
}
