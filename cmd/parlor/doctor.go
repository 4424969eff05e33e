package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// check is one thing that doctor looks at.
type check struct {
	what string
	look func(context.Context) (found string, err error)
}

// doctor checks the configuration and what it leads to, one line a check, and fails if one of them does.
func doctor(ctx context.Context, args []string, stdout io.Writer) error {
	if err := readFlags(flag.NewFlagSet("doctor", flag.ContinueOnError), args, stdout); err != nil {
		return err
	}
	cfg, err := readConfig(os.LookupEnv)
	if err != nil {
		for line := range strings.Lines(err.Error()) {
			fmt.Fprintf(stdout, "FAIL  configuration: %s\n", strings.TrimSpace(line))
		}
		return errors.New("the configuration has problems; the other checks need it")
	}
	a, err := build(cfg, time.Now)
	if err != nil {
		fmt.Fprintf(stdout, "FAIL  configuration: %v\n", err)
		return errors.New("the configuration has problems; the other checks need it")
	}
	defer a.store.Close()
	fmt.Fprintln(stdout, "ok    configuration")
	failed := 0
	for _, c := range checks(cfg, a) {
		ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
		found, err := c.look(ctx)
		cancel()
		if err != nil {
			failed++
			fmt.Fprintf(stdout, "FAIL  %s: %v\n", c.what, err)
			continue
		}
		fmt.Fprintf(stdout, "ok    %s: %s\n", c.what, found)
	}
	if failed > 0 {
		return fmt.Errorf("%d checks failed", failed)
	}
	return nil
}

func checks(cfg config, a *app) []check {
	list := []check{
		{"Redis and keyset", func(ctx context.Context) (string, error) {
			return "answers, and the keyset opens what is in it", a.store.Ready(ctx)
		}},
		{"Redis persistence", a.store.Persistence},
		{"Redis eviction", a.store.Eviction},
	}
	list = append(list, calendarChecks(cfg)...)
	if cfg.oidc.ClientID != "" {
		list = append(list, check{cfg.oidc.Name + " sign-in", func(ctx context.Context) (string, error) { return issuerText(ctx, cfg) }})
	}
	if a.mailer != nil {
		list = append(list, check{"mail server", a.mailer.Check})
	}
	return append(list,
		check{"video system", func(ctx context.Context) (string, error) { return videoText(ctx, cfg) }},
		check{"public address", func(ctx context.Context) (string, error) {
			found, err := reach(ctx, cfg.publicURL.JoinPath("healthz").String(), http.StatusOK)
			if err != nil {
				return "", fmt.Errorf("%w; start “parlor serve” and let this name lead to it", err)
			}
			return found, nil
		}},
		check{"calendar sync", func(ctx context.Context) (string, error) { return pollText(ctx, cfg, a) }},
	)
}

// calendarChecks ask the calendar services that are configured, without anybody's token: an API that says 401 is there.
func calendarChecks(cfg config) []check {
	var list []check
	add := func(name, calendar, issuer, probe string, kind parlor.Kind) {
		list = append(list, check{name + " sign-in", func(ctx context.Context) (string, error) {
			found, err := reach(ctx, discovery(issuer), http.StatusOK)
			return found + redirects(cfg, kind), err
		}}, check{calendar, func(ctx context.Context) (string, error) {
			return reach(ctx, probe, http.StatusUnauthorized, http.StatusForbidden)
		}})
	}
	if cfg.google.clientID != "" {
		add("Google", "Google Calendar", cfg.google.issuer, strings.TrimSuffix(cfg.google.apiURL, "/")+"/users/me/calendarList", parlor.KindGoogle)
	}
	if cfg.microsoft.clientID != "" {
		issuer := strings.ReplaceAll(cfg.microsoft.issuer, "{tenant}", cfg.microsoftTenants[0])
		add("Microsoft", "Microsoft Graph", issuer, strings.TrimSuffix(cfg.microsoft.apiURL, "/")+"/me/calendars", parlor.KindMicrosoft)
	}
	return list
}

