package outlook

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"

	"parlor/internal/fake/stage"
)

// manifestMost is the largest manifest Outlook takes, in bytes
// (https://learn.microsoft.com/office/dev/add-ins/outlook/limits-for-activation-and-javascript-api-for-outlook-add-ins).
const manifestMost = 256 << 10

// addin is an installed add-in, as its manifest describes it.
type addin struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Commands  []button `json:"commands"`  // on the ribbon of an appointment that one organises
	Mobile    []button `json:"mobile"`    // the same on a phone
	Functions string   `json:"functions"` // address of the page with the functions of the ribbon
	Handlers  string   `json:"handlers"`  // address of the page with the functions of events
	Events    []launch `json:"events"`
	Shared    bool     `json:"shared"`  // works in shared calendars
	Problem   string   `json:"problem"` // why there is none
	Origins   []string `json:"origins"` // of its pages and pictures
}

// button is one command of the add-in.
type button struct {
	ID          string `json:"id"`
	Label       string `json:"label"`
	Description string `json:"description"`
	Icon        string `json:"icon"`
	Pane        string `json:"pane"`     // address of the task pane it opens, or
	Function    string `json:"function"` // name of the function it runs
}

// launch is an event that starts a function of the add-in.
type launch struct {
	Type     string `json:"type"`
	Function string `json:"function"`
}

func (a addin) empty() bool { return a.ID == "" && a.Problem == "" }

// install reads the manifest; what is wrong with it stands in the answer's Problem.
func (s *Server) install(ctx context.Context) addin {
	if s.opt.ManifestURL == "" {
		return addin{Problem: "No add-in is installed."}
	}
	text, err := s.fetch(ctx)
	if err != nil {
		return addin{Problem: "The add-in’s manifest could not be read: " + err.Error() + "."}
	}
	a, err := parseManifest(text)
	if err != nil {
		return addin{Problem: "The add-in’s manifest is not valid: " + err.Error() + "."}
	}
	return a
}

func (s *Server) fetch(ctx context.Context) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.opt.ManifestURL, http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("read manifest address: %w", err)
	}
	res, err := s.opt.Client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("fetch manifest: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("fetch manifest: status %d", res.StatusCode)
	}
	text, err := io.ReadAll(io.LimitReader(res.Body, manifestMost+1))
	if err == nil && len(text) > manifestMost {
		err = errors.New("it is larger than 256 KB")
	}
	return text, err
}

// parseManifest reads an add-in-only manifest: its newest VersionOverrides for mail.
func parseManifest(text []byte) (addin, error) {
	var app officeApp
	if err := xml.Unmarshal(text, &app); err != nil {
		return addin{}, fmt.Errorf("parse manifest: %w", err)
	}
	over := app.Overrides.newest()
	if app.XMLName.Local != "OfficeApp" || app.ID == "" || over == nil {
		return addin{}, errors.New("it has no Id or no VersionOverrides for mail")
	}
	a := addin{ID: app.ID, Name: app.DisplayName.Value, Shared: over.Desktop.Shared == "true"}
	res := over.Resources
	a.Functions = res.url(over.Desktop.FunctionFile.ID)
	a.Handlers = a.Functions
	for _, run := range over.Runtimes {
		a.Handlers = res.url(run.ID)
	}
	for _, point := range over.Desktop.Points {
		switch point.Type {
		case "AppointmentOrganizerCommandSurface":
			a.Commands = append(a.Commands, point.buttons(res)...)
		case "LaunchEvent":
			a.Events = append(a.Events, point.events()...)
			a.Handlers = stage.Or(res.url(point.Source.ID), a.Handlers)
		}
	}
	for _, point := range over.Mobile.Points {
		if point.Type == "MobileOnlineMeetingCommandSurface" {
			a.Mobile = append(a.Mobile, point.mobile(res)...)
		}
	}
	err := a.check()
	return a, err
}

// check refuses what Outlook would not install and lists the origins the page has to allow.
func (a *addin) check() error {
	if len(a.Commands) == 0 {
		return errors.New("it has no button for an appointment’s organiser")
	}
	addresses := []string{}
	for _, b := range slices.Concat(a.Commands, a.Mobile) {
		if b.Label == "" || b.Icon == "" {
			return fmt.Errorf("button %s lacks a label or an icon", b.ID)
		}
		address := stage.Or(b.Pane, a.Functions)
		if address == "" || b.Pane == "" && b.Function == "" {
			return fmt.Errorf("button %s does nothing", b.ID)
		}
		addresses = append(addresses, b.Icon, address)
	}
	if len(a.Events) > 0 {
		addresses = append(addresses, a.Handlers)
	}
	for _, address := range addresses {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return fmt.Errorf("%q is not an address", address)
		}
		if origin := u.Scheme + "://" + u.Host; !slices.Contains(a.Origins, origin) {
			a.Origins = append(a.Origins, origin)
		}
	}
	return nil
}
