package caldav

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

var (
	errAddress   = errors.New("no address of calendars")
	errElsewhere = errors.New("address of another server")
)

// client speaks WebDAV to one server and to no other.
type client struct {
	http *http.Client
	base *url.URL
}

// newClient uses a client that carries the password. It follows no redirect: those lead elsewhere.
func newClient(c *http.Client, base *url.URL) *client {
	own := *c
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client{http: &own, base: base}
}

// request is one request to a path of the server.
type request struct {
	method string
	path   string // absolute, escaped
	depth  string // "" for none
	body   string
	kind   string // media type of the body
	match  string // If-Match, "" for none
	fresh  bool   // If-None-Match: *
}

// send sends a request; the caller closes the answer's body. An answer that is no success is a *refused.
func (c *client) send(ctx context.Context, r request) (*http.Response, error) {
	to, err := c.at(r.path)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, r.method, to.String(), strings.NewReader(r.body))
	if err != nil {
		return nil, fmt.Errorf("make request: %w", err)
	}
	for name, value := range map[string]string{
		"Depth": r.depth, "Content-Type": r.kind, "If-Match": r.match, "User-Agent": "Parlor",
		"Accept-Encoding": "identity", // what is packed on the way loses its strong etag
	} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	if r.fresh {
		req.Header.Set("If-None-Match", "*")
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, unreachable(err)
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return nil, newRefused(resp)
	}
	return resp, nil
}

// at is the address of a path at the server.
func (c *client) at(path string) (*url.URL, error) {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
		return nil, fmt.Errorf("address %.60q: %w", path, errElsewhere)
	}
	u, err := url.Parse(path)
	if err != nil || u.Host != "" {
		return nil, fmt.Errorf("address %.60q: %w", path, errElsewhere)
	}
	to := *c.base
	to.Path, to.RawPath, to.RawQuery, to.Fragment, to.User = u.Path, u.RawPath, "", "", nil
	return &to, nil
}

// path is where at the server an href of an answer leads: in the one form in which we write paths, for servers escape as
// they like. False: to another server.
func (c *client) path(href string) (string, bool) {
	u, err := c.base.Parse(strings.TrimSpace(href))
	if err != nil || u.Scheme != c.base.Scheme || !strings.EqualFold(hostPort(u), hostPort(c.base)) {
		return "", false
	}
	return canonical(u), true
}

// canonical escapes each step of a path in one way.
func canonical(u *url.URL) string {
	steps := strings.Split(u.EscapedPath(), "/")
	for i, step := range steps {
		if plain, err := url.PathUnescape(step); err == nil {
			steps[i] = url.PathEscape(plain)
		}
	}
	return strings.Join(steps, "/")
}

func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Hostname() + ":" + port
}

// read sends a request and reads the whole answer, with its etag.
func (c *client) read(ctx context.Context, r request) (body, etag string, err error) {
	resp, err := c.send(ctx, r)
	if err != nil {
		return "", "", err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, largest+1))
	if err != nil {
		return "", "", unreachable(err)
	}
	return string(raw), resp.Header.Get("ETag"), nil
}