func discovery(issuer string) string {
	return strings.TrimSuffix(issuer, "/") + "/.well-known/openid-configuration"
}

func redirects(cfg config, kind parlor.Kind) string {
	return "; redirect URIs to register: " + cfg.publicURL.JoinPath("signin", string(kind), "callback").String() +
		" and " + cfg.publicURL.JoinPath("connect", string(kind), "callback").String()
}

// issuerText sees to it that the provider calls itself as we call it: to the letter, slash at its end and all.
func issuerText(ctx context.Context, cfg config) (string, error) {
	var says struct {
		Issuer string `json:"issuer"`
	}
	if err := load(ctx, discovery(cfg.oidc.Issuer), &says); err != nil {
		return "", err
	}
	if says.Issuer != cfg.oidc.Issuer {
		return "", fmt.Errorf("it calls itself %q; set PARLOR_OIDC_ISSUER to exactly this", says.Issuer)
	}
	return says.Issuer + " answers" + redirects(cfg, parlor.KindOIDC), nil
}

func videoText(ctx context.Context, cfg config) (string, error) {
	switch cfg.rooms.system {
	case parlor.KindZoom:
		return zoomText(ctx, cfg)
	case parlor.KindLink:
		return "rooms are at " + cfg.rooms.template + "; nobody is asked whether they are there", nil
	}
	found, err := reach(ctx, cfg.rooms.jitsiURL, http.StatusOK)
	switch {
	case err != nil:
		return "", err
	case cfg.rooms.jitsiReservation != "":
		found += "; reservations_api_prefix of its Prosody: " + cfg.publicURL.JoinPath("hooks", "jitsi").String()
	}
	return found, nil
}

// zoomText asks Zoom without anybody's token: an API that says 401 is there.
func zoomText(ctx context.Context, cfg config) (string, error) {
	z := cfg.rooms.zoom
	found, err := reach(ctx, strings.TrimSuffix(z.apiURL, "/")+"/users/me", http.StatusUnauthorized)
	if err != nil {
		return "", err
	}
	found += "; redirect URL to register: " + cfg.publicURL.JoinPath("connect", "zoom", "callback").String()
	if z.webhookSecret == "" {
		return found + "; without PARLOR_ZOOM_WEBHOOK_SECRET rooms are read once a day", nil
	}
	return found + "; event notification endpoint: " + cfg.publicURL.JoinPath("hooks", "zoom").String(), nil
}

func pollText(ctx context.Context, cfg config, a *app) (string, error) {
	accounts, err := a.store.CountAccounts(ctx)
	if err != nil {
		return "", err
	}
	var every time.Duration
	for _, s := range a.connector.Services() {
		one, err := a.line.Interval(ctx, s.Kind)
		if err != nil {
			return "", err
		}
		every = max(every, one)
	}
	mode := "polling"
	if cfg.push {
		mode = "pushes, with a list as backstop"
	}
	return fmt.Sprintf("%s every %s (%s wished, %d accounts)", mode, every, cfg.pollEvery, accounts), nil
}

// reach asks an address and accepts the given answers: an API that says 401 is there.
func reach(ctx context.Context, address string, good ...int) (string, error) {
	resp, err := ask(ctx, address)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	for _, status := range good {
		if resp.StatusCode == status {
			return address + " answers", nil
		}
	}
	return "", fmt.Errorf("%s answered %s", address, resp.Status)
}

// load reads the JSON document at an address.
func load(ctx context.Context, address string, into any) error {
	resp, err := ask(ctx, address)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s", address, resp.Status)
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(into); err != nil {
		return fmt.Errorf("read %s: %w", address, err)
	}
	return nil
}

func ask(ctx context.Context, address string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", address, err)
	}
	resp, err := http.DefaultClient.Do(req)
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err // the address stands there already
	}
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", address, err)
	}
	return resp, nil
}
