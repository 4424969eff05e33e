package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/google"
	"parlor/internal/fake/graph"
	"parlor/internal/fake/jitsi"
	"parlor/internal/fake/oidc"
	"parlor/internal/fake/outlook"
)

const demoClient, demoSecret = "parlor-demo", "parlor-demo-secret"

// standIns is what stands outside the product, on loopback: where each listens, and what tests move.
type standIns struct {
	google, microsoft, outlook, oidc, jitsi string

	world *calendar.World // at Google
	fake  *google.Server
	other *calendar.World // at Microsoft
	graph *graph.Server

	people *oidc.Server // who can sign in without a calendar
}

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
	mail := outlook.New(d.other, outlook.Options{Now: now, ManifestURL: d.portal + "/downloads/outlook.xml"})
	lc := new(net.ListenConfig)
	for _, s := range []struct {
		at      *string
		handler http.Handler
	}{
		{&d.google, d.fake}, {&d.microsoft, d.graph}, {&d.outlook, mail}, {&d.oidc, d.people}, {&d.jitsi, jitsi.New()},
	} {
		l, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
		if err != nil {
			return fmt.Errorf("listen: %w", err)
		}
		*s.at = "http://" + l.Addr().String()
		d.later(serveOn(l, s.handler))
	}
	d.fake.SetOrigin(d.google)
	d.graph.SetOrigin(d.microsoft)
	d.people.SetOrigin(d.oidc)
	return nil
}

// demoPeople are who Example ID knows: one who has calendars elsewhere, and one who has none.
func demoPeople() []oidc.Person {
	return []oidc.Person{
		{Email: "ada@example.com", Name: "Ada Lovelace", Verified: new(true), Groups: []string{"staff", "engineering"}},
		{Email: "grace@example.com", Name: "Grace Hopper", Verified: new(true), Groups: []string{"staff"}},
	}
}
