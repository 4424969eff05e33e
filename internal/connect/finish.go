package connect

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"golang.org/x/oauth2"

	"parlor/internal/parlor"
)

// Result is how a sign-in ended.
type Result struct {
	Account     parlor.AccountID
	Return      string   // safe; also set when the person declined
	Created     bool     // the account is new
	Missing     []string // scopes that the person did not grant
	NeedConsent bool     // no refresh token came and none is kept: begin again with Start.Consent
}

// Finish takes the browser back from the provider: query is what it brought, browser the value of its cookie. Errors are
// those at the top of this package, parlor.ErrTaken when the identity belongs to another account than the one it was to
// be connected to, parlor.ErrDisabled, and those of the store.
func (c *Connector) Finish(ctx context.Context, k parlor.Kind, query url.Values, browser string) (Result, error) {
	p, err := c.takePending(ctx, k, query.Get("state"), browser)
	if err != nil {
		return Result{}, err
	}
	result := Result{Return: p.Return}
	if err := refusal(query.Get("error")); err != nil {
		return result, err
	}
	s, err := c.service(k)
	if err != nil {
		return result, err
	}
	token, who, err := c.exchange(ctx, s, p, query.Get("code"))
	if err != nil {
		return result, err
	}
	if !connectOnly(s) { // what a person who is signed in connects lets nobody in
		if err := c.admit(s.OAuth, who); err != nil {
			return result, err
		}
	}
	if err := c.arrive(ctx, p, who, &result); err != nil {
		return result, fmt.Errorf("sign in: %w", err)
	}
	err = c.keep(ctx, s, who, token, p.Account != "", &result)
	return result, err
}

func (c *Connector) takePending(ctx context.Context, k parlor.Kind, state, browser string) (pending, error) {
	var p pending
	if state == "" {
		return p, ErrState
	}
	err := c.st.TakeSignIn(ctx, state, &p)
	switch {
	case errors.Is(err, parlor.ErrNotFound):
		return p, ErrState
	case err != nil:
		return p, fmt.Errorf("finish sign-in: %w", err)
	case !p.begunBy(k, browser):
		return pending{}, ErrState
	}
	return p, nil
}

// refusal reads the provider's error code (RFC 6749, section 4.1.2.1).
func refusal(code string) error {
	switch code {
	case "":
		return nil
	case "access_denied":
		return ErrDenied
	}
	return fmt.Errorf("%w: it answered %.60q", ErrProvider, code)
}

// arrive finds or makes the account, and its room.
func (c *Connector) arrive(ctx context.Context, p pending, who parlor.Identity, result *Result) (err error) {
	var a parlor.Account
	if p.Account != "" {
		a, err = c.st.Connect(ctx, p.Account, who)
	} else {
		a, result.Created, err = c.st.SignIn(ctx, who)
	}
	if err != nil {
		return err
	}
	if a.Disabled {
		return parlor.ErrDisabled
	}
	result.Account = a.ID
	room, err := c.st.EnsureRoom(ctx, a.ID)
	if _, connected := a.Connection(c.rooms.Kind); err == nil && c.rooms.Owns && !connected && room.Status == parlor.RoomReady {
		_, _, err = c.st.FollowRoom(ctx, a.ID, parlor.Room{Status: parlor.RoomUnavailable}) // until they connect it
	}
	return err
}

// keep stores the token and what came of the connection. A service that is for sign-in only leaves none; nor does one whose
// calendar the person took away, until they connect it again.
func (c *Connector) keep(ctx context.Context, s parlor.Service, who parlor.Identity, token *oauth2.Token, connects bool, result *Result) error {
	a, err := c.st.Account(ctx, result.Account)
	if err != nil {
		return err
	}
	if known, _ := a.Connection(s.Kind); known.State == parlor.SignInOnly && !connects {
		return nil
	}
	conn := parlor.Connection{Kind: s.Kind, Subject: who.Subject, Email: who.Email, State: parlor.Connected}
	if s.Calendar != nil || s.Rooms != nil {
		if conn.Missing = missing(s, token); len(conn.Missing) > 0 {
			conn.State, result.Missing = parlor.ScopeMissing, conn.Missing
		}
		kept, err := c.keepToken(ctx, result.Account, s.Kind, token)
		if err != nil {
			return fmt.Errorf("keep token: %w", err)
		}
		result.NeedConsent = !kept
	}
	if err := c.st.SetConnection(ctx, result.Account, conn); err != nil {
		return fmt.Errorf("keep connection: %w", err)
	}
	return nil
}
