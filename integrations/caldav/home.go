package caldav

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"parlor/internal/parlor"
)

const (
	propPrincipal = `<current-user-principal/><resourcetype/><C:calendar-home-set/><C:calendar-user-address-set/>`
)

// home finds where a person's calendars are listed: who they are there, and where that one's calendars are (RFC 6764,
// section 6; RFC 5397; RFC 4791, section 6.2.1).
func (f finder) home(ctx context.Context, start *url.URL, l parlor.Login) (*url.URL, []string, error) {
	at, found, err := f.ask(ctx, start, l)
	if err != nil {
		return nil, nil, err
	}
	if href := found.Principal.first(); href != "" && found.Home.first() == "" {
		who, err := f.next(at, href)
		if err != nil {
			return nil, nil, err
		}
		if at, found, err = f.ask(ctx, who, l); err != nil {
			return nil, nil, err
		}
	}
	href := found.Home.first()
	if href == "" {
		return nil, nil, fmt.Errorf("no calendar home: %w", errAway)
	}
	home, err := f.next(at, href)
	return home, found.Addresses.Href, err
}

// next is where an href of a server's answer leads: to the same host, or to another one of the same owner by TLS. Apple keeps
// each person's calendars at a host of its own.
func (f finder) next(from *url.URL, href string) (*url.URL, error) {
	to, err := from.Parse(href)
	switch {
	case err != nil || to.User != nil:
		return nil, fmt.Errorf("%w: %w", errElsewhere, errAway)
	case to.Scheme == from.Scheme && hostPort(to) == hostPort(from):
	case to.Scheme == "https" && related(from.Hostname(), to.Hostname()):
	default:
		confirm := because(reasonConfirm, errElsewhere)
		confirm.Found = to.String()
		return nil, confirm
	}
	to.RawQuery, to.Fragment = "", ""
	return to, nil
}

// ask asks an address who the person is there, and follows redirects within its host. It returns where the answer came from.
func (f finder) ask(ctx context.Context, at *url.URL, l parlor.Login) (*url.URL, prop, error) {
	for range mostHops {
		c := newClient(f.client(l), at)
		items, err := c.properties(ctx, canonical(at), "0", propPrincipal)
		answer, isRefused := errors.AsType[*refused](err)
		switch {
		case isRefused && answer.status/100 == 3:
			to, err := at.Parse(answer.header.Get("Location"))
			if err != nil {
				return nil, prop{}, fmt.Errorf("%w: %w", errElsewhere, errAway)
			}
			if to.Scheme != at.Scheme || hostPort(to) != hostPort(at) {
				confirm := because(reasonConfirm, errElsewhere)
				confirm.Found = to.String()
				return nil, prop{}, confirm
			}
			at = to
			continue
		case isRefused && answer.status/100 == 4 && answer.status != http.StatusUnauthorized && answer.status != http.StatusTooManyRequests,
			errors.Is(err, errXML), errors.Is(err, errPartial) && !isRefused:
			return nil, prop{}, fmt.Errorf("%w: %w", err, errAway)
		case err != nil:
			return nil, prop{}, err
		case len(items) != 1:
			return nil, prop{}, fmt.Errorf("%d answers: %w", len(items), errAway)
		}
		found, _ := items[0].found()
		return at, found, nil
	}
	return nil, prop{}, fmt.Errorf("it goes in circles: %w", errAway)
}
