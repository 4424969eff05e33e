package connect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

const (
	requestTimeout = 60 * time.Second // with the wait for our turn
	longestWait    = 10 * time.Second // for our turn; beyond it the queue shall wait, not a worker
)

// client speaks to a service in an account's name.
func (c *Connector) client(id parlor.AccountID, s parlor.Service) *http.Client {
	return &http.Client{Transport: &transport{c: c, account: id, service: s}, Timeout: requestTimeout}
}

// transport paces each request, adds the person's token and renews it once when the service refuses it. No more requests are
// in flight than the service allows, over all workers: one ends with the body of its answer. It retries nothing else.
type transport struct {
	c       *Connector
	account parlor.AccountID
	service parlor.Service
	login   *parlor.Login // of a service that is opened by a password; there is nothing to renew
}

// RoundTrip sends one request. *parlor.ThrottledError: our own pace forbids it for now; parlor.ErrRevoked: the person has
// to sign in again.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := t.send(req)
	if resp == nil && req.Body != nil {
		_ = req.Body.Close()
	}
	return resp, err
}

func (t *transport) send(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	if !sameHost(t.base(), req.URL) {
		return nil, fmt.Errorf("refuse to send a token of %s to %s", t.service.Kind, req.URL.Host)
	}
	if err := t.takeTurn(ctx); err != nil {
		return nil, err
	}
	send := t.withPassword
	if t.login == nil {
		token, err := t.c.token(ctx, t.account, t.service)
		if err != nil {
			return nil, fmt.Errorf("authorise request: %w", err)
		}
		send = func(req *http.Request) (*http.Response, error) { return t.once(req, token.AccessToken) }
	}
	slot, err := t.takeSlot(ctx, longestWait)
	if err != nil {
		return nil, err
	}
	resp, err := send(req)
	if err != nil {
		slot.give(ctx)
		return nil, err
	}
	resp.Body = slot.until(ctx, resp.Body)
	return resp, nil
}

// base is the address to whose scheme and host alone requests go.
func (t *transport) base() string {
	if t.login != nil {
		return t.login.URL
	}
	return t.service.API
}

// withPassword sends one request by Basic authentication (RFC 7617).
func (t *transport) withPassword(req *http.Request) (*http.Response, error) {
	out := req.Clone(req.Context())
	out.SetBasicAuth(t.login.User, t.login.Password)
	return t.service.Password.Wire.RoundTrip(out)
}

// once sends one request, twice when the token is refused that is not fresh from the provider.
func (t *transport) once(req *http.Request, access string) (*http.Response, error) {
	ctx := req.Context()
	resp, err := t.try(req, req.Body, access)
	if err != nil || resp.StatusCode != http.StatusUnauthorized {
		return resp, err
	}
	discard(resp)
	token, err := t.c.renewed(ctx, t.account, t.service, access)
	if err != nil {
		return nil, fmt.Errorf("authorise request again: %w", err)
	}
	return t.again(req, token.AccessToken)
}

// again repeats a request with a token fresh from the provider. Refused once more, the answer is handed on: what a 401 means
// then is the service's own affair, and its adapter knows (Google says it of a push address, too).
func (t *transport) again(req *http.Request, access string) (*http.Response, error) {
	body := req.Body
	if body != nil && body != http.NoBody {
		if req.GetBody == nil {
			return nil, errors.New("repeat request: its body cannot be read again")
		}
		var err error
		if body, err = req.GetBody(); err != nil {
			return nil, fmt.Errorf("repeat request: %w", err)
		}
	}
	if err := t.takeTurn(req.Context()); err != nil {
		return nil, err
	}
	return t.try(req, body, access)
}

func (t *transport) try(req *http.Request, body io.ReadCloser, access string) (*http.Response, error) {
	out := req.Clone(req.Context())
	out.Body = body
	out.Header.Set("Authorization", "Bearer "+access)
	return t.c.wire.RoundTrip(out)
}

// takeTurn waits until the pace of the account and of the installation allow one more request.
func (t *transport) takeTurn(ctx context.Context) error {
	left := longestWait
	for _, limit := range []struct {
		key  string
		rate parlor.Rate
	}{
		{store.PaceKey(t.account, t.service.Kind), t.service.Pace.PerAccount},
		{store.ProjectPaceKey(t.service.Kind), t.service.Pace.PerProject},
	} {
		for {
			wait, err := t.c.st.Pace(ctx, limit.key, limit.rate, 1)
			if err != nil {
				return err
			}
			if wait == 0 {
				break
			}
			if wait > left {
				return &parlor.ThrottledError{After: wait, Reason: "our own pace"}
			}
			if err := pause(ctx, wait); err != nil {
				return err
			}
			left -= wait
		}
	}
	return nil
}

// sameHost says whether an address has the scheme and host of the base URL.
func sameHost(base string, to *url.URL) bool {
	u, err := url.Parse(base)
	return err == nil && u.Host != "" && strings.EqualFold(u.Host, to.Host) && u.Scheme == to.Scheme
}

func discard(resp *http.Response) {
	_, _ = io.CopyN(io.Discard, resp.Body, 64<<10) // so that the connection can be used again
	_ = resp.Body.Close()
}
